package io.github.pbxsdk.it.freepbx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.pbx.PbxExtension;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Extensions where there is only AMI, with their names where FreePBX has put them. */
@OnAsterisk
class NamesOverAmiIT {

    private final Asterisk asterisk;

    NamesOverAmiIT(Asterisk asterisk) {
        this.asterisk = asterisk;
    }

    @BeforeEach
    void nameOne() {
        asterisk.cli("database put AMPUSER 1001/cidname \"Alice Example\"");
        asterisk.cli("database put AMPUSER 1001/cidnum 1001");
    }

    @AfterEach
    void forget() {
        asterisk.cli("database deltree AMPUSER");
    }

    private Pbx.Builder onlyAmi() {
        Credentials user = asterisk.amiCredentials();
        return Pbx.builder()
                .settings(
                        Map.of(
                                "AMI_HOST", asterisk.ami().getHostString(),
                                "AMI_PORT", String.valueOf(asterisk.ami().getPort()),
                                "AMI_USER", user.user(),
                                "AMI_SECRET", user.secret()));
    }

    @Test
    void comeFromTheDatabaseOfAsterisk() {
        try (Pbx pbx = onlyAmi().freepbx(api -> api.baseUri("https://pbx.example")).build()) {
            assertThat(pbx.freepbx().extensions().get("1001").name()).isEqualTo("Alice Example");
            assertThat(pbx.freepbx().extensions().get("1002").name()).isEmpty();
        }
    }

    @Test
    void areShownWhereAmiIsAllThatIsSetUp() {
        try (Pbx pbx = onlyAmi().build()) {
            assertThat(pbx.extensions())
                    .filteredOn(one -> one.number().equals("1001"))
                    .extracting(PbxExtension::name)
                    .containsExactly("Alice Example");
        }
    }
}
