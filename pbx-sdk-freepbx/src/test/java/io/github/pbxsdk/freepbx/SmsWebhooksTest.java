package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.freepbx.FreePbxWebhook.Texts;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmsWebhooksTest {

    private static final URI OURS = URI.create("https://app.example/sms?key=1");

    private final FakeFreePbx fake = new FakeFreePbx();
    private final FreePbxClient pbx = TestClients.client(fake);

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    @Test
    void comeAndGo() {
        fake.installSms();
        assertThat(pbx.smsWebhooks().list()).isEmpty();

        FreePbxWebhook made = pbx.smsWebhooks().create(OURS, Texts.RECEIVED);
        assertThat(made.url()).isEqualTo(OURS.toString());
        assertThat(made.texts()).isEqualTo(Texts.RECEIVED);
        assertThat(made.isEnabled()).isTrue();

        FreePbxWebhook changed = pbx.smsWebhooks().update(made.id(), OURS, Texts.ALL, false);
        assertThat(changed.isEnabled()).isFalse();
        assertThat(pbx.smsWebhooks().find(made.id()))
                .map(FreePbxWebhook::texts)
                .contains(Texts.ALL);

        pbx.smsWebhooks().delete(made.id());
        assertThat(pbx.smsWebhooks().list()).isEmpty();
        assertThat(pbx.system().needsApply()).as("they are live at once").isFalse();
    }

    @Test
    void thereIsOneForEachKindOfTexts() {
        fake.installSms();
        pbx.smsWebhooks().create(OURS, Texts.SENT);

        assertThat(refusal(() -> pbx.smsWebhooks().create(OURS, Texts.SENT)).kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(refusal(() -> pbx.smsWebhooks().delete("77")).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void saysThatTheModuleIsMissing() {
        assertThat(refusal(() -> pbx.smsWebhooks().list()).kind())
                .isEqualTo(Kind.SCOPE_OR_MODULE_MISSING);
        assertThat(pbx.capabilities().has("addSmsWebhook")).isFalse();
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> pbx.smsWebhooks().create(URI.create("app/sms"), Texts.ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pbx.smsWebhooks().create(OURS, Texts.OTHER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fake.requests()).isEmpty();
    }

    private static FreePbxRejectedException refusal(Runnable call) {
        return catchThrowableOfType(FreePbxRejectedException.class, call::run);
    }
}
