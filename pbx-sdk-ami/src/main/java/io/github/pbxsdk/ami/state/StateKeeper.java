package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiEventClass;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.FullyBootedEvent;
import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.Events;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.ServerChangedEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.EventDispatcher;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the picture true: asks the server, goes on with its events, asks again when it must.
 *
 * <p>It sees the events on the thread that reads them, so that it misses none when listeners are
 * slow. While the server is asked, what happens is kept and applied to the answer. It asks again
 * after a gap, when an event does not fit to the picture, and every few minutes, so that neither a
 * lost nor a forged event stays in it.
 */
final class StateKeeper implements Watch, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StateKeeper.class);

    /** How long a call stays after its last channel: events of one call come in any order. */
    static final Duration LINGER = Duration.ofSeconds(5);

    /** How often the server is asked although nothing seems to be missing. */
    static final Duration VERIFY = Duration.ofMinutes(5);

    /** How much lies between two times that the server is asked because of doubt. */
    static final Duration DOUBT = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** What an event costs in the queue, roughly: a call with a few channels. */
    private static final int EVENT_BYTES = 1024;

    private final AmiClient client;
    private final ClientAccess access = ClientAccess.get();
    private final String source;
    private final Time time;
    private final PbxResources resources;
    private final EventDispatcher dispatcher;
    private final @Nullable ZoneId chosenZone;

    private final ReentrantLock lock = new ReentrantLock();
    private final Picture picture;
    private final Midnight midnight;
    private final List<Waiter> waiting = new ArrayList<>();
    private Set<StatePart> unavailable = EnumSet.noneOf(StatePart.class);
    private Subscription tap = () -> {};
    private Time.Alarm nextRound = () -> {};
    private @Nullable Round round;

    /**
     * What the client last told. It is not asked: it tells while it holds a lock of its own, so
     * asking under ours could wait for ever.
     */
    private ConnectionStatus connection;

    private boolean complete;
    private boolean current;
    private boolean replaying;
    private boolean doubted;
    private boolean closed;
    private long position;
    private long lastRound;

    StateKeeper(AmiClient client, @Nullable ZoneId zone) {
        this.client = client;
        this.chosenZone = zone;
        this.resources = access.resources(client);
        this.time = resources.time();
        this.source = access.source(client).replaceFirst("^ami ", "ami-state ");
        this.dispatcher =
                new EventDispatcher(source, resources, EventQueueOptions.defaults(), () -> {});
        this.connection = client.status();
        this.picture = new Picture(this);
        this.midnight = new Midnight(time, this::newDay);
    }

    /**
     * Begins; the future is done when the picture is complete for the first time. If that fails, or
     * nobody waits for it any more, it ends.
     *
     * @throws IllegalStateException if the client does not get the events that are needed
     */
    <T> RootFuture<T> start(T value) {
        if (!access.eventMask(client).contains(AmiEventClass.CALL)) {
            throw new IllegalStateException(
                    "live state is made from events: add AmiEventClass.CALL to eventMask(...)");
        }
        tap = access.tap(client, this::accept);
        ConnectionStatus now = client.status();
        guarded(() -> connection = now.since().isBefore(connection.since()) ? connection : now);
        RootFuture<T> future = new RootFuture<>(resources.executor());
        awaitRound(future, () -> future.succeed(value));
        return future;
    }

    /** Asks the server again; the future is done when the picture is complete. */
    RootFuture<@Nullable Void> resynchronise() {
        RootFuture<@Nullable Void> future = new RootFuture<>(resources.executor());
        awaitRound(future, () -> future.succeed(null));
        return future;
    }

    private void awaitRound(RootFuture<?> future, Runnable succeed) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(source + " is closed");
            }
            Waiter waiter = new Waiter(future, succeed);
            waiting.add(waiter);
            future.onCancel(() -> forget(waiter));
            giveUpRound();
            begin();
        } finally {
            lock.unlock();
        }
    }

    private void forget(Waiter waiter) {
        guarded(
                () -> {
                    waiting.remove(waiter);
                    if (!complete) {
                        end(new PbxConnectionException(source + " was given up", null));
                    }
                });
    }

    /** Somebody who waits for a complete picture. */
    private record Waiter(RootFuture<?> future, Runnable succeed) {}

    /** Called by the reader of the client, which nothing here may end. */
    private void accept(PbxEvent event) {
        lock.lock();
        try {
            if (!closed) {
                take(event);
            }
        } catch (RuntimeException e) {
            log.warn("{}: {} could not be taken over", source, event.getClass().getName(), e);
            doubt(StatePart.CALLS, "an event could not be taken over");
        } finally {
            lock.unlock();
        }
    }

    private void take(PbxEvent event) {
        if (event instanceof AmiEvent report) {
            take(report);
        } else if (event instanceof ConnectionEvent change) {
            dispatcher.announce(event);
            take(change);
        } else if (event instanceof ServerChangedEvent) {
            dispatcher.announce(event);
            picture.clearCalls();
            tell();
        } else if (event instanceof GapEvent) {
            dispatcher.announce(event);
            picture.queues.incomplete();
            tell();
        }
    }

    private void take(AmiEvent report) {
        position++;
        if (round != null && !round.keep(report, current)) {
            round.cancel();
            failed(round, new PbxException(source + ": too many events meanwhile", null, false));
        }
        if (current) {
            picture.apply(report, true);
            tell();
        }
        if (report instanceof FullyBootedEvent && (round != null || !unavailable.isEmpty())) {
            // A server that still loads its modules takes log-ins, and has only some of its lists.
            giveUpRound();
            begin();
        }
    }

    private void take(ConnectionEvent change) {
        connection = change.now();
        giveUpRound();
        boolean connected = change.state() == ConnectionState.CONNECTED;
        if (current || !connected) {
            current = false;
            tellLights();
        }
        if (connected) {
            begin();
        } else if (change.state() == ConnectionState.CLOSED) {
            end(new PbxConnectionException(source + ": the client was closed", null));
        }
    }

    /** What has been asked before is too old, or will not be answered. */
    private void giveUpRound() {
        if (round != null) {
            round.cancel();
            round = null;
        }
    }

    private void begin() {
        if (round == null && !closed) {
            nextRound.cancel();
            doubted = false;
            Round next = new Round(position);
            round = next;
            access.start(client, () -> run(next));
        }
    }

    private void run(Round one) {
        try {
            ServerLists lists = ServerLists.ask(client);
            guarded(() -> one.asked(lists));
            try {
                lists.await();
            } finally {
                lists.cancel();
            }
            guarded(() -> finished(one, lists));
        } catch (RuntimeException e) {
            // Whatever it is, the round is over, and whoever waits for it has to know.
            guarded(() -> failed(one, e));
        }
    }

    private void guarded(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    private void finished(Round one, ServerLists lists) {
        if (round != one) {
            return;
        }
        replaying = true;
        try {
            picture.replace(lists, one);
            one.events().forEach(entry -> picture.apply(entry.event(), !entry.applied()));
        } finally {
            replaying = false;
        }
        midnight.follow(zone(lists));
        boolean fewer = complete && !unavailable.containsAll(lists.unavailable());
        unavailable = lists.unavailable();
        round = null;
        complete = true;
        current = true;
        lastRound = time.nanos();
        tell();
        tellLights();
        publish(new StateSyncedEvent(time.now(), unavailable));
        roundIn(fewer ? RETRY : VERIFY);
        settle(waiter -> waiter.succeed().run());
    }

    private ZoneId zone(ServerLists lists) {
        Optional<ZoneId> told = lists.zone();
        if (chosenZone != null) {
            lists.unavailable().remove(StatePart.TIME_ZONE);
            return chosenZone;
        }
        return told.orElseGet(ZoneId::systemDefault);
    }

    private void failed(Round one, RuntimeException failure) {
        if (round != one) {
            return;
        }
        round = null;
        log.debug("{}: the server could not be read: {}", source, failure.toString());
        settle(waiter -> waiter.future().fail(failure));
        if (complete) {
            roundIn(RETRY);
        } else {
            end(new PbxConnectionException(source + " could not begin", failure));
        }
    }

    /** Plans the next round; a try without a connection waits for one by itself. */
    private void roundIn(Duration delay) {
        nextRound.cancel();
        nextRound =
                time.schedule(
                        delay,
                        () ->
                                guarded(
                                        () -> {
                                            if (isConnected()) {
                                                begin();
                                            }
                                        }));
    }

    private boolean isConnected() {
        return connection.state() == ConnectionState.CONNECTED;
    }

    private void settle(Consumer<Waiter> outcome) {
        List<Waiter> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(outcome);
    }

    private void newDay(Instant start) {
        guarded(
                () -> {
                    picture.startDay(start, current);
                    tell();
                });
    }

    private void tell() {
        picture.tell(sight(), this::publish);
    }

    private void tellLights() {
        picture.lights.tellAll(sight(), this::publish);
    }

    private Sight sight() {
        return new Sight(current, connection, unavailable);
    }

    private void publish(StateEvent event) {
        dispatcher.publish(event, EVENT_BYTES);
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void doubt(StatePart part, String why) {
        if (replaying || doubted || !current || closed || unavailable.contains(part)) {
            return;
        }
        log.debug("{}: asks the server because of {}", source, why);
        doubted = true;
        Duration since = Duration.ofNanos(time.nanos() - lastRound);
        Duration left = DOUBT.minus(since);
        roundIn(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
    }

    @Override
    public void closeLater(CallModel call) {
        Instant ended = call.endedAt();
        time.schedule(LINGER, () -> guarded(() -> close(call, ended)));
    }

    /** While the server is asked no call is forgotten: its answer may be older than the end. */
    private void close(CallModel call, @Nullable Instant ended) {
        if (closed || !Objects.equals(call.endedAt(), ended)) {
            return;
        }
        if (round != null) {
            closeLater(call);
        } else {
            picture.calls.close(call);
            tell();
        }
    }

    Events events() {
        return dispatcher;
    }

    boolean isCurrent() {
        return read(all -> current);
    }

    Set<StatePart> unavailable() {
        return read(all -> Set.copyOf(unavailable));
    }

    /** Reads a moment of the picture. */
    <R> R read(Function<Picture, R> question) {
        lock.lock();
        try {
            return question.apply(picture);
        } finally {
            lock.unlock();
        }
    }

    ExtensionLight light(String extension) {
        return read(all -> all.lights.of(extension, sight()));
    }

    @Override
    public void close() {
        guarded(() -> end(new PbxConnectionException(source + " was closed", null)));
    }

    private void end(PbxException reason) {
        if (closed) {
            return;
        }
        closed = true;
        current = false;
        tap.close();
        nextRound.cancel();
        midnight.stop();
        giveUpRound();
        dispatcher.close();
        settle(waiter -> waiter.future().fail(reason));
    }
}
