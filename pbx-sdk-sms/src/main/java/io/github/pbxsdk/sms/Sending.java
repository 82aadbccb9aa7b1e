package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.sms.LedgerEntry.Stage;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to send one message: note it, send it, note what became of it.
 *
 * <p>The ledger may block, so its calls have a thread of their own unless it is in memory.
 */
final class Sending {

    /** Clocks differ by that much, and lists of providers lag by it. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final SmsEngine engine;
    private final Draft draft;
    private final ProviderHttp http;
    private final RootFuture<SendResult> operation;

    /** What of the provider may carry the text. */
    private SmsProvider permitted;

    /** When the gate let the text pass: what it counted is taken back for that day. */
    private @Nullable Instant entered;

    /** Completes on threads of ours, and ends what is under way when it is cancelled. */
    private final RootFuture<SendResult> attempt = new RootFuture<>(Runnable::run);

    Sending(SmsEngine engine, Draft draft, ProviderHttp http, RootFuture<SendResult> operation) {
        this.engine = engine;
        this.draft = draft;
        this.http = http;
        this.operation = operation;
        this.permitted = engine.provider();
    }

    CompletableFuture<SendResult> start() {
        inLedger(draft.isTracked() ? this::begin : () -> send(null));
        return attempt;
    }

    private void inLedger(Runnable step) {
        if (draft.isTracked()) {
            engine.inLedger(attempt, step);
            return;
        }
        try {
            step.run();
        } catch (Throwable e) {
            attempt.fail(e);
        }
    }

    private void begin() {
        SmsLedger.Begun begun = noted();
        LedgerEntry entry = begun.entry();
        if (begun.fresh()) {
            send(entry);
        } else if (entry.stage() == Stage.SENT && entry.receipt() != null) {
            attempt.succeed(draft.result(entry.receipt(), true));
        } else if (engine.isUnderWay(entry)) {
            attempt.fail(
                    new PbxException(
                            "a message is being sent under this idempotency key at this moment",
                            null,
                            true));
        } else {
            lookUp(entry);
        }
    }

    private SmsLedger.Begun noted() {
        try {
            return engine.ledger().begin(draft, http.time().now());
        } catch (IllegalArgumentException another) {
            // It may be this text as it was before: nobody may say that it was not sent.
            operation.markSent();
            throw another;
        }
    }

    private void send(@Nullable LedgerEntry entry) {
        if (attempt.isSettled()) {
            notSent(entry);
            return;
        }
        enter(entry);
        if (!operation.markSent()) {
            notSent(entry);
            attempt.fail(givenUp());
            return;
        }
        CompletableFuture<ProviderReceipt> sending = handOver(entry);
        attempt.onCancel(
                () -> {
                    sending.cancel(true);
                    inLedger(() -> unknown(entry));
                });
        sending.whenComplete((receipt, failure) -> inLedger(() -> end(entry, receipt, failure)));
    }

    private void enter(@Nullable LedgerEntry entry) {
        Instant now = http.time().now();
        try {
            permitted = engine.gate().enter(permitted, draft.outgoing().message(), now);
            entered = now;
        } catch (RuntimeException e) {
            notSent(entry);
            throw e;
        }
    }

    private static PbxException givenUp() {
        return new PbxException("the message was given up before it left", null, false);
    }

    /** What a provider throws at once, it throws before it sends. */
    private CompletableFuture<ProviderReceipt> handOver(@Nullable LedgerEntry entry) {
        try {
            return permitted.sendAsync(draft.outgoing(), http);
        } catch (RuntimeException e) {
            notSent(entry);
            throw e;
        }
    }

    private void end(
            @Nullable LedgerEntry entry,
            @Nullable ProviderReceipt receipt,
            @Nullable Throwable failure) {
        if (receipt != null) {
            engine.gate().sent(draft.segments());
            sent(entry, receipt);
            attempt.succeed(draft.result(receipt, false));
            return;
        }
        Throwable reason = failure == null ? noReceipt() : Futures.unwrap(failure);
        if (reason instanceof PbxException known && !known.mayHaveBeenSent()) {
            engine.gate().refusedByProvider(permitted, draft.outgoing().message(), known);
            notSent(entry);
        } else if (!attempt.isSettled()) {
            unknown(entry);
        }
        attempt.fail(reason instanceof PbxException ? reason : unexpected(reason));
    }

    private PbxException noReceipt() {
        return new PbxException(
                "the provider " + engine.provider().origin().provider() + " gave no receipt",
                null,
                true);
    }

    private static PbxException unexpected(Throwable reason) {
        return new PbxException("sending failed unexpectedly: " + reason, reason, true);
    }

    /** Under a key that nobody chose, nobody will ask again. */
    private void sent(@Nullable LedgerEntry entry, ProviderReceipt receipt) {
        if (entry == null) {
            return;
        }
        if (draft.hasChosenKey()) {
            engine.ledger().sent(draft.key(), entry, receipt);
        } else {
            engine.ledger().release(draft.key(), entry);
        }
    }

    private void notSent(@Nullable LedgerEntry entry) {
        if (entered != null) {
            engine.gate().giveBack(draft.outgoing().message(), entered);
            entered = null;
        }
        if (entry != null) {
            engine.ledger().release(draft.key(), entry);
        }
    }

    private void unknown(@Nullable LedgerEntry entry) {
        if (entry != null) {
            engine.ledger().unknown(draft.key(), entry);
        }
    }

    private void lookUp(LedgerEntry entry) {
        // It is in doubt already: whatever ends this look-up must not say that it was not sent.
        if (!engine.canLookUp() || !operation.markSent()) {
            attempt.fail(stillUnknown());
            return;
        }
        look(engine, draft.outgoing(), entry.since(), http)
                .whenComplete(
                        (found, failure) ->
                                inLedger(
                                        failure == null
                                                ? () -> endLookUp(entry, found)
                                                : () -> failLookUp(failure)));
    }

    /** What a provider throws at once is a failed look-up as well. */
    static CompletableFuture<Optional<ProviderReceipt>> look(
            SmsEngine engine, OutgoingMessage message, Instant since, ProviderHttp http) {
        try {
            return engine.provider().findAsync(message, since.minus(CLOCK_SKEW), http);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void endLookUp(LedgerEntry entry, Optional<ProviderReceipt> found) {
        found.map(foundIn(entry))
                .ifPresentOrElse(attempt::succeed, () -> attempt.fail(stillUnknown()));
    }

    private void failLookUp(Throwable failure) {
        PbxException unknown = stillUnknown();
        unknown.addSuppressed(Futures.unwrap(failure));
        attempt.fail(unknown);
    }

    private Function<ProviderReceipt, SendResult> foundIn(LedgerEntry entry) {
        return receipt -> {
            engine.ledger().sent(draft.key(), entry, receipt);
            return draft.result(receipt, true);
        };
    }

    private static PbxException stillUnknown() {
        return new PbxException(
                "nobody knows whether the message of this idempotency key was sent; reconcile(...)"
                        + " it, or forget() it",
                null,
                true);
    }
}
