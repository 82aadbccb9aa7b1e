package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.SafeProgress;
import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.LedgerEntry.Stage;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One run of a bulk.
 *
 * <p>All that it decides, it decides on one thread, which sleeps until an answer or an alarm comes.
 */
final class BulkRun implements AutoCloseable {

    /** Being too fast is nothing unusual; then the rate falls, and the text goes out later. */
    private static final int MOST_TOO_FAST = 10;

    private static final int PAGE = 1000;

    private final SmsEngine engine;
    private final SmsBulk.Settings settings;
    private final SendRates rates;
    private final String name;
    private final List<TextMessage> messages;
    private final CallOptions options;
    private final BulkRoad road;
    private final RetryPolicy policy;
    private final BulkMemory memory;
    private final Time time;
    private final ProgressListener progress;
    private final long started;
    private final BlockingQueue<Runnable> signals = new LinkedBlockingQueue<>();
    private final RootFuture<BulkReport> future;
    private final Fingerprints fingerprints = new Fingerprints();
    private final List<BulkItem> items = new ArrayList<>();
    private final Map<String, BulkLane> lanes = new LinkedHashMap<>();
    private int over;
    private int underWay;
    private @Nullable String stopped;

    BulkRun(
            SmsEngine engine,
            CallOptions options,
            SmsBulk.Settings settings,
            SendRates rates,
            String name,
            List<TextMessage> messages) {
        this.engine = engine;
        this.options = options;
        this.settings = settings;
        this.rates = rates;
        this.name = name;
        this.messages = List.copyOf(messages);
        this.road = BulkRoad.of(engine, options);
        this.policy = engine.policy(options);
        this.memory =
                new BulkMemory(engine.store(), engine.provider().origin(), engine.retention());
        this.time = engine.resources().time();
        this.progress = new SafeProgress(settings.progress());
        this.started = time.nanos();
        this.future = new RootFuture<>(engine.resources().executor());
    }

    CompletableFuture<BulkReport> start() {
        engine.settings().guard.check(Operation.change("sms", "messages.send"));
        future.onCancel(this::wake);
        engine.begun(this);
        SmsThreads.of(engine.resources()).run(this::run);
        return future;
    }

    private void run() {
        try {
            prepare();
            sendAll();
            future.succeed(report());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.fail(new PbxException("the run was interrupted", e, true));
        } catch (Throwable e) {
            future.fail(e);
        } finally {
            engine.ended(this);
        }
    }

    private BulkReport report() {
        return new BulkReport(items.stream().map(BulkItem::outcome).toList(), stopped);
    }

    private void prepare() {
        Map<String, Integer> places = new HashMap<>();
        for (TextMessage message : messages) {
            for (Address to : message.to()) {
                Address person = engine.resolve(to);
                BulkItem item = new BulkItem(message.toBuilder().to(List.of(person)).build());
                Integer before = places.putIfAbsent(person.key(), items.size());
                items.add(item);
                if (before == null) {
                    draft(item, person);
                } else {
                    end(item, SendOutcome.duplicate(item.message(), before));
                }
            }
        }
        List<BulkItem> open = items.stream().filter(item -> !item.isOver()).toList();
        for (int i = 0; i < open.size(); i += PAGE) {
            recall(open.subList(i, Math.min(open.size(), i + PAGE)));
        }
        open.stream().filter(item -> !item.isOver()).forEach(this::queue);
    }

    private void draft(BulkItem item, Address person) {
        String key = StorageKey.join(name, person.key());
        try {
            item.drafted(
                    engine.draft(item.message(), options.withIdempotencyKey(key), fingerprints));
        } catch (IllegalArgumentException e) {
            Kind kind =
                    person.kind() == Address.Kind.UNPARSED
                            ? Kind.INVALID_RECIPIENT
                            : Kind.INVALID_REQUEST;
            end(item, SendOutcome.rejected(item.message(), kind, words(e), false));
        }
    }

    private void recall(List<BulkItem> page) {
        Map<String, LedgerEntry> entries =
                engine.ledger().findAll(page.stream().map(item -> item.draft().key()).toList());
        page.forEach(item -> readFiles(item, entries.get(item.draft().key())));
        List<BulkItem> readable = page.stream().filter(item -> !item.isOver()).toList();
        Map<String, SendOutcome> refused = memory.find(readable);
        for (BulkItem item : readable) {
            LedgerEntry entry = entries.get(item.draft().key());
            SendOutcome refusal = refused.get(item.draft().key());
            if (entry != null) {
                recall(item, entry);
            } else if (refusal != null) {
                end(item, refusal);
            }
        }
        tell("");
    }

    /** Without its files a text can't be sent, nor compared with what was sent before. */
    private void readFiles(BulkItem item, @Nullable LedgerEntry entry) {
        try {
            item.draft().fingerprint();
        } catch (PbxException e) {
            end(
                    item,
                    entry == null
                            ? SendOutcome.skipped(item.message(), words(e))
                            : mayHaveBeenSent(item, entry));
        }
    }

    private static SendOutcome mayHaveBeenSent(BulkItem item, LedgerEntry entry) {
        String reason = "it may have been sent before, at " + entry.since();
        return SendOutcome.unknown(item.message(), reason);
    }

    private void recall(BulkItem item, LedgerEntry entry) {
        TextMessage message = item.message();
        if (!entry.fingerprint().equals(item.draft().fingerprint())) {
            String reason = "another text was sent to this recipient in this run";
            end(item, SendOutcome.rejected(message, Kind.INVALID_REQUEST, reason, false));
        } else if (entry.stage() == Stage.SENT && entry.receipt() != null) {
            end(item, SendOutcome.sent(message, item.draft().result(entry.receipt(), true)));
        } else if (engine.isUnderWay(entry) || !road.looksUp()) {
            end(item, mayHaveBeenSent(item, entry));
        }
    }

    private void queue(BulkItem item) {
        lanes.computeIfAbsent(item.sender(), sender -> new BulkLane(rates.of(sender)))
                .queue()
                .add(item);
    }

    private void sendAll() throws InterruptedException {
        while (over < items.size() && !future.isSettled()) {
            lanes.values().forEach(this::startWhatMayGo);
            if (over < items.size()) {
                signals.take().run();
            }
        }
    }

    private void startWhatMayGo(BulkLane lane) {
        while (underWay < settings.concurrency() && !lane.queue().isEmpty() && !lane.isWaiting()) {
            long wait = lane.rate().take(lane.queue().getFirst().draft().segments());
            if (wait > 0) {
                lane.waits(true);
                time.schedule(Duration.ofNanos(wait), () -> signals.add(() -> lane.waits(false)));
                return;
            }
            start(lane, road.next(lane.queue()));
        }
    }

    private void start(BulkLane lane, List<BulkItem> batch) {
        lane.rate()
                .takeMore(batch.stream().skip(1).mapToInt(item -> item.draft().segments()).sum());
        underWay++;
        future.markSent();
        road.send(batch).thenAccept(verdicts -> signals.add(() -> answered(lane, batch, verdicts)));
    }

    private void answered(BulkLane lane, List<BulkItem> batch, List<Verdict> verdicts) {
        underWay--;
        List<BulkItem> again = new ArrayList<>();
        List<BulkItem> refused = new ArrayList<>();
        boolean stuck = verdicts.stream().allMatch(Verdict::isUntouched);
        for (int i = 0; i < batch.size(); i++) {
            BulkItem item = batch.get(i);
            Verdict verdict = verdicts.get(i);
            if (verdict.result() != null) {
                end(item, SendOutcome.sent(item.message(), verdict.result()));
            } else if (verdict.failure() != null) {
                failed(lane, item, verdict.failure(), again);
            } else if (stuck) {
                notSent(lane, item, new PbxException("nothing was done", null, false), again);
            } else {
                again.add(item);
            }
            if (item.isOver() && isForGood(item.outcome())) {
                refused.add(item);
            }
        }
        memory.add(refused);
        giveBack(lane, again);
        tell(batch.get(batch.size() - 1).message().to().get(0).masked());
    }

    private static boolean isForGood(SendOutcome outcome) {
        return outcome.state() == SendOutcome.State.REJECTED
                && !outcome.isRetryable()
                && outcome.kind().filter(kind -> kind != Kind.POLICY).isPresent();
    }

    private void giveBack(BulkLane lane, List<BulkItem> again) {
        lane.putBack(again);
        if (stopped != null) {
            skip(lane, stopped);
        }
    }

    private void failed(BulkLane lane, BulkItem item, Throwable failure, List<BulkItem> again) {
        if (failure instanceof SmsRejectedException no) {
            refused(lane, item, no, again);
        } else if (failure instanceof IllegalArgumentException) {
            end(item, rejected(item, Kind.INVALID_REQUEST, words(failure), false));
        } else if (failure instanceof PbxException known && !known.mayHaveBeenSent()) {
            notSent(lane, item, known, again);
        } else {
            end(item, SendOutcome.unknown(item.message(), words(failure)));
        }
    }

    private void refused(
            BulkLane lane, BulkItem item, SmsRejectedException no, List<BulkItem> again) {
        switch (no.kind()) {
            case OPTED_OUT -> end(item, SendOutcome.suppressed(item.message(), words(no)));
            case PROVIDER_ERROR -> end(item, SendOutcome.unknown(item.message(), words(no)));
            case RATE_LIMITED -> {
                lane.rate().slowDown(no.retryAfter().orElse(Duration.ZERO));
                if (item.failedAgain() < MOST_TOO_FAST) {
                    again.add(item);
                } else {
                    end(item, rejected(item, no.kind(), words(no), true));
                }
            }
            case INSUFFICIENT_FUNDS -> {
                end(item, rejected(item, no.kind(), words(no), true));
                stop(words(no));
            }
            case INVALID_SENDER -> {
                end(item, rejected(item, no.kind(), words(no), true));
                skip(lane, words(no));
            }
            default -> end(item, rejected(item, no.kind(), words(no), SendGate.isPassing(no)));
        }
    }

    private static SendOutcome rejected(BulkItem item, Kind kind, String words, boolean retryable) {
        return SendOutcome.rejected(item.message(), kind, words, retryable);
    }

    /** Certainly not sent: tried again after a pause, a few times, if that may help. */
    private void notSent(BulkLane lane, BulkItem item, PbxException failure, List<BulkItem> again) {
        int attempts = item.failedAgain();
        if (isPassing(failure) && attempts < policy.attempts() && stopped == null) {
            lane.rate().pause(pause(attempts));
            again.add(item);
        } else {
            end(item, SendOutcome.skipped(item.message(), words(failure)));
            stop(words(failure));
        }
    }

    private static boolean isPassing(PbxException failure) {
        return failure instanceof PbxConnectionException || failure instanceof PbxTimeoutException;
    }

    private Duration pause(int attempts) {
        Duration doubled = policy.firstDelay().multipliedBy(1L << Math.min(attempts - 1, 20));
        return doubled.compareTo(policy.longestDelay()) > 0 ? policy.longestDelay() : doubled;
    }

    private void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
        lanes.values().forEach(lane -> skip(lane, reason));
    }

    private void skip(BulkLane lane, String reason) {
        Collection<BulkItem> queue = lane.queue();
        queue.forEach(item -> end(item, SendOutcome.skipped(item.message(), reason)));
        queue.clear();
    }

    private void end(BulkItem item, SendOutcome outcome) {
        item.ends(outcome);
        over++;
    }

    private void tell(String detail) {
        Duration elapsed = Duration.ofNanos(time.nanos() - started);
        Progress now = Progress.of(over, "texts", elapsed).withTotal(items.size());
        progress.onProgress(detail.isEmpty() ? now : now.withDetail(detail));
    }

    private static String words(Throwable failure) {
        String words = failure.getMessage();
        return words == null ? failure.toString() : words;
    }

    private void wake() {
        signals.add(() -> {});
    }

    /** The client is closed: what has not left stays. */
    @Override
    public void close() {
        future.fail(new PbxException("the client was closed during the run", null, true));
        wake();
    }
}
