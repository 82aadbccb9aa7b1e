package io.github.pbxsdk.testing;

import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Waits for events of a client, for tests.
 *
 * <pre>{@code
 * EventProbe<HangupEvent> hangups = EventProbe.on(ami.events(), HangupEvent.class);
 *
 * server.emit(hangup("PJSIP/100-0001", 16));
 *
 * assertThat(hangups.next().cause()).isEqualTo(HangupCause.NORMAL_CLEARING);
 * hangups.none();
 * }</pre>
 *
 * <p>Attach it before what causes the events: it sees those that come afterwards, and keeps them in
 * their order until they are taken. It listens to all events of the client, so that a failure can
 * tell what came instead. It ends with its client, or with {@link #close()}.
 */
public final class EventProbe<E extends PbxEvent> implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** How much of the past a failure tells. */
    private static final int REMEMBERED = 20;

    private final Class<E> type;
    private final Duration limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<E> waiting = new ArrayDeque<>();
    private final Deque<PbxEvent> past = new ArrayDeque<>();
    private final Subscription subscription;
    private long seen;

    private EventProbe(Events events, Class<E> type, Duration limit) {
        this.type = type;
        this.limit = limit;
        subscription = events.subscribe(PbxEvent.class, this::add);
    }

    /**
     * Attaches a probe to a type of event and everything below it, with a limit of ten seconds.
     *
     * @throws IllegalStateException if the client is closed
     */
    public static <E extends PbxEvent> EventProbe<E> on(Events events, Class<E> type) {
        return on(events, type, LIMIT);
    }

    /**
     * Attaches a probe to a type of event and everything below it.
     *
     * @param limit how long {@link #next()} waits
     * @throws IllegalStateException if the client is closed
     */
    public static <E extends PbxEvent> EventProbe<E> on(
            Events events, Class<E> type, Duration limit) {
        return new EventProbe<>(events, type, limit);
    }

    /**
     * Takes the next event, and waits for it if it has not come yet.
     *
     * @throws AssertionError if none comes within the limit; it names what came instead
     * @throws PbxInterruptedException if the waiting thread is interrupted
     */
    public E next() {
        return next(event -> true);
    }

    /**
     * Takes the next event that matches, and drops those before it.
     *
     * @throws AssertionError if none comes within the limit; it names what came instead
     * @throws PbxInterruptedException if the waiting thread is interrupted
     */
    public E next(Predicate<? super E> wanted) {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            Optional<E> found = take(wanted);
            while (found.isEmpty() && nanos > 0) {
                nanos = arrived.awaitNanos(nanos);
                found = take(wanted);
            }
            return found.orElseThrow(this::nothingCame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PbxInterruptedException("interrupted while waiting for an event", e, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks that no event is left that nobody took.
     *
     * <p>It does not wait for one: let something happen first that comes behind it, such as the
     * answer to a later action.
     *
     * @throws AssertionError if there is one
     */
    public void none() {
        lock.lock();
        try {
            if (!waiting.isEmpty()) {
                throw new AssertionError(
                        "expected no " + type.getSimpleName() + ", but got " + waiting);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Detaches the probe; what has come can still be taken. */
    @Override
    public void close() {
        subscription.close();
    }

    private void add(PbxEvent event) {
        lock.lock();
        try {
            seen++;
            past.add(event);
            if (past.size() > REMEMBERED) {
                past.remove();
            }
            if (type.isInstance(event)) {
                waiting.add(type.cast(event));
                arrived.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<E> take(Predicate<? super E> wanted) {
        while (!waiting.isEmpty()) {
            E event = waiting.remove();
            if (wanted.test(event)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    private AssertionError nothingCame() {
        String expected =
                "no "
                        + type.getSimpleName()
                        + " that was asked for came in "
                        + limit.toMillis()
                        + " ms";
        if (seen == 0) {
            return new AssertionError(expected + ", and nothing else");
        }
        String shown = seen > REMEMBERED ? ", the last " + REMEMBERED + ": " : ": ";
        String events = past.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new AssertionError(expected + "; since the beginning came " + seen + shown + events);
    }
}
