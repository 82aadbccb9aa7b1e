package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageReceipt.Outcome;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.OnFakePbx;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnFakePbx.class)
class PbxTextsTest {

    private static TextMessage text(Address to) {
        return TextMessage.to(to).text("Door 4 is open").build();
    }

    private static long overAmi(FakePbx fake) {
        return fake.ami().actions().stream()
                .filter(action -> action.get("Action").equals("MessageSend"))
                .count();
    }

    @Test
    void extensionsAreWrittenToOverSip(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            pbx.texts().send(text(Address.extension("1002")));

            assertThat(fake.sip().texts()).hasSize(1);
            assertThat(overAmi(fake)).isZero();
        }
    }

    @Test
    void numbersAreWrittenToOverSms(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            assertThat(pbx.texts().send(text(Address.phone("+61491570156"))).outcome())
                    .isEqualTo(Outcome.ACCEPTED);

            assertThat(fake.sms().accepted()).hasSize(1);
            assertThat(fake.sip().texts()).isEmpty();
        }
    }

    @Test
    void aRoadOfOnesOwnChoiceIsTaken(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            pbx.texts().by(TextRoad.AMI).send(text(Address.extension("1002")));

            assertThat(overAmi(fake)).isEqualTo(1);
            assertThat(fake.sip().texts()).isEmpty();
        }
    }

    @Test
    void theNextRoadIsTakenWhereOneCannotBeReached(FakePbx fake) {
        fake.sip().stopListening();
        try (Pbx pbx = Pbx.from(fake.settings())) {
            pbx.texts().send(text(Address.extension("1002")));

            assertThat(overAmi(fake)).isEqualTo(1);
        }
    }

    @Test
    void whereNoRoadCanBeReachedThatIsSaid(FakePbx fake) {
        fake.sip().stopListening();
        try (Pbx pbx = Pbx.from(PbxTest.without(fake, "AMI", "ARI"))) {
            assertThatThrownBy(() -> pbx.texts().send(text(Address.extension("1002"))))
                    .isInstanceOf(PbxConnectionException.class);
        }
    }

    @Test
    void aRoadThatCannotCarryTheTextIsPassedBy(FakePbx fake) {
        String longText = "x".repeat(1000);
        try (Pbx pbx = Pbx.from(PbxTest.without(fake, "SIP"))) {
            TextMessage message =
                    TextMessage.to(Address.extension("1002"))
                            .from(Address.extension("1001"))
                            .text(longText)
                            .build();

            pbx.texts().send(message);

            assertThat(overAmi(fake)).as("it takes 756 bytes").isZero();
            fake.ari().awaitRequest(one -> one.path().endsWith("/endpoints/sendMessage"));
        }
    }

    @Test
    void whatIsMissingForATextIsNamed() {
        try (Pbx pbx = Pbx.from(Map.of())) {
            assertThatThrownBy(() -> pbx.texts().send(text(Address.extension("1002"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("SIP_SERVER", "AMI_HOST", "ARI_URL");
            assertThatThrownBy(() -> pbx.texts().send(text(Address.phone("+61491570156"))))
                    .hasMessageContaining("SMS_PROVIDER");
        }
    }
}
