package io.github.pbxsdk.core.message;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import java.util.concurrent.CompletableFuture;

/**
 * A road for texts: the SIP, AMI and ARI clients have one each, and an application may bring its
 * own.
 *
 * <pre>{@code
 * Subscription texts = gateway.subscribe(message ->
 *         gateway.send(message.reply("Thank you").build()));
 *
 * gateway.send(TextMessage.to(Address.extension("102")).text("Door 4 is open").build());
 * // … later
 * texts.close();
 * }</pre>
 *
 * <p>Whoever implements one keeps two promises. A message goes out once per call: it is never
 * repeated once a byte of it has left. And a failure says honestly whether it {@linkplain
 * PbxException#mayHaveBeenSent() may have been sent}: false only where that is certain, because
 * whoever reads it tries another road then.
 *
 * <p>Thread-safe.
 */
public interface MessageGateway {

    /** Returns what it is called in logs and in {@link TextMessage#via()}, without secrets. */
    String name();

    /** Returns what it can carry; asked anew for each message, since a road may change. */
    GatewayLimits limits();

    /**
     * Sends a message and waits until the peer has answered.
     *
     * <p>{@linkplain MessageReceipt.Outcome#ACCEPTED Accepted} is not delivered: a gateway or a
     * store on the way has it.
     *
     * @throws IllegalArgumentException if the {@link #limits()} do not allow it; nothing was sent
     * @throws PbxException if the peer refuses it or can't be reached, or the outcome is unknown:
     *     see {@link PbxException#mayHaveBeenSent()}
     */
    default MessageReceipt send(TextMessage message) {
        return Futures.await(sendAsync(message));
    }

    /**
     * Sends a message without waiting; the future fails as {@link #send} does, except that a
     * message beyond the {@link #limits()} is refused at once.
     *
     * <p>Cancelling the future stops the waiting. What has left stays sent.
     *
     * @throws IllegalArgumentException if the {@link #limits()} do not allow it; nothing was sent
     */
    CompletableFuture<MessageReceipt> sendAsync(TextMessage message);

    /**
     * Attaches a listener to the texts that arrive from now on.
     *
     * <p>They come one at a time, in the order in which they arrived, and each once. The peer has
     * its answer by then: store a text first if losing it would matter. Where texts may be missing,
     * after a lost connection or when the listener was too slow, {@link FeedListener#onGap} says
     * so.
     *
     * @throws UnsupportedOperationException if this gateway only sends; see {@link
     *     GatewayLimits.Feature#RECEIVE}
     */
    Subscription subscribe(FeedListener<? super TextMessage> listener);
}
