package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonTexts;
import io.github.pbxsdk.sms.internal.json.StoredJson;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows about one message, in a form that is read for ever.
 *
 * @param sinceMillis when the request was about to leave
 * @param version the version of the entry in the store
 */
record LedgerEntry(
        Stage stage,
        String fingerprint,
        long sinceMillis,
        @Nullable ProviderReceipt receipt,
        long version) {

    private static final StoredJson FORM = new StoredJson("1", "the ledger of sent texts");

    static LedgerEntry sending(String fingerprint, Instant since) {
        return new LedgerEntry(Stage.SENDING, fingerprint, since.toEpochMilli(), null, 0);
    }

    LedgerEntry at(long storedVersion) {
        return new LedgerEntry(stage, fingerprint, sinceMillis, receipt, storedVersion);
    }

    LedgerEntry unknown() {
        return new LedgerEntry(Stage.UNKNOWN, fingerprint, sinceMillis, null, version);
    }

    LedgerEntry sent(ProviderReceipt value) {
        return new LedgerEntry(Stage.SENT, fingerprint, sinceMillis, value, version);
    }

    /** Returns when the request was about to leave. */
    Instant since() {
        return Instant.ofEpochMilli(sinceMillis);
    }

    String toJson() {
        JsonTexts json =
                new JsonTexts()
                        .add("format", FORM.format())
                        .add("stage", stage.name())
                        .add("fingerprint", fingerprint)
                        .add("since", Long.toString(sinceMillis));
        if (receipt != null) {
            json.add("state", receipt.status().state().name())
                    .add("words", receipt.status().words());
            receipt.id().ifPresent(id -> json.add("id", id.value()));
            receipt.origin()
                    .ifPresent(
                            by -> json.add("provider", by.provider()).add("account", by.account()));
        }
        return json.toString();
    }

    static LedgerEntry of(StateEntry stored) {
        return FORM.read(stored.text(), json -> of(json, stored.version()));
    }

    private static LedgerEntry of(JsonObject json, long version) {
        Stage stage = Stage.valueOf(json.find("stage").orElseThrow());
        return new LedgerEntry(
                stage,
                json.find("fingerprint").orElseThrow(),
                Long.parseLong(json.find("since").orElseThrow()),
                stage == Stage.SENT ? receipt(json) : null,
                version);
    }

    private static ProviderReceipt receipt(JsonObject json) {
        ProviderReceipt receipt =
                ProviderReceipt.of(
                        SmsStatus.of(
                                SmsState.valueOf(json.find("state").orElseThrow()),
                                json.find("words").orElseThrow()));
        ProviderReceipt identified =
                json.find("id").map(id -> receipt.identifiedBy(MessageId.of(id))).orElse(receipt);
        return json.find("provider")
                .map(name -> new SmsOrigin(name, json.find("account").orElseThrow()))
                .map(identified::from)
                .orElse(identified);
    }

    /** How far a call came. */
    enum Stage {
        /** The request is on its way, or the process ended while it was. */
        SENDING,
        /** Nobody knows. */
        UNKNOWN,
        /** The provider has it. */
        SENT
    }
}
