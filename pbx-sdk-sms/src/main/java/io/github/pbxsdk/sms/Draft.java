package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SimplerText.Replacement;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.util.List;

/**
 * A message as it will go out, and under which key.
 *
 * @param given the message as the caller has it
 * @param fingerprints with those of all texts that go out together
 * @param hasChosenKey whether the caller chose the key
 * @param isTracked whether the ledger hears of it
 */
record Draft(
        OutgoingMessage outgoing,
        TextMessage given,
        Fingerprints fingerprints,
        int segments,
        List<Replacement> replacements,
        boolean hasChosenKey,
        boolean isTracked) {

    String key() {
        return outgoing.idempotencyKey();
    }

    /**
     * Returns what tells this message from another one under the same key.
     *
     * @throws PbxException if a file of the message can't be read
     */
    String fingerprint() {
        return fingerprints.of(given);
    }

    SendResult result(ProviderReceipt receipt, boolean knownBefore) {
        return new SendResult(
                key(),
                receipt.status(),
                receipt.id().orElse(null),
                receipt.origin().orElse(null),
                segments,
                replacements,
                knownBefore);
    }
}
