package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.sms.LedgerEntry.Stage;
import io.github.pbxsdk.sms.SmsLedger.Begun;
import io.github.pbxsdk.sms.SmsLedger.Ending;
import io.github.pbxsdk.sms.provider.BatchReceipt;
import io.github.pbxsdk.sms.provider.BatchSmsProvider;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to send several messages in one request: note them, send them, note what became of
 * each.
 *
 * <p>All of it happens on threads that may wait for a store.
 */
final class BatchSending {

    private final SmsEngine engine;
    private final List<Draft> drafts;
    private final ProviderHttp http;
    private final RootFuture<List<Verdict>> operation;
    private final RootFuture<List<Verdict>> attempt = new RootFuture<>(Runnable::run);
    private final @Nullable Verdict[] verdicts;

    /** The places of those that leave, and their entries. */
    private final List<Integer> leaving = new ArrayList<>();

    private final List<LedgerEntry> entries = new ArrayList<>();
    private Instant entered = Instant.EPOCH;

    BatchSending(
            SmsEngine engine,
            List<Draft> drafts,
            ProviderHttp http,
            RootFuture<List<Verdict>> operation) {
        this.engine = engine;
        this.drafts = drafts;
        this.http = http;
        this.operation = operation;
        this.verdicts = new Verdict[drafts.size()];
    }

    CompletableFuture<List<Verdict>> start() {
        inLedger(this::begin);
        return attempt;
    }

    private void inLedger(Runnable step) {
        engine.inLedger(attempt, step);
    }

    private void begin() {
        entered = http.time().now();
        List<Begun> begun = engine.ledger().beginAll(drafts, entered);
        List<Ending> kept = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            LedgerEntry entry = begun.get(i).entry();
            if (begun.get(i).fresh()) {
                enter(i, entry, kept);
            } else {
                verdicts[i] = known(drafts.get(i), entry);
            }
        }
        engine.ledger().end(kept);
        send();
    }

    private void enter(int place, LedgerEntry entry, List<Ending> kept) {
        Draft draft = drafts.get(place);
        try {
            engine.gate().enter(engine.provider(), draft.outgoing().message(), entered);
            leaving.add(place);
            entries.add(entry);
        } catch (PbxException refused) {
            verdicts[place] = Verdict.failed(refused);
            kept.add(new Ending(draft.key(), entry, null));
        }
    }

    private static Verdict known(Draft draft, LedgerEntry entry) {
        if (!entry.fingerprint().equals(draft.fingerprint())) {
            return Verdict.failed(
                    new IllegalArgumentException(
                            "another text was sent to this recipient in this run"));
        }
        ProviderReceipt receipt = entry.receipt();
        return entry.stage() == Stage.SENT && receipt != null
                ? Verdict.sent(draft.result(receipt, true))
                : Verdict.failed(
                        new PbxException("nobody knows whether it was sent before", null, true));
    }

    private void send() {
        if (leaving.isEmpty()) {
            succeed();
            return;
        }
        if (attempt.isSettled() || !operation.markSent()) {
            failAll(new PbxException("the texts were given up before they left", null, false));
            return;
        }
        CompletableFuture<List<BatchReceipt>> sending = handOver();
        attempt.onCancel(() -> sending.cancel(true));
        sending.whenComplete((receipts, failure) -> inLedger(() -> end(receipts, failure)));
    }

    private CompletableFuture<List<BatchReceipt>> handOver() {
        try {
            return ((BatchSmsProvider) engine.provider())
                    .sendAllAsync(
                            leaving.stream().map(place -> drafts.get(place).outgoing()).toList(),
                            http);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(
                    e instanceof PbxException
                            ? e
                            : new PbxException("the batch can't be sent: " + e, e, false));
        }
    }

    private void end(@Nullable List<BatchReceipt> receipts, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable reason = Futures.unwrap(failure);
            failAll(
                    reason instanceof PbxException known
                            ? known
                            : new PbxException(
                                    "sending failed unexpectedly: " + reason, reason, true));
        } else if (receipts == null || receipts.size() != leaving.size()) {
            failAll(new PbxException("the provider gave no receipt for each text", null, true));
        } else {
            endEach(receipts);
        }
    }

    private void failAll(PbxException failure) {
        endEach(leaving.stream().map(place -> BatchReceipt.failed(failure)).toList());
    }

    private void endEach(List<BatchReceipt> receipts) {
        List<Ending> endings = new ArrayList<>();
        for (int i = 0; i < receipts.size(); i++) {
            endings.add(ending(leaving.get(i), entries.get(i), receipts.get(i)));
        }
        engine.ledger().end(endings);
        succeed();
    }

    private Ending ending(int place, LedgerEntry entry, BatchReceipt receipt) {
        Draft draft = drafts.get(place);
        PbxException failure = receipt.failure().orElse(null);
        if (receipt.receipt().isPresent()) {
            ProviderReceipt taken = receipt.receipt().get();
            engine.gate().sent(draft.segments());
            verdicts[place] = Verdict.sent(draft.result(taken, false));
            return new Ending(draft.key(), entry, entry.sent(taken));
        }
        verdicts[place] = failure == null ? Verdict.untouched() : Verdict.failed(failure);
        if (failure != null && failure.mayHaveBeenSent()) {
            return new Ending(draft.key(), entry, entry.unknown());
        }
        engine.gate().giveBack(draft.outgoing().message(), entered);
        if (failure != null) {
            engine.gate().refusedByProvider(engine.provider(), draft.outgoing().message(), failure);
        }
        return new Ending(draft.key(), entry, null);
    }

    private void succeed() {
        attempt.succeed(Arrays.stream(verdicts).map(each -> each).toList());
    }
}
