package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.internal.json.JsonText;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows about one message, in a form that is read for ever.
 *
 * @param version the version of the entry in the store
 */
record LedgerEntry(
        Stage stage,
        String fingerprint,
        Instant since,
        @Nullable ProviderReceipt receipt,
        long version) {

    private static final String FORMAT = "1";

    static LedgerEntry sending(String fingerprint, Instant since) {
        return new LedgerEntry(Stage.SENDING, fingerprint, since, null, 0);
    }

    LedgerEntry at(long storedVersion) {
        return new LedgerEntry(stage, fingerprint, since, receipt, storedVersion);
    }

    LedgerEntry unknown() {
        return new LedgerEntry(Stage.UNKNOWN, fingerprint, since, null, version);
    }

    LedgerEntry sent(ProviderReceipt value) {
        return new LedgerEntry(Stage.SENT, fingerprint, since, value, version);
    }

    String toJson() {
        return JsonText.of(
                json -> {
                    json.beginObject();
                    json.name("format").value(FORMAT);
                    json.name("stage").value(stage.name());
                    json.name("fingerprint").value(fingerprint);
                    json.name("since").value(since.toString());
                    if (receipt != null) {
                        json.name("state").value(receipt.status().state().name());
                        json.name("words").value(receipt.status().words());
                        json.name("id").value(receipt.id().map(MessageId::value).orElse(null));
                        if (receipt.origin().isPresent()) {
                            json.name("provider").value(receipt.origin().get().provider());
                            json.name("account").value(receipt.origin().get().account());
                        }
                    }
                    json.endObject();
                });
    }

    static LedgerEntry of(StateEntry stored) {
        JsonObject json = JsonObject.parse(stored.text());
        if (!json.find("format").equals(Optional.of(FORMAT))) {
            throw new StateException(
                    "the ledger of sent texts was written by a newer version of pbx-sdk; update");
        }
        Stage stage = Stage.valueOf(json.find("stage").orElseThrow());
        return new LedgerEntry(
                stage,
                json.find("fingerprint").orElseThrow(),
                Instant.parse(json.find("since").orElseThrow()),
                stage == Stage.SENT ? receipt(json) : null,
                stored.version());
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
