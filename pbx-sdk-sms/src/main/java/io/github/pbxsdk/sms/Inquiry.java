package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.Reconciliation.Outcome;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out what became of messages: asks the ledger, and the provider where nobody knows. */
final class Inquiry {

    private final SmsEngine engine;

    Inquiry(SmsEngine engine) {
        this.engine = engine;
    }

    CompletableFuture<Reconciliation> reconcile(TextMessage message, CallOptions options) {
        String key = requireKey(options);
        Draft draft = engine.draft(message, options);
        ProviderHttp http = engine.http(options);
        RootFuture<Reconciliation> root = new RootFuture<>(engine.resources().executor());
        engine.inLedger(root, () -> reconcile(root, draft, engine.ledger().find(key), http));
        return root;
    }

    private void reconcile(
            RootFuture<Reconciliation> root,
            Draft draft,
            Optional<LedgerEntry> found,
            ProviderHttp http) {
        LedgerEntry entry = found.orElse(null);
        if (entry == null) {
            root.succeed(Reconciliation.of(Outcome.NEVER_SENT));
        } else if (entry.receipt() != null) {
            root.succeed(Reconciliation.sent(draft.result(entry.receipt(), true)));
        } else if (engine.isUnderWay(entry)) {
            root.succeed(Reconciliation.of(Outcome.UNDER_WAY));
        } else if (!engine.canLookUp()) {
            root.succeed(Reconciliation.of(Outcome.UNKNOWN));
        } else {
            CompletableFuture<Optional<ProviderReceipt>> looking =
                    Sending.look(engine, draft.outgoing(), entry.since(), http);
            root.onCancel(() -> looking.cancel(true));
            looking.whenComplete(
                    (receipt, failure) -> {
                        if (failure == null) {
                            engine.inLedger(root, () -> end(root, draft, entry, receipt));
                        } else {
                            root.fail(Futures.unwrap(failure));
                        }
                    });
        }
    }

    private void end(
            RootFuture<Reconciliation> root,
            Draft draft,
            LedgerEntry entry,
            Optional<ProviderReceipt> found) {
        if (found.isEmpty()) {
            root.succeed(Reconciliation.of(Outcome.NOT_FOUND));
        } else {
            engine.ledger().sent(draft.key(), entry, found.get());
            root.succeed(Reconciliation.sent(draft.result(found.get(), true)));
        }
    }

    CompletableFuture<Void> forget(CallOptions options) {
        String key = requireKey(options);
        return fromLedger(
                () -> {
                    SmsLedger ledger = engine.ledger();
                    ledger.find(key).ifPresent(entry -> ledger.release(key, entry));
                    return null;
                });
    }

    private static String requireKey(CallOptions options) {
        return options.idempotencyKey()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "say which: sms.with(CallOptions.idempotencyKey(...))"));
    }

    CompletableFuture<List<UnresolvedSend>> unresolved() {
        Duration longest = engine.settings().timeout.plus(Sending.CLOCK_SKEW);
        Instant over = engine.resources().time().now().minus(longest);
        return fromLedger(() -> engine.ledger().unresolved(over));
    }

    private <T extends @Nullable Object> CompletableFuture<T> fromLedger(Supplier<T> question) {
        RootFuture<T> root = new RootFuture<>(engine.resources().executor());
        engine.inLedger(root, () -> root.succeed(question.get()));
        return root;
    }
}
