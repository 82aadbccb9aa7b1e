package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.EventQueueOptions.WhenFull;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.EventDispatcher;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.DialBeginEvent;
import org.asteriskjava.manager.event.DialEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.internal.backwardsCompatibility.BackwardsCompatibilityForManagerEvents;
import org.asteriskjava.util.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * The connection from one login to the logoff, reconnects included.
 *
 * <p>The reader of the client puts what comes into a queue, in the order of the wire; listeners and
 * callbacks are called from there. Answers that somebody waits for do not pass through it.
 */
final class Line {

    /** Longer than any answer takes: who waits has a limit of his own. */
    private static final Duration NO_DEADLINE = Duration.ofDays(1);

    private final AmiClient client;
    private final boolean own;
    private final Object source;
    private final Listeners listeners;
    private final EventMaker maker;
    private final ActionId ids = new ActionId();
    private final EventDispatcher queue;
    private final Map<String, Answer> open = new ConcurrentHashMap<>();
    private final AtomicReference<ManagerConnectionState> state =
            new AtomicReference<>(ManagerConnectionState.CONNECTING);
    private final CountDownLatch greeted = new CountDownLatch(1);
    private final Subscription tap;

    private volatile @Nullable Thread delivering;

    // Of the listeners' thread alone.
    private BackwardsCompatibilityForManagerEvents older =
            new BackwardsCompatibilityForManagerEvents();

    /**
     * Creates a line on a client that may not be connected yet.
     *
     * @param own whether the client ends with the line
     */
    Line(AmiClient client, boolean own, Object source, Listeners listeners, EventClasses classes) {
        this.client = client;
        this.own = own;
        this.source = source;
        this.listeners = listeners;
        this.maker = new EventMaker(source, classes);
        ClientAccess access = ClientAccess.get();
        this.queue =
                new EventDispatcher(
                        access.source(client),
                        access.resources(client),
                        access.eventQueue(client).whenFull(WhenFull.DROP_OLDEST),
                        () -> {});
        queue.subscribe(PbxEvent.class, this::deliver);
        this.tap = access.tap(client, this::saw);
    }

    /**
     * Connects and logs in; does nothing on a client that is connected already.
     *
     * @throws PbxException if that fails
     */
    void connect() {
        if (client.status().state() == ConnectionState.CONNECTED) {
            connected();
        } else {
            client.connect();
        }
    }

    /** Waits until the listeners know of the connection, unless they take their time. */
    void awaitGreeting(Duration limit) throws InterruptedException {
        await(greeted, limit);
    }

    ManagerConnectionState state() {
        return Objects.requireNonNull(state.get());
    }

    AmiClient client() {
        return client;
    }

    /**
     * Sends an action.
     *
     * @param last the class of the event that ends the answer; null if no events are wanted
     * @throws IllegalArgumentException if it cannot be sent
     */
    Sent send(ManagerAction action, @Nullable Class<?> last) {
        Answer answer = new Answer(action, last, maker, this);
        String id = ids.next(checked(action.getActionId()));
        open.put(id, answer);
        CompletableFuture<?> call;
        try {
            call =
                    ClientAccess.get()
                            .send(
                                    client,
                                    action.getAction(),
                                    ActionLines.of(action),
                                    id,
                                    answer,
                                    NO_DEADLINE);
        } catch (RuntimeException e) {
            open.remove(id);
            throw e;
        }
        call.whenComplete((done, failure) -> answer.ended(failure));
        CompletableFuture<?> end = last == null ? answer.head() : answer.whole();
        end.whenComplete((done, failure) -> open.remove(id));
        return new Sent(answer, call);
    }

    private static @Nullable String checked(@Nullable String id) {
        if (id != null && (id.length() > 512 || id.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException(
                    "an action id must not be longer than 512 or have line breaks");
        }
        return id;
    }

    /**
     * Waits until listeners have seen what came so far, unless they take their time; a listener
     * that asks does not wait for itself.
     */
    void awaitListeners(Duration limit) throws InterruptedException {
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

    /** Runs a task between the events, in its place. */
    void inTurn(Runnable task) {
        queue.announce(new Turn(task));
    }

    private void saw(PbxEvent event) {
        if (event instanceof AmiEvent ami) {
            cameFor(ami.fields());
            arrived(ami.fields());
        } else if (event instanceof ConnectionEvent change) {
            changed(change);
        } else if (event instanceof GapEvent) {
            queue.announce(event);
        }
    }

    /** The event of an originate is none of a list, but belongs to the answer. */
    private void cameFor(AmiFields fields) {
        if (!open.isEmpty()) {
            Answer answer = open.get(fields.text("ActionID"));
            if (answer != null) {
                answer.collect(fields);
            }
        }
    }

    /** Queues an event for the listeners; called by the reader. */
    void arrived(AmiFields fields) {
        if (!listeners.isEmpty()) {
            queue.publish(
                    new Arrival(fields, DateUtil.getDate()), ClientAccess.get().bytes(fields));
        }
    }

    private void changed(ConnectionEvent change) {
        if (change.state() == ConnectionState.CONNECTED) {
            connected();
        } else if (change.before().state() == ConnectionState.CONNECTED) {
            lost(change);
        } else if (change.state() == ConnectionState.REFUSED
                || change.state() == ConnectionState.CLOSED) {
            state.compareAndSet(
                    ManagerConnectionState.RECONNECTING, ManagerConnectionState.DISCONNECTED);
        }
    }

    private void connected() {
        if (state() == ManagerConnectionState.DISCONNECTING) {
            return;
        }
        state.set(ManagerConnectionState.CONNECTED);
        String greeting = client.server().greeting();
        inTurn(
                () -> {
                    older = new BackwardsCompatibilityForManagerEvents();
                    tell(new ConnectEvent(source, greeting), AmiFields.of(), DateUtil.getDate());
                    greeted.countDown();
                });
    }

    private void lost(ConnectionEvent change) {
        PbxException reason = new PbxConnectionException(change.now().reason(), null, true);
        List.copyOf(open.values()).stream()
                .filter(Answer::collects)
                .forEach(answer -> answer.fail(reason));
        ManagerConnectionState next =
                change.state() == ConnectionState.RECONNECTING
                        ? ManagerConnectionState.RECONNECTING
                        : ManagerConnectionState.DISCONNECTED;
        if (state.compareAndSet(ManagerConnectionState.CONNECTED, next)) {
            inTurn(() -> tell(new DisconnectEvent(source), AmiFields.of(), DateUtil.getDate()));
        }
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
            tell(new MissedEventsEvent(source, gap), AmiFields.of(), DateUtil.getDate());
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

    private void tell(ManagerEvent event, AmiFields fields, Date when) {
        event.setDateReceived(when);
        listeners.tell(event, fields);
    }

    /** Ends it: who waits is told, listeners are not. Repeatable. */
    void close() {
        state.set(ManagerConnectionState.DISCONNECTING);
        tap.close();
        queue.close();
        PbxException reason = new PbxConnectionException("logged off", null, true);
        List.copyOf(open.values()).forEach(answer -> answer.fail(reason));
        if (own) {
            client.close();
        }
    }

    /** An event that came. */
    private record Arrival(AmiFields fields, Date received) implements PbxEvent {}

    /** Something to do between the events. */
    private record Turn(Runnable task) implements PbxEvent {}

    /** An action that was sent, or waits for it. */
    record Sent(Answer answer, CompletableFuture<?> call) {}
}
