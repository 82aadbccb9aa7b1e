package io.github.pbxsdk.sms.provider;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A provider that takes several messages in one request; a bulk uses that.
 *
 * <p>It is one more method on the provider of one's own. The promises of {@link SmsProvider} hold
 * for each message of the batch.
 */
public interface BatchSmsProvider extends SmsProvider {

    /** Returns how many messages one request may hold, at least one. */
    int maxBatch();

    /**
     * Tells whether two messages may go in one request; by default any two may.
     *
     * <p>Providers that take one text and a list of recipients answer whether all else is equal.
     */
    default boolean fitTogether(OutgoingMessage first, OutgoingMessage second) {
        return true;
    }

    /**
     * Sends several messages in one request; it must not block.
     *
     * <p>It fails with a {@link io.github.pbxsdk.core.PbxException} when all messages have the same
     * fate, honest about whether they {@linkplain
     * io.github.pbxsdk.core.PbxException#mayHaveBeenSent may have been sent}.
     *
     * @return what became of each message, in the order of the messages
     */
    CompletableFuture<List<BatchReceipt>> sendAllAsync(
            List<OutgoingMessage> messages, ProviderHttp http);
}
