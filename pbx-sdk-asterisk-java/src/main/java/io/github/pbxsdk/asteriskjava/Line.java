package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.AmiServer;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.ManagerAction;
import org.jspecify.annotations.Nullable;

/**
 * The connection from one login to the logoff, reconnects included.
 *
 * <p>What comes is for the {@link ListenerQueue}; answers that somebody waits for do not pass
 * through it.
 */
final class Line {

    /** Longer than any answer takes: who waits has a limit of his own. */
    private static final Duration NO_DEADLINE = Duration.ofDays(1);

    private final AmiClient client;
    private final boolean own;
    private final EventMaker maker;
    private final ListenerQueue queue;
    private final ActionId ids = new ActionId();
    private final Map<String, Answer> open = new ConcurrentHashMap<>();
    private final AtomicReference<ManagerConnectionState> state =
            new AtomicReference<>(ManagerConnectionState.CONNECTING);
    private final Subscription tap;

    /**
     * Creates a line on a client that may not be connected yet.
     *
     * @param own whether the client ends with the line
     */
    Line(AmiClient client, boolean own, Object source, Listeners listeners, EventClasses classes) {
        this.client = client;
        this.own = own;
        this.maker = new EventMaker(source, classes);
        this.queue = new ListenerQueue(client, source, listeners, maker);
        this.tap = ClientAccess.get().tap(client, this::saw);
    }

    /**
     * Connects and logs in, which is done already on some clients.
     *
     * @param courtesy how long to wait for listeners that deal with the event of it
     */
    void login(Duration courtesy)
            throws IOException, AuthenticationFailedException, TimeoutException {
        try {
            connect();
            queue.awaitGreeting(courtesy);
        } catch (PbxInterruptedException | InterruptedException e) {
            throw Failures.interrupted("login");
        } catch (PbxException e) {
            throw Failures.ofLogin(e);
        }
    }

    private void connect() {
        if (client.status().state() == ConnectionState.CONNECTED) {
            connected();
        } else {
            client.connect();
        }
    }

    ManagerConnectionState state() {
        return Objects.requireNonNull(state.get());
    }

    /** Tells whether the server is known, which it stays while the connection is away. */
    boolean isKnown() {
        ManagerConnectionState now = state();
        return now == ManagerConnectionState.CONNECTED
                || now == ManagerConnectionState.RECONNECTING;
    }

    AmiServer server() {
        return client.server();
    }

    /**
     * Sends an action.
     *
     * @param last the class of the event that ends the answer; null if no events are wanted
     * @throws IllegalArgumentException if it cannot be sent
     */
    Sent send(ManagerAction action, @Nullable Class<?> last) {
        Answer answer = new Answer(action, last, maker, queue);
        String id = ids.next(checked(action.getActionId()));
        open.put(id, answer);
        try {
            CompletableFuture<?> call =
                    ClientAccess.get()
                            .send(
                                    client,
                                    action.getAction(),
                                    ActionLines.of(action),
                                    id,
                                    answer,
                                    NO_DEADLINE);
            call.whenComplete((done, failure) -> answer.ended(failure));
            answer.end().whenComplete((done, failure) -> open.remove(id));
            failIfClosed(answer);
            return new Sent(answer, call);
        } catch (RuntimeException e) {
            open.remove(id);
            throw e;
        }
    }

    private static @Nullable String checked(@Nullable String id) {
        if (id != null && (id.length() > 512 || id.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException(
                    "an action id must not be longer than 512 or have line breaks");
        }
        return id;
    }

    /** What was sent while {@link #close} went through the open ones may have been missed there. */
    private void failIfClosed(Answer answer) {
        if (state() == ManagerConnectionState.DISCONNECTING) {
            answer.fail(loggedOff());
        }
    }

    /** Waits until listeners have seen what came so far, unless they take their time. */
    void awaitListeners(Duration limit) throws InterruptedException {
        queue.awaitEmpty(limit);
    }

    /** Runs a task between the events, in its place. */
    void inTurn(Runnable task) {
        queue.inTurn(task);
    }

    private void saw(PbxEvent event) {
        if (event instanceof AmiEvent ami) {
            cameFor(ami.fields());
            queue.arrived(ami.fields());
        } else if (event instanceof ConnectionEvent change) {
            changed(change);
        } else if (event instanceof GapEvent gap) {
            queue.missed(gap);
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
        ManagerConnectionState before =
                state.getAndUpdate(
                        now ->
                                now == ManagerConnectionState.DISCONNECTING
                                        ? now
                                        : ManagerConnectionState.CONNECTED);
        if (before != ManagerConnectionState.DISCONNECTING) {
            queue.connected(client.server().greeting());
        }
    }

    private void lost(ConnectionEvent change) {
        PbxException reason = new PbxConnectionException(change.now().reason(), null, true);
        failOpen(Answer::collects, reason);
        ManagerConnectionState next =
                change.state() == ConnectionState.RECONNECTING
                        ? ManagerConnectionState.RECONNECTING
                        : ManagerConnectionState.DISCONNECTED;
        if (state.compareAndSet(ManagerConnectionState.CONNECTED, next)) {
            queue.disconnected();
        }
    }

    /** Ends it: who waits is told, listeners are not. Repeatable. */
    void close() {
        state.set(ManagerConnectionState.DISCONNECTING);
        tap.close();
        queue.close();
        failOpen(answer -> true, loggedOff());
        if (own) {
            client.close();
        }
    }

    private void failOpen(Predicate<Answer> which, PbxException reason) {
        List.copyOf(open.values()).stream().filter(which).forEach(answer -> answer.fail(reason));
    }

    private static PbxException loggedOff() {
        return new PbxConnectionException("logged off", null, true);
    }

    /** An action that was sent, or waits for it. */
    record Sent(Answer answer, CompletableFuture<?> call) {}
}
