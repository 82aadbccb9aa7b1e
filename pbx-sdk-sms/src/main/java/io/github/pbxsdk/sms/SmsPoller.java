package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.internal.http.MediaUrls;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for texts, one round after the other, and hands each over once.
 *
 * <p>The cursor is the provider's time and moves only to what has been handled; each round looks
 * back further than that, and what was seen before is recognised by its id.
 */
final class SmsPoller implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(SmsPoller.class);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** For how long what the list leaves out of one text may hold up all others. */
    private static final Duration LONGEST_COMPLETION = Duration.ofHours(1);

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final SmsEngine engine;
    private final SmsIntake intake;
    private final PollingOptions options;
    private final Time time;
    private final PollingCursor cursor;
    private final Map<String, Integer> failed = new HashMap<>();

    /** Since when those are waited for of which the provider doesn't tell all. */
    private final Map<String, Instant> incomplete = new HashMap<>();

    /** Held by a round, so that closing can wait for it. */
    private final ReentrantLock round = new ReentrantLock();

    private volatile boolean closed;
    private volatile Time.@Nullable Alarm alarm;
    private volatile @Nullable CompletableFuture<?> asking;
    private int failedRounds;

    /** How many were new in the last list: one of old ones only is the last for this round. */
    private int fresh;

    /** Whether anything was handled in this round. */
    private boolean movedOn;

    SmsPoller(SmsEngine engine, SmsIntake intake, PollingOptions options) {
        this.engine = engine;
        this.intake = intake;
        this.options = options;
        this.time = engine.resources().time();
        this.cursor =
                new PollingCursor(intake.store(), engine.provider().origin(), intake.reader());
    }

    SmsIntake intake() {
        return intake;
    }

    void start() {
        SmsThreads.of(engine.resources()).run(this::round);
    }

    private void startAgain() {
        try {
            start();
        } catch (RuntimeException | Error e) {
            failedRounds++;
            tell(asException(e));
            planNext();
        }
    }

    private void round() {
        round.lock();
        try {
            movedOn = false;
            if (!closed) {
                receive();
                failedRounds = 0;
            }
        } catch (RuntimeException | Error e) {
            // One that fails now and then, in a long list, must not slow down all the others.
            failedRounds = movedOn ? 1 : failedRounds + 1;
            tell(asException(e));
        } finally {
            round.unlock();
        }
        planNext();
    }

    /** Whoever is told may fail as well; polling goes on. */
    private void tell(RuntimeException failure) {
        if (closed) {
            return;
        }
        try {
            options.tell(failure);
        } catch (RuntimeException | Error e) {
            log.warn("polling goes on after {}, but onError(...) failed as well", failure, e);
        }
    }

    private static RuntimeException asException(Throwable failure) {
        return failure instanceof RuntimeException known
                ? known
                : new PbxException("a handler failed: " + failure, failure, false);
    }

    private void planNext() {
        if (closed) {
            return;
        }
        Time.Alarm next = time.schedule(pause(), this::startAgain);
        alarm = next;
        if (closed) {
            next.cancel();
        }
    }

    /** Doubles while nothing goes on, up to some minutes; a part of it is left to chance. */
    private Duration pause() {
        if (failedRounds == 0) {
            return options.interval();
        }
        Duration doubled = options.interval().multipliedBy(1L << Math.min(failedRounds, 10));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        long whole = pause.toNanos();
        return Duration.ofNanos(whole - ThreadLocalRandom.current().nextLong(whole / 4 + 1));
    }

    private void receive() {
        boolean confirming = engine.provider().capabilities().can(Feature.CONFIRMATION);
        boolean more;
        do {
            Instant since = cursor.get(options.fromOr(time.now())).minus(options.overlap());
            List<SmsEvent> events = new ArrayList<>(fetch(since));
            events.sort(Comparator.comparing(SmsPoller::timeOf).thenComparing(SmsPoller::keyOf));
            more = deliver(events) && confirming && fresh > 0 && !closed;
        } while (more);
    }

    /** Hands over what may be; returns false when it ends before the list does. */
    private boolean deliver(List<SmsEvent> events) {
        List<SmsEvent> handled = new ArrayList<>();
        fresh = 0;
        try {
            return events.stream().allMatch(event -> isDelivered(event, handled));
        } finally {
            confirm(handled);
        }
    }

    private List<SmsEvent> fetch(Instant since) {
        return answer(
                engine.askLong("receive", http -> engine.provider().receiveAsync(since, http)));
    }

    /** Waits for what is not needed any more when polling ends. */
    private <T> T answer(CompletableFuture<T> asked) {
        asking = asked;
        if (closed) {
            asked.cancel(true);
        }
        return Futures.await(asked);
    }

    private void confirm(List<SmsEvent> handled) {
        if (!handled.isEmpty()) {
            Futures.await(
                    engine.ask(
                            "confirm",
                            CallOptions.none(),
                            http ->
                                    engine.provider()
                                            .confirmAsync(handled, http)
                                            .thenApply(nothing -> "confirmed")));
        }
    }

    private boolean isDelivered(SmsEvent event, List<SmsEvent> handled) {
        if (closed) {
            return false;
        }
        String key = keyOf(event);
        if (!intake.hasSeen(event, key) && !accept(completed(event, key), key)) {
            return false;
        }
        handled.add(event);
        moveTo(event);
        return true;
    }

    /** Returns false when somebody else is at it: what follows waits for the next round. */
    private boolean accept(SmsEvent event, String key) {
        try {
            if (intake.acceptPolled(event, key) == SmsIntake.Outcome.IN_PROGRESS) {
                return false;
            }
            fresh++;
            movedOn = true;
        } catch (RuntimeException | Error e) {
            int times = failed.merge(key, 1, Integer::sum);
            if (closed || !options.tookOver(event, times, asException(e))) {
                throw e;
            }
            intake.giveUp(event, key);
        }
        failed.remove(key);
        return true;
    }

    /** No handler has failed where this does, so it isn't counted for dead letters. */
    private SmsEvent completed(SmsEvent event, String key) {
        if (!engine.canComplete()) {
            return event;
        }
        try {
            SmsEvent whole = answer(engine.complete(event));
            incomplete.remove(key);
            return whole;
        } catch (RuntimeException | Error e) {
            if (closed || (mayPass(e) && !hasWaitedLong(key))) {
                throw e;
            }
            tell(asException(e));
            return withoutFiles(event);
        }
    }

    private static boolean mayPass(Throwable failure) {
        if (failure instanceof PbxRejectedException refused) {
            int status = refused.code();
            return status < 400
                    || status >= 500
                    || status == REQUEST_TIMEOUT
                    || status == TOO_MANY_REQUESTS;
        }
        return !(failure instanceof PbxAuthenticationException);
    }

    private boolean hasWaitedLong(String key) {
        Instant now = time.now();
        Instant since = incomplete.computeIfAbsent(key, first -> now);
        return since.plus(LONGEST_COMPLETION).isBefore(now);
    }

    private static SmsEvent withoutFiles(SmsEvent event) {
        if (!(event instanceof MessageReceivedEvent received)) {
            return event;
        }
        TextMessage.Builder message = received.message().toBuilder();
        MediaUrls.noteUnreadable(message);
        return new MessageReceivedEvent(received.origin(), message.build());
    }

    /** Never beyond our own time: one wrong clock far away must not hide what comes. */
    private void moveTo(SmsEvent event) {
        Instant at = timeOf(event);
        Instant before = cursor.get(options.fromOr(time.now()));
        if (at.isAfter(before) && !at.isAfter(time.now())) {
            cursor.put(at);
        }
    }

    private static Instant timeOf(SmsEvent event) {
        return told(event).orElse(Instant.EPOCH);
    }

    private static Optional<Instant> told(SmsEvent event) {
        if (event instanceof MessageReceivedEvent received) {
            return received.message().sentAt();
        }
        return event instanceof DeliveryReportEvent report
                ? report.status().at()
                : Optional.empty();
    }

    /** What has no id is told by all that it has. */
    private static String keyOf(SmsEvent event) {
        return event.repetitionKey().orElseGet(() -> "fields|" + SmsIntake.digest(event));
    }

    /** Waits for the handler that is running, unless it is the one that calls. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<?> asked = asking;
        if (asked != null) {
            asked.cancel(true);
        }
        Time.Alarm waiting = alarm;
        if (waiting != null) {
            waiting.cancel();
        }
        if (!round.isHeldByCurrentThread()) {
            round.lock();
            try {
                failed.clear();
                incomplete.clear();
            } finally {
                round.unlock();
            }
        }
    }
}
