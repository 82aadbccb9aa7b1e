package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What applications have stored is read for ever: these lines must not change. */
class LedgerFormatTest {

    private static final String SENT =
            "{\"format\":\"1\",\"stage\":\"SENT\",\"fingerprint\":\"ab12\","
                    + "\"since\":\"1736910245000\",\"state\":\"QUEUED\","
                    + "\"words\":\"queued\",\"id\":\"SM1\"}";

    private static final String SENDING =
            "{\"format\":\"1\",\"stage\":\"SENDING\",\"fingerprint\":\"ab12\","
                    + "\"since\":\"1736910245000\"}";

    private static final LedgerEntry ENTRY =
            LedgerEntry.sending("ab12", Instant.parse("2025-01-15T03:04:05Z"));

    @Test
    void formatOneIsWritten() {
        assertThat(ENTRY.toJson()).isEqualTo(SENDING);
        assertThat(ENTRY.sent(receipt()).toJson()).isEqualTo(SENT);
    }

    private static ProviderReceipt receipt() {
        return ProviderReceipt.of(SmsStatus.of(SmsState.QUEUED, "queued"))
                .identifiedBy(MessageId.of("SM1"));
    }

    @Test
    void formatOneIsRead() {
        LedgerEntry sent = LedgerEntry.of(stored(SENT));

        assertThat(sent.receipt()).isNotNull();
        assertThat(sent.receipt().id()).contains(MessageId.of("SM1"));
        assertThat(sent.receipt().status()).isEqualTo(SmsStatus.of(SmsState.QUEUED, "queued"));
        assertThat(LedgerEntry.of(stored(SENDING))).isEqualTo(ENTRY.at(7));
    }

    @Test
    void aNewerFormatIsRefusedWithASentence() {
        assertThatThrownBy(() -> LedgerEntry.of(stored(SENT.replace("\"1\"", "\"2\""))))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("newer version");
    }

    @ParameterizedTest
    @CsvSource({
        "}, ''",
        "'\"stage\":\"SENT\",', ''",
        "SENT, LOST",
        "'\"fingerprint\":\"ab12\",', ''",
        "1736910245000, yesterday",
        "QUEUED, MAYBE"
    })
    void aDamagedOneIsRefusedWithASentence(String here, String instead) {
        assertThatThrownBy(() -> LedgerEntry.of(stored(SENT.replace(here, instead))))
                .isInstanceOf(StateException.class)
                .hasMessage("the ledger of sent texts is damaged");
    }

    private static StateEntry stored(String json) {
        return StateEntry.of("key", json.getBytes(StandardCharsets.UTF_8), 7, null);
    }
}
