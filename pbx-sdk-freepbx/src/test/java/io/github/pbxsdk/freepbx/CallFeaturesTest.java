package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.freepbx.CallFeatures.Forward;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallFeaturesTest {

    private final FakeFreePbx fake = new FakeFreePbx();
    private final FreePbxClient pbx = TestClients.client(fake);

    @BeforeEach
    void fill() {
        fake.addExtension("1001", "Alice Example");
    }

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    @Test
    void forwardsAndEndsIt() {
        pbx.callFeatures().forward("1001", Forward.ALWAYS, "15550007777");
        assertThat(pbx.callFeatures().callForward("1001", Forward.ALWAYS)).contains("15550007777");
        assertThat(pbx.callFeatures().callForward("1001", Forward.BUSY)).isEmpty();

        pbx.callFeatures().endForward("1001", Forward.ALWAYS);
        assertThat(pbx.callFeatures().callForward("1001", Forward.ALWAYS)).isEmpty();
        assertThatThrownBy(() -> pbx.callFeatures().forward("1001", Forward.BUSY, "x;y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotDisturb() {
        assertThat(pbx.callFeatures().isDoNotDisturb("1001")).isFalse();
        pbx.callFeatures().doNotDisturb("1001", true);
        assertThat(pbx.callFeatures().isDoNotDisturb("1001")).isTrue();
        pbx.callFeatures().doNotDisturb("1001", false);
        assertThat(pbx.callFeatures().isDoNotDisturb("1001")).isFalse();
    }

    @Test
    void letsASecondCallRingOrNot() {
        assertThat(pbx.callFeatures().isCallWaiting("1001")).isTrue();
        pbx.callFeatures().callWaiting("1001", false);
        assertThat(pbx.callFeatures().isCallWaiting("1001")).isFalse();
    }

    @Test
    void leavesNothingToApply() {
        pbx.callFeatures().doNotDisturb("1001", true);

        assertThat(pbx.system().needsApply()).isFalse();
    }

    @Test
    void followMeKeepsWhatIsNotNamed() {
        assertThat(pbx.followMe().find("1001")).isEmpty();

        pbx.followMe()
                .update(
                        FollowMeSettings.of("1001")
                                .numbers(List.of("1001", "15550007777#"))
                                .ringTime(Duration.ofSeconds(25))
                                .build());
        pbx.followMe().update(FollowMeSettings.of("1001").enabled(false).build());

        FollowMeStatus status = pbx.followMe().find("1001").orElseThrow();
        assertThat(status.isEnabled()).isFalse();
        assertThat(status.numbers()).containsExactly("1001", "15550007777#");
        assertThat(status.raw().number("ringTime")).hasValue(25);
    }

    @Test
    void mailboxesComeAndGo() {
        VoicemailBox box = pbx.voicemail().find("1001").orElseThrow();
        assertThat(box.email()).contains("1001@pbx.example");
        assertThat(box.toString()).doesNotContain("1001@");

        pbx.voicemail().changePin("1001", "8642");
        assertThat(fake.mailbox("1001")).containsEntry("password", "8642");

        pbx.voicemail().disable("1001");
        assertThat(pbx.voicemail().find("1001")).isEmpty();
        assertThatThrownBy(() -> pbx.voicemail().changePin("1001", "8642"))
                .isInstanceOf(FreePbxRejectedException.class)
                .hasMessageContaining("has not got this PIN")
                .hasMessageNotContaining("8642");

        pbx.voicemail().enable("1001", "1357", "Alice", "alice@pbx.example");
        assertThat(pbx.voicemail().find("1001")).map(VoicemailBox::name).contains("Alice");
    }
}
