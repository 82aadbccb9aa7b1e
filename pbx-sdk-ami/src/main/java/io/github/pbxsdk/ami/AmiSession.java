package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.ServerIdentity;
import io.github.pbxsdk.core.internal.ConnectionKeeper;
import io.github.pbxsdk.core.internal.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: sends actions, brings answers to who asked, and hands over events.
 *
 * <p>While it is being set up, answers are waited for on the spot; events that come meanwhile are
 * kept and handed over first when {@link #run()} begins.
 */
final class AmiSession implements ConnectionKeeper.Link {

    private static final Logger log = LoggerFactory.getLogger(AmiSession.class);

    private final AmiChannel channel;
    private final Consumer<AmiFields> events;
    private final KeepAlive keepAlive;
    private final ActionIds ids = new ActionIds();
    private final PendingAnswers answers = new PendingAnswers();
    private final Queue<AmiFields> early = new ArrayDeque<>();
    private final boolean isShared;
    private final Executor executor;
    private @Nullable AmiServer server;
    private volatile boolean closed;

    /**
     * Creates a session on a connection of which nothing was received.
     *
     * @param isShared whether what others have asked for comes here as well
     * @param executor where the answers and events are handed to
     */
    AmiSession(
            AmiChannel channel,
            Consumer<AmiFields> events,
            KeepAlive keepAlive,
            boolean isShared,
            Executor executor) {
        this.channel = channel;
        this.events = events;
        this.keepAlive = keepAlive;
        this.isShared = isShared;
        this.executor = executor;
    }

    /** Returns the first line of the server. */
    String greeting() {
        return channel.greeting();
    }

    /** Sends an action and waits for its answer; only before {@link #run()}. */
    AmiResponse exchange(AmiAction<?> action) {
        String id = ids.next();
        channel.send(ActionLines.of(action, id), () -> true);
        while (true) {
            AmiFields message = channel.receive();
            if (!message.has("Event") && message.is("ActionID", id)) {
                return AmiResponse.of(message);
            }
            early.add(message);
        }
    }

    /** Notes who answers; before {@link #run()}. */
    void identify(AmiServer answering) {
        server = answering;
    }

    /** Returns who answers, once that was found out. */
    @Nullable AmiServer server() {
        return server;
    }

    /** Returns the names for what is done on this connection. */
    ActionIds ids() {
        return ids;
    }

    /**
     * Sends an action; does not wait until it has left.
     *
     * @throws PbxException if it cannot be sent
     */
    void send(AmiAction<?> action, String id, PendingAnswer answer) {
        answers.add(id, answer);
        try {
            channel.send(ActionLines.of(action, id), () -> leaves(id, answer));
        } catch (PbxException e) {
            answers.forget(id);
            throw e;
        }
    }

    private boolean leaves(String id, PendingAnswer answer) {
        boolean leaves = answer.leave();
        if (!leaves) {
            answers.forget(id);
        }
        return leaves;
    }

    /** Returns how long nothing was heard from the server. */
    Duration idle() {
        return channel.idle();
    }

    @Override
    public void run() {
        keepAlive.begin(this);
        try {
            while (!early.isEmpty()) {
                receive(early.remove());
            }
            while (true) {
                AmiFields first = channel.receive();
                Workers.gather(executor, () -> receiveAll(first));
            }
        } catch (PbxException e) {
            PbxException reason = closed ? closedHere(e) : e;
            answers.end(reason);
            throw reason;
        } finally {
            keepAlive.end();
            answers.end(new PbxConnectionException("the connection failed", null, true));
        }
    }

    private static PbxException closedHere(PbxException cause) {
        return new PbxConnectionException("the connection was closed here", cause, true);
    }

    /** Takes all that was read with a message. */
    private void receiveAll(AmiFields first) {
        for (AmiFields message = first; message != null; message = channel.poll()) {
            receive(message);
        }
    }

    /** An event may have a {@code Response} line, as that of an originate: events come first. */
    private void receive(AmiFields message) {
        if (message.has("Event")) {
            if (!answers.item(message) && !isItemForOthers(message)) {
                events.accept(message);
            }
        } else if (!answers.answer(message)) {
            log.debug("{}: nobody waits for {}", server, message);
        }
    }

    /**
     * Tells the items of lists that others have asked for, which a proxy sends to all of its
     * clients: unlike events, they have no {@code Privilege}.
     */
    private boolean isItemForOthers(AmiFields message) {
        return isShared
                && message.has("ActionID")
                && !message.has("Privilege")
                && !ids.isOneOf(message.text("ActionID"));
    }

    @Override
    public Instant lastSignOfLife() {
        return channel.lastReceived();
    }

    @Override
    public @Nullable ServerIdentity identity() {
        return server == null ? null : server.identity();
    }

    @Override
    public void close() {
        closed = true;
        channel.close();
    }
}
