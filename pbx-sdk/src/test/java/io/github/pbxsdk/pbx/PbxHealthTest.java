package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.pbx.PbxHealth.Part;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.OnFakePbx;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnFakePbx.class)
class PbxHealthTest {

    private static Part part(PbxHealth health, String name) {
        return health.find(name).orElseThrow(() -> new AssertionError(health.words()));
    }

    @Test
    void allIsGreenWhereAllAnswers(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            PbxHealth health = pbx.health();

            assertThat(health.parts())
                    .extracting(Part::name)
                    .containsExactly("ami", "ari", "sip", "sms", "freepbx");
            assertThat(part(health, "ami").latency()).isPresent();
            assertThat(part(health, "ari").light()).isEqualTo(Light.GREEN);
            assertThat(part(health, "sip").light()).isEqualTo(Light.GREEN);
            assertThat(part(health, "freepbx").detail()).contains("0 of 3 telephones are there");
        }
    }

    @Test
    void whatIsDownIsRedAndTheOthersAreNot(FakePbx fake) {
        fake.ami().stopListening();
        try (Pbx pbx = Pbx.from(fake.settings())) {
            PbxHealth health = pbx.health();

            assertThat(health.light()).isEqualTo(Light.RED);
            assertThat(part(health, "ami").light()).isEqualTo(Light.RED);
            assertThat(part(health, "ami").detail()).contains("127.0.0.1");
            assertThat(part(health, "ari").light()).isEqualTo(Light.GREEN);
        }
    }

    @Test
    void aMissingSettingIsAFindingAndNoFailure() {
        try (Pbx pbx = Pbx.from(Map.of("AMI_HOST", "127.0.0.1"))) {
            assertThat(part(pbx.health(), "ami").detail()).contains("AMI_SECRET");
        }
    }

    @Test
    void nothingSetUpIsRed() {
        try (Pbx pbx = Pbx.from(Map.of())) {
            assertThat(pbx.health().light()).isEqualTo(Light.RED);
            assertThat(pbx.health().words()).isEqualTo("nothing is set up");
        }
    }

    @Test
    void telephonesAndTrunksAreAskedForOverAmiWhereThereIsNoApi(FakePbx fake) {
        try (Pbx pbx = Pbx.from(PbxTest.without(fake, "FREEPBX", "SMS", "ARI"))) {
            pbx.register();

            PbxHealth health = pbx.health();

            assertThat(part(health, "telephones").detail())
                    .isEqualTo("1 of 3 telephones are there");
            assertThat(part(health, "trunks").light()).isEqualTo(Light.GREEN);
            assertThat(part(health, "sip").detail()).startsWith("1001 is REGISTERED");
        }
    }

    @Test
    void aPartKnowsSinceWhenItIsSo(FakePbx fake) {
        try (Pbx pbx = Pbx.from(PbxTest.without(fake, "FREEPBX", "SMS", "SIP", "AMI"))) {
            Instant first = part(pbx.health(), "ari").since();

            assertThat(part(pbx.health(), "ari").since()).isEqualTo(first);

            fake.ari().stopListening();
            Part red = part(pbx.health(), "ari");
            assertThat(red.light()).isEqualTo(Light.RED);
            assertThat(red.since()).isAfter(first);
        }
    }
}
