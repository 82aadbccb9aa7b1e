package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.event.EventQueueOptions.WhenFull;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.internal.EventDispatcher;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.DialBeginEvent;
import org.asteriskjava.manager.event.DialEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.internal.backwardsCompatibility.BackwardsCompatibilityForManagerEvents;
import org.asteriskjava.util.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the listeners and callbacks of one line: they are called one at a time, in the
 * order of the wire.
 *
 * <p>The reader of the client only puts lines here. Events are made of them on the listeners'
 * thread.
 */
final class ListenerQueue {

    private final Object source;
    private final Listeners listeners;
    private final EventMaker maker;
    private final EventDispatcher queue;
    private final CountDownLatch greeted = new CountDownLatch(1);

    private volatile @Nullable Thread delivering;

    // Of the listeners' thread alone.
    private BackwardsCompatibilityForManagerEvents older =
            new BackwardsCompatibilityForManagerEvents();

    /**
     * Creates an empty queue with the bounds and threads of a client.
     *
     * @param source what the events name as their source
     */
    ListenerQueue(AmiClient client, Object source, Listeners listeners, EventMaker maker) {
        this.source = source;
        this.listeners = listeners;
        this.maker = maker;
        ClientAccess access = ClientAccess.get();
        this.queue =
                new EventDispatcher(
                        access.source(client),
                        access.resources(client),
                        access.eventQueue(client).whenFull(WhenFull.DROP_OLDEST),
                        () -> {});
        queue.subscribe(PbxEvent.class, this::deliver);
    }

    /** Queues an event; called by the reader. */
    void arrived(AmiFields fields) {
        if (!listeners.isEmpty()) {
            queue.publish(
                    new Arrival(fields, DateUtil.getDate()), ClientAccess.get().bytes(fields));
        }
    }

    /** Queues that events may be missing. */
    void missed(GapEvent gap) {
        queue.announce(gap);
    }

    /** Queues that the connection stands. */
    void connected(String greeting) {
        inTurn(
                () -> {
                    older = new BackwardsCompatibilityForManagerEvents();
                    tell(new ConnectEvent(source, greeting));
                    greeted.countDown();
                });
    }

    /** Queues that the connection was lost. */
    void disconnected() {
        inTurn(() -> tell(new DisconnectEvent(source)));
    }

    /** Runs a task between the events, in its place. */
    void inTurn(Runnable task) {
        queue.announce(new Turn(task));
    }

    /** Waits until the listeners know of the connection, unless they take their time. */
    void awaitGreeting(Duration limit) throws InterruptedException {
        await(greeted, limit);
    }

    /**
     * Waits until listeners have seen what came so far, unless they take their time; a listener
     * that asks does not wait for itself.
     */
    void awaitEmpty(Duration limit) throws InterruptedException {
        if (Thread.currentThread() != delivering) {
            CountDownLatch seen = new CountDownLatch(1);
            inTurn(seen::countDown);
            await(seen, limit);
        }
    }

    /** Whether it came is no matter: it was waited for. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    private static void await(CountDownLatch latch, Duration limit) throws InterruptedException {
        latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void deliver(PbxEvent event) {
        delivering = Thread.currentThread();
        try {
            deliverOne(event);
        } finally {
            delivering = null;
        }
    }

    private void deliverOne(PbxEvent event) {
        if (event instanceof Turn turn) {
            turn.task().run();
        } else if (event instanceof GapEvent gap) {
            tell(new MissedEventsEvent(source, gap));
        } else if (event instanceof Arrival arrival) {
            deliver(arrival);
        }
    }

    /** Some events have an older form, which asterisk-java adds, and so do we. */
    private void deliver(Arrival arrival) {
        AmiFields fields = arrival.fields();
        ManagerEvent event = maker.event(fields, arrival.received());
        if (event instanceof DialBeginEvent begin) {
            listeners.tell(new DialEvent(begin), fields);
        }
        listeners.tell(event, fields);
        ManagerEvent second = older.handleEvent(event);
        if (second != null) {
            listeners.tell(second, fields);
        }
    }

    /** Tells what the server did not send itself. */
    private void tell(ManagerEvent event) {
        event.setDateReceived(DateUtil.getDate());
        listeners.tell(event, AmiFields.of());
    }

    /** Forgets the events that wait; callbacks are still called. Repeatable. */
    void close() {
        queue.close();
    }

    /** An event that came. */
    private record Arrival(AmiFields fields, Date received) implements PbxEvent {}

    /** Something to do between the events. */
    private record Turn(Runnable task) implements PbxEvent {}
}
