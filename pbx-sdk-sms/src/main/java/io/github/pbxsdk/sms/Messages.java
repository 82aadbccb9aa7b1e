package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The texts of an {@link SmsClient}.
 *
 * <pre>{@code
 * SendResult sent = sms.with(CallOptions.idempotencyKey("appointment-1214"))
 *         .messages()
 *         .send(TextMessage.to(sms.address("0491 570 156")).text("See you tomorrow at 3").build());
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Messages {

    private final SmsEngine engine;
    private final Inquiry inquiry;
    private final CallOptions options;

    Messages(SmsEngine engine, CallOptions options) {
        this.engine = engine;
        this.inquiry = new Inquiry(engine);
        this.options = options;
    }

    /**
     * Sends a text and waits until the provider has accepted it.
     *
     * <p>One call is one request on the wire. It is repeated by itself only when nothing had been
     * sent, or the provider says that it did nothing. With an {@linkplain
     * CallOptions#idempotencyKey idempotency key}, calling again sends nothing twice: what was sent
     * is returned as it was, and what is unknown is looked up, where the provider can be asked.
     *
     * <p>Accepted isn't delivered: a {@link DeliveryReportEvent} tells what the handset did.
     *
     * @throws SmsRejectedException if the provider refuses the text
     * @throws PbxAuthenticationException if it doesn't accept our credentials
     * @throws PbxTimeoutException if no answer comes in time; see {@link
     *     PbxException#mayHaveBeenSent()}
     * @throws PbxConnectionException if the provider can't be reached, or the connection is lost
     * @throws PbxProtocolException if its answer can't be read; the text may have been sent
     * @throws OperationRefusedException if the client's guard does not let it pass
     * @throws IllegalArgumentException if the provider's {@linkplain SmsClient#capabilities()
     *     capabilities} don't allow it, or another text was sent under the idempotency key
     */
    public SendResult send(TextMessage message) {
        return Futures.await(sendAsync(message));
    }

    /**
     * Sends a text without waiting; the future fails as {@link #send} does, except that what can't
     * be sent, or may not, is thrown at once.
     *
     * <p>Cancelling the future ends the request; what has left may be sent.
     */
    public CompletableFuture<SendResult> sendAsync(TextMessage message) {
        return engine.send(message, options);
    }

    /**
     * Finds out what became of a text after a failure that {@linkplain
     * PbxException#mayHaveBeenSent() may have sent it}.
     *
     * <p>Needs the idempotency key of the call, and the same text. Nothing is sent.
     *
     * @throws IllegalStateException if there is no idempotency key in the options
     */
    public Reconciliation reconcile(TextMessage message) {
        return Futures.await(reconcileAsync(message));
    }

    /** Finds out without waiting; the future fails as {@link #reconcile} does. */
    public CompletableFuture<Reconciliation> reconcileAsync(TextMessage message) {
        return inquiry.reconcile(message, options);
    }

    /**
     * Takes the idempotency key back, so that the next call with it sends.
     *
     * <p>The caller has decided that the text was not sent, or wants it sent again.
     *
     * @throws IllegalStateException if there is no idempotency key in the options
     */
    public void forget() {
        Futures.await(forgetAsync());
    }

    /** Takes the key back without waiting; the future fails as {@link #forget} does. */
    public CompletableFuture<Void> forgetAsync() {
        return inquiry.forget(options);
    }

    /**
     * Returns the calls of which nobody knows whether they sent, for instance because the process
     * ended meanwhile. Reads the whole ledger.
     */
    public List<UnresolvedSend> unresolved() {
        return Futures.await(unresolvedAsync());
    }

    /** Returns them without waiting. */
    public CompletableFuture<List<UnresolvedSend>> unresolvedAsync() {
        return inquiry.unresolved();
    }
}
