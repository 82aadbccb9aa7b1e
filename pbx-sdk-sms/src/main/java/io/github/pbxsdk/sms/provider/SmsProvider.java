package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * A road for texts, as {@link io.github.pbxsdk.sms.SmsClient} uses it.
 *
 * <p>Implement it for a provider that is not built in: {@link #origin}, {@link #capabilities} and
 * {@link #sendAsync} are enough, about 40 lines. The client does the rest: defaults, limits,
 * ledger, retries where nothing was sent, deadlines.
 *
 * <p>Two promises are yours. One call of {@code sendAsync} is one message at most, and a failure
 * says honestly whether it {@linkplain io.github.pbxsdk.core.PbxException#mayHaveBeenSent() may
 * have been sent}; {@link ProviderHttp} keeps both if the answer is read with {@link
 * HttpAnswer#requireSuccess}. Providers are immutable and open nothing.
 */
public interface SmsProvider {

    /** Returns the name of the provider and of the account, without secrets. */
    SmsOrigin origin();

    /** Returns what it can do. */
    SmsCapabilities capabilities();

    /**
     * Sends a message; it must not block.
     *
     * <p>It fails with a {@link io.github.pbxsdk.core.PbxException}. Cancelling the future ends the
     * call.
     */
    CompletableFuture<ProviderReceipt> sendAsync(OutgoingMessage message, ProviderHttp http);

    /**
     * Returns what of this provider may carry a message, for recipients who want no texts from some
     * senders; a client with a list of opt-outs asks before it sends.
     *
     * <p>A provider that sends from somebody else than the message names has to ask about the
     * message as it will go out; most do not, and have nothing to do here.
     *
     * @param isWanted tells whether all recipients of a message want it from its sender; it blocks
     * @return this provider, a part of it, or nothing if the message may not go out
     */
    default Optional<SmsProvider> permitted(TextMessage message, Predicate<TextMessage> isWanted) {
        return isWanted.test(message) ? Optional.of(this) : Optional.empty();
    }

    /**
     * Looks whether a message of which nothing is known has been sent; for {@link
     * SmsCapabilities.Feature#LOOKUP}.
     *
     * @param since from when on it may have been sent
     */
    default CompletableFuture<Optional<ProviderReceipt>> findAsync(
            OutgoingMessage message, Instant since, ProviderHttp http) {
        return unsupported("looking for a message");
    }

    /** Asks what is left on the account; for {@link SmsCapabilities.Feature#BALANCE}. */
    default CompletableFuture<Balance> balanceAsync(ProviderHttp http) {
        return unsupported("asking for the balance");
    }

    /**
     * Returns what has come since a time, all of it; for {@link SmsCapabilities.Feature#POLLING}.
     *
     * <p>What has been handed over before may come again.
     */
    default CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
        return unsupported("polling");
    }

    /**
     * Asks for what the list of {@link #receiveAsync} leaves out of an event, such as the files of
     * a text; for {@link SmsCapabilities.Feature#COMPLETION}.
     *
     * <p>Asked for what is new, before it is handled. When it fails, the event is read again later.
     *
     * @return the event with all that it has, the same one if nothing is missing
     */
    default CompletableFuture<SmsEvent> completeAsync(SmsEvent received, ProviderHttp http) {
        return CompletableFuture.completedFuture(received);
    }

    /** Tells the provider that these have been handled, where it wants to know. */
    default CompletableFuture<Void> confirmAsync(List<SmsEvent> handled, ProviderHttp http) {
        return CompletableFuture.completedFuture(null);
    }

    /** Asks how many texts are unread; for {@link SmsCapabilities.Feature#UNREAD_COUNT}. */
    default CompletableFuture<Integer> unreadCountAsync(ProviderHttp http) {
        return unsupported("counting unread texts");
    }

    private <T> CompletableFuture<T> unsupported(String what) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException(
                        what + " is not possible with " + origin().provider()));
    }
}
