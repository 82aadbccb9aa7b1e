package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.LedgerEntry.Stage;
import io.github.pbxsdk.sms.SmsLedger.Begun;
import io.github.pbxsdk.sms.SmsLedger.Ending;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmsLedgerTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final StateStore store = StateStore.inMemory();
    private final SmsLedger ledger =
            new SmsLedger(store, new SmsOrigin("twilio", "AC1"), Duration.ofDays(3));

    @AfterEach
    void close() {
        store.close();
    }

    private static Draft draft(String key, String text) {
        TextMessage message = TextMessage.to(Address.phone("+61491570156")).text(text).build();
        return new Draft(
                new OutgoingMessage(message, key),
                message,
                new Fingerprints(),
                1,
                List.of(),
                true,
                true);
    }

    private Stage stage(String key) {
        return ledger.find(key).orElseThrow().stage();
    }

    @Test
    void aBatchWithAMessageThatIsThereAlreadyBeginsTheOthers() {
        Draft known = draft("b", "known");
        LedgerEntry sending = ledger.begin(known, NOON).entry();
        LedgerEntry sent =
                ledger.sent("b", sending, ProviderReceipt.of(SmsStatus.of(SmsState.SENT, "sent")));

        List<Begun> begun =
                ledger.beginAll(
                        List.of(draft("a", "one"), known, draft("c", "three")),
                        NOON.plusSeconds(1));

        assertThat(begun).extracting(Begun::fresh).containsExactly(true, false, true);
        assertThat(begun.get(1).entry()).hasToString(sent.toString());
        assertThat(List.of(stage("a"), stage("b"), stage("c")))
                .containsExactly(Stage.SENDING, Stage.SENT, Stage.SENDING);
        assertThat(ledger.find("a")).as("the version, too").contains(begun.get(0).entry());
    }

    @Test
    void aBatchTellsOfAnotherMessageUnderOneOfItsKeys() {
        ledger.begin(draft("a", "another"), NOON);

        Begun begun = ledger.beginAll(List.of(draft("a", "one"), draft("b", "two")), NOON).get(0);

        assertThat(begun.fresh()).isFalse();
        assertThat(begun.entry().fingerprint()).isNotEqualTo(draft("a", "one").fingerprint());
    }

    @Test
    void aKeyThatWasTakenBackMeanwhileDoesNotKeepTheOthersFromBeingNoted() {
        List<Draft> drafts = List.of(draft("a", "one"), draft("b", "two"), draft("c", "three"));
        List<LedgerEntry> begun = ledger.beginAll(drafts, NOON).stream().map(Begun::entry).toList();
        ledger.release("b", begun.get(1));

        ledger.end(
                List.of(
                        new Ending("a", begun.get(0), begun.get(0).unknown()),
                        new Ending("b", begun.get(1), begun.get(1).unknown()),
                        new Ending("c", begun.get(2), null)));

        assertThat(stage("a")).isEqualTo(Stage.UNKNOWN);
        assertThat(ledger.find("b")).as("his").isEmpty();
        assertThat(ledger.find("c")).as("forgotten").isEmpty();
    }
}
