package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.EventQueueOptions.WhenFull;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.PbxMetrics;
import io.github.pbxsdk.core.time.Time;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the events of one client to its listeners: in order, one at a time, on an executor.
 *
 * <p>The reader of a connection only ever appends to a queue, which is bounded in bytes. Events
 * that nobody listens to are not queued.
 */
public final class EventDispatcher implements Events, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);

    /** How many events one run on the executor delivers before it lets others have the thread. */
    private static final int BATCH = 256;

    /** What an event costs besides its bytes: the objects around it. */
    private static final int OVERHEAD_BYTES = 96;

    private final String source;
    private final Executor executor;
    private final Time time;
    private final EventQueueOptions options;
    private final Runnable whenOverrun;
    private final ClientFigures figures;
    private final LongAdder arrived = new LongAdder();
    private final List<Subscription> watched = new ArrayList<>();
    private final SubscriberTable subscribers = new SubscriberTable();

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Delivery> queue = new ArrayDeque<>();
    private @Nullable Loss loss;
    private long queuedBytes;
    private long lost;
    private boolean delivering;
    private volatile boolean closed;

    /**
     * Creates a dispatcher.
     *
     * @param source the name of the client in events, such as {@code ami pbx.example.com:5038}
     * @param whenOverrun ends the connection, for {@link WhenFull#DISCONNECT}
     */
    public EventDispatcher(
            String source,
            PbxResources resources,
            EventQueueOptions options,
            Runnable whenOverrun) {
        this.source = source;
        this.executor = resources.executor();
        this.time = resources.time();
        this.options = options;
        this.whenOverrun = whenOverrun;
        this.figures = new ClientFigures(source, resources);
        if (figures.wanted()) {
            watch();
        }
    }

    private void watch() {
        watched.add(figures.watch(PbxMetrics.EVENTS, arrived::sum));
        watched.add(figures.watch(PbxMetrics.EVENTS_LOST, () -> read(() -> lost)));
        watched.add(figures.watch(PbxMetrics.QUEUE_EVENTS, () -> read(queue::size)));
        watched.add(figures.watch(PbxMetrics.QUEUE_BYTES, () -> read(() -> queuedBytes)));
        watched.add(figures.watch(PbxMetrics.LAG, () -> read(this::lag)));
    }

    private long read(LongSupplier value) {
        lock.lock();
        try {
            return value.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private long lag() {
        Delivery next = queue.peek();
        return next == null ? 0 : time.nanos() - next.since;
    }

    @Override
    public <E extends PbxEvent> Subscription subscribe(
            Class<E> type, Listener<? super E> listener) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(source + " is closed");
            }
            return subscribers.add(type, listener);
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether somebody listens, so that nobody else's events need be decoded. */
    public boolean wants(Class<? extends PbxEvent> type) {
        return !closed && subscribers.of(type).length > 0;
    }

    /**
     * Queues what the server reported; never blocks and never runs user code.
     *
     * @param bytes the size of the event on the wire
     */
    public void publish(PbxEvent event, int bytes) {
        arrived.increment();
        enqueue(event, bytes + OVERHEAD_BYTES, Stay.WHILE_OPEN);
    }

    /**
     * Queues what the server believes to be with us from now on: once taken it goes neither for
     * want of room nor because the client is closed.
     *
     * @param bytes the size of the event on the wire
     * @return whether it is taken: not if nobody listens, if there is no room for it, or if the
     *     executor is shut down
     */
    public boolean takeOver(PbxEvent event, int bytes) {
        arrived.increment();
        return !isShutDown() && enqueue(event, bytes + OVERHEAD_BYTES, Stay.TAKEN_OVER);
    }

    /** One that was ended at once has thrown our task away, and would refuse no other one. */
    private boolean isShutDown() {
        return executor instanceof ExecutorService pool && pool.isShutdown();
    }

    /** Queues what we ourselves have to say: never dropped for want of room. */
    public void announce(PbxEvent event) {
        if (event instanceof GapEvent) {
            figures.count(PbxMetrics.GAPS);
        }
        enqueue(event, 0, Stay.ALWAYS);
    }

    private boolean enqueue(PbxEvent event, int bytes, Stay stay) {
        SubscriberTable.Entry<?>[] targets = subscribers.of(event.getClass());
        if (targets.length == 0) {
            return false;
        }
        Delivery delivery =
                new Delivery(event, targets, bytes, stay, figures.wanted() ? time.nanos() : 0);
        boolean overrun;
        boolean start;
        lock.lock();
        try {
            if (!isAccepted(delivery)) {
                return false;
            }
            queue.add(delivery);
            queuedBytes += bytes;
            overrun = queuedBytes > options.maxBytes();
            if (overrun) {
                dropOldest();
            }
            start = !delivering;
            delivering = true;
        } finally {
            lock.unlock();
        }
        if (start && !tryHandOn()) {
            giveBack(delivery);
            return false;
        }
        if (overrun && options.whenFull() == WhenFull.DISCONNECT) {
            whenOverrun.run();
        }
        return true;
    }

    private boolean isAccepted(Delivery delivery) {
        return delivery.stay == Stay.WHILE_OPEN
                ? !closed
                : delivery.bytes == 0
                        || hasRoom(queuedBytes, delivery)
                        || hasRoom(bytesThatStay(), delivery);
    }

    private boolean hasRoom(long taken, Delivery delivery) {
        return taken + delivery.bytes <= options.maxBytes();
    }

    private long bytesThatStay() {
        return queue.stream()
                .filter(delivery -> delivery.stay != Stay.WHILE_OPEN)
                .mapToLong(delivery -> delivery.bytes)
                .sum();
    }

    /** Makes room; what was taken over and what we have to say ourselves stays, in its order. */
    private void dropOldest() {
        Deque<Delivery> kept = new ArrayDeque<>();
        while (queuedBytes > options.maxBytes() && !queue.isEmpty()) {
            Delivery oldest = queue.remove();
            if (oldest.stay != Stay.WHILE_OPEN) {
                kept.push(oldest);
            } else {
                queuedBytes -= oldest.bytes;
                lost++;
                loss = Loss.add(loss, time.now());
            }
        }
        kept.forEach(queue::addFirst);
    }

    private void giveBack(Delivery delivery) {
        lock.lock();
        try {
            if (queue.remove(delivery)) {
                queuedBytes -= delivery.bytes;
            }
            delivering = false;
            log.warn(
                    "{}: {} and {} more are not delivered: the executor is shut down",
                    source,
                    delivery.event.getClass().getSimpleName(),
                    queue.size());
        } finally {
            lock.unlock();
        }
    }

    private boolean tryHandOn() {
        try {
            executor.execute(this::deliver);
            return true;
        } catch (RejectedExecutionException e) {
            if (!closed) {
                log.warn("{}: the executor is shut down, so no more events are taken", source);
            }
            close();
            return false;
        }
    }

    /** Delivers a batch; all that waits, where the executor takes nothing more. */
    private void deliver() {
        do {
            nextBatch().forEach(this::tell);
        } while (hasMore() && !tryHandOn());
    }

    /** Who listened when it was taken over may have left since; then others are told. */
    private void tell(Delivery delivery) {
        boolean told = delivery.run(source, delivery.targets);
        if (!told && delivery.stay == Stay.TAKEN_OVER) {
            SubscriberTable.Entry<?>[] others = subscribers.of(delivery.event.getClass());
            if (!delivery.run(source, others)) {
                log.warn(
                        "{}: nobody listens any more to what was taken: {}",
                        source,
                        delivery.event);
            }
        }
    }

    private boolean hasMore() {
        lock.lock();
        try {
            delivering = !queue.isEmpty() || loss != null;
            return delivering;
        } finally {
            lock.unlock();
        }
    }

    private List<Delivery> nextBatch() {
        List<Delivery> batch = new ArrayList<>();
        lock.lock();
        try {
            if (loss != null) {
                GapEvent gap = GapEvent.ofQueue(source, loss.from(), loss.to(), loss.events());
                loss = null;
                figures.count(PbxMetrics.GAPS);
                batch.add(new Delivery(gap, subscribers.of(GapEvent.class), 0, Stay.ALWAYS, 0));
            }
            while (batch.size() < BATCH && !queue.isEmpty()) {
                Delivery delivery = queue.remove();
                queuedBytes -= delivery.bytes;
                batch.add(delivery);
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    /**
     * Takes no more events and forgets those that wait, apart from what was taken over and what we
     * have to say ourselves.
     *
     * <p>Safe from inside a listener; does not wait for one that is running.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.removeIf(delivery -> delivery.stay == Stay.WHILE_OPEN);
            queuedBytes = queue.stream().mapToLong(delivery -> delivery.bytes).sum();
        } finally {
            lock.unlock();
        }
        watched.forEach(Subscription::close);
    }

    /** Events that went for want of room. */
    private record Loss(Instant from, Instant to, long events) {

        static Loss add(@Nullable Loss before, Instant now) {
            return before == null
                    ? new Loss(now, now, 1)
                    : new Loss(before.from(), now, before.events() + 1);
        }
    }

    /** How long an event stays in the queue if it is not delivered. */
    private enum Stay {
        WHILE_OPEN,
        TAKEN_OVER,
        ALWAYS
    }

    private static final class Delivery {

        private final PbxEvent event;
        private final SubscriberTable.Entry<?>[] targets;
        private final int bytes;
        private final Stay stay;
        private final long since;

        Delivery(
                PbxEvent event,
                SubscriberTable.Entry<?>[] targets,
                int bytes,
                Stay stay,
                long since) {
            this.event = event;
            this.targets = targets;
            this.bytes = bytes;
            this.stay = stay;
            this.since = since;
        }

        /** Returns whether anybody was told. */
        boolean run(String source, SubscriberTable.Entry<?>[] listeners) {
            boolean told = false;
            for (SubscriberTable.Entry<?> listener : listeners) {
                told |= listener.deliver(event, source);
            }
            return told;
        }
    }
}
