package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.ServerIdentity;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.ServerChangedEvent;
import io.github.pbxsdk.core.observe.PbxMetrics;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the one connection of a client alive: connects, notices the end, backs off, connects again.
 *
 * <p>It has a thread of its own, which a {@link Link} may use for reading. The protocol lies in the
 * {@link Connector}; states, events, hosts, credentials and pauses are here, once for all modules.
 */
public final class ConnectionKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConnectionKeeper.class);

    private final String source;
    private final Settings settings;
    private final Connector connector;
    private final Consumer<PbxEvent> announce;
    private final PbxResources resources;
    private final Time time;
    private final ClientFigures figures;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wakeUp = lock.newCondition();
    private final List<RootFuture<@Nullable Void>> waiting = new ArrayList<>();
    private ConnectionStatus status;
    private @Nullable AutoCloseable current;
    private boolean running;
    private boolean closed;

    private @Nullable PbxException dropReason;
    private @Nullable PbxException stopReason;
    private volatile @Nullable Thread thread;

    // Used by the keeper's thread alone.
    private final Backoff backoff;
    private @Nullable Credentials refused;
    private @Nullable ServerIdentity server;
    private @Nullable Instant lastSignOfLife;

    /**
     * Creates a keeper that does nothing until {@link #connect()}.
     *
     * @param source the name of the client in events, such as {@code ami pbx.example.com:5038}
     * @param announce takes connection and gap events; must not block
     */
    public ConnectionKeeper(
            String source,
            PbxResources resources,
            Settings settings,
            Connector connector,
            Consumer<PbxEvent> announce) {
        this.source = source;
        this.resources = resources;
        this.time = resources.time();
        this.figures = new ClientFigures(source, resources);
        this.settings = settings;
        this.connector = connector;
        this.announce = announce;
        this.backoff = new Backoff(settings.reconnect());
        this.status =
                ConnectionStatus.of(
                        ConnectionState.DISCONNECTED, time.now(), "connect() was not called");
    }

    /** What a keeper needs to know; {@code hosts} are tried in order. */
    public record Settings(
            List<HostAndPort> hosts, CredentialsProvider credentials, ReconnectOptions reconnect) {

        /** Checks that there is a host. */
        public Settings {
            hosts = List.copyOf(hosts);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("at least one host is needed");
            }
        }
    }

    /**
     * Makes one connection, ready for use: transport, greeting, log-in, everything set up again.
     */
    @FunctionalInterface
    public interface Connector {

        /**
         * Connects; blocks.
         *
         * @throws PbxAuthenticationException if the peer refused the credentials
         * @throws PbxException if the connection could not be made
         */
        Link connect(Attempt attempt);
    }

    /** One try to connect to one host. */
    public interface Attempt {

        /** Returns where to connect to. */
        HostAndPort host();

        /** Returns who to log in as. */
        Credentials credentials();

        /**
         * Has the socket closed when the client is closed meanwhile; call it as soon as there is
         * one.
         *
         * @throws PbxConnectionException if the client is closed already
         */
        void onAbort(AutoCloseable socket);
    }

    /** A connection that stands. */
    public interface Link extends AutoCloseable {

        /**
         * Stays in here as long as the connection lasts.
         *
         * @throws PbxException with the reason why the connection ended
         */
        void run();

        /** Returns when something was last heard from the peer. */
        Instant lastSignOfLife();

        /** Returns who answered, where the protocol tells. */
        @Nullable ServerIdentity identity();

        /** Makes {@link #run()} return; repeatable, from any thread. */
        @Override
        void close();
    }

    /** Returns the state, since when, and why. */
    public ConnectionStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Connects, or joins the attempt under way; done at once when connected.
     *
     * <p>Cancelling the future gives up waiting; the attempt itself goes on.
     */
    public CompletableFuture<@Nullable Void> connect() {
        RootFuture<@Nullable Void> future = new RootFuture<>(resources.executor());
        boolean start;
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(source + " is closed");
            }
            if (status.state() == ConnectionState.CONNECTED) {
                future.succeed(null);
                return future;
            }
            waiting.add(future);
            wakeUp.signalAll();
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
        return future;
    }

    private void start() {
        try {
            thread = ResourcesAccess.get().startReader(resources, source, this::run);
        } catch (RuntimeException | Error e) {
            giveUp(
                    ConnectionState.DISCONNECTED,
                    new PbxConnectionException(source + ": there is no thread for it: " + e, e));
        }
    }

    /** Tells whether there is a connection, or one is to come without another {@code connect()}. */
    public boolean isKept() {
        lock.lock();
        try {
            return running && !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection with an error, as if the network had; a new one is made. */
    public void drop(PbxException reason) {
        end(reason, false);
    }

    /** Ends the connection with an error; no new one is made until {@link #connect()}. */
    public void stop(PbxException reason) {
        end(reason, true);
    }

    private void end(PbxException reason, boolean forGood) {
        AutoCloseable link;
        lock.lock();
        try {
            if (status.state() != ConnectionState.CONNECTED) {
                return;
            }
            dropReason = reason;
            stopReason = forGood ? reason : stopReason;
            link = current;
        } finally {
            lock.unlock();
        }
        if (link != null) {
            closeQuietly(link);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            wakeUp.signalAll();
        } finally {
            lock.unlock();
        }
        closeCurrent();
        become(ConnectionState.CLOSED, "closed by the application");
        failWaiting(new PbxConnectionException(source + " was closed", null));
        if (thread != null) {
            Threads.awaitEnd(thread);
        }
    }

    /** Without this thread there is no connection any more, so not even an error ends it unsaid. */
    private void run() {
        try {
            keepConnected();
        } catch (RuntimeException | Error e) {
            log.warn("{}: keeping the connection failed in an unexpected way", source, e);
            closeCurrent();
            giveUp(
                    ConnectionState.DISCONNECTED,
                    new PbxConnectionException(source + ": the connection failed: " + e, e, true));
        }
    }

    private void keepConnected() {
        Link link = firstLink();
        while (link != null) {
            PbxException reason = liveWith(link);
            if (isStopped()) {
                giveUp(ConnectionState.DISCONNECTED, reason);
                return;
            }
            become(ConnectionState.RECONNECTING, reason);
            pause(backoff.next());
            link = nextLink(ConnectionState.RECONNECTING);
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopReason != null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Link firstLink() {
        become(ConnectionState.CONNECTING, "connecting");
        if (settings.reconnect().fromTheStart()) {
            return nextLink(ConnectionState.CONNECTING);
        }
        try {
            return connectToAnyHost();
        } catch (PbxAuthenticationException e) {
            giveUp(ConnectionState.REFUSED, e);
        } catch (PbxException e) {
            giveUp(ConnectionState.DISCONNECTED, e);
        }
        return null;
    }

    /** Tries until there is a connection; returns null when the client was closed. */
    private @Nullable Link nextLink(ConnectionState whileTrying) {
        while (!isClosed()) {
            try {
                return connectToAnyHost();
            } catch (PbxAuthenticationException e) {
                become(ConnectionState.REFUSED, e);
                failWaiting(e);
                awaitOtherCredentials();
                become(whileTrying, "trying other credentials");
            } catch (PbxException e) {
                become(whileTrying, e);
                pause(backoff.next());
            }
        }
        return null;
    }

    private Link connectToAnyHost() {
        Credentials credentials = unrefusedCredentials();
        PbxException failure = null;
        for (HostAndPort host : settings.hosts()) {
            try {
                return connectTo(host, credentials);
            } catch (PbxAuthenticationException e) {
                refused = credentials;
                throw e;
            } catch (PbxException e) {
                log.debug("{}: {}", source, e.getMessage());
                failure = e;
            }
        }
        throw Objects.requireNonNull(failure, "there is at least one host");
    }

    private Credentials unrefusedCredentials() {
        Credentials credentials = askForCredentials();
        if (credentials.equals(refused)) {
            throw new PbxAuthenticationException(
                    source
                            + " refused the credentials of "
                            + credentials.user()
                            + "; nothing is sent until there are others");
        }
        return credentials;
    }

    private Credentials askForCredentials() {
        try {
            return settings.credentials().credentials();
        } catch (PbxException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new PbxException(source + ": the CredentialsProvider failed: " + e, e, false);
        }
    }

    private Link connectTo(HostAndPort host, Credentials credentials) {
        try {
            return connector.connect(new KeeperAttempt(host, credentials));
        } catch (PbxException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new PbxConnectionException(
                    source + ": connecting to " + host + " failed: " + e, e);
        }
    }

    /** Whoever wants a connection meanwhile has other credentials looked for at once. */
    private void awaitOtherCredentials() {
        while (!isClosed() && !areThereOtherCredentials()) {
            pauseUntilAsked(settings.reconnect().longestDelay());
        }
    }

    /** Tells those who asked before the look that there are none; who came later has another. */
    private boolean areThereOtherCredentials() {
        List<RootFuture<@Nullable Void>> asking = waitingNow();
        try {
            unrefusedCredentials();
            return true;
        } catch (PbxAuthenticationException e) {
            fail(asking, e);
        } catch (PbxException e) {
            log.warn("{}: {}", source, e.getMessage());
            fail(asking, e);
        }
        return false;
    }

    /** Returns why the connection ended. */
    private PbxException liveWith(Link link) {
        long since = time.nanos();
        connected(link);
        PbxException reason = runUntilItEnds(link);
        lastSignOfLife = link.lastSignOfLife();
        backoff.noteConnection(Duration.ofNanos(time.nanos() - since));
        return reason;
    }

    private void connected(Link link) {
        List<RootFuture<@Nullable Void>> done;
        lock.lock();
        try {
            if (closed) {
                closeQuietly(link);
                return;
            }
            current = link;
            dropReason = null;
            stopReason = null;
            become(ConnectionState.CONNECTED, "connected");
            tellWhatChanged(link);
            done = takeWaiting();
        } finally {
            lock.unlock();
        }
        done.forEach(future -> future.succeed(null));
    }

    private void tellWhatChanged(Link link) {
        ServerIdentity now = link.identity();
        if (server != null && now != null && !server.equals(now)) {
            announce(new ServerChangedEvent(source, server, now));
        }
        server = now != null ? now : server;
        if (lastSignOfLife != null) {
            figures.count(PbxMetrics.RECONNECTS);
            announce(GapEvent.ofConnection(source, lastSignOfLife, time.now()));
        }
    }

    private PbxException runUntilItEnds(Link link) {
        try {
            link.run();
            return new PbxConnectionException(source + " closed the connection", null, true);
        } catch (PbxException e) {
            return dropReason != null ? dropReason : e;
        } catch (RuntimeException | Error e) {
            log.warn("{}: the connection failed in an unexpected way", source, e);
            return new PbxConnectionException(source + ": the connection failed: " + e, e, true);
        } finally {
            closeQuietly(link);
        }
    }

    /** Waits; wakes up when the client is closed. */
    private void pause(Duration delay) {
        pause(delay, () -> false);
    }

    /** Waits; wakes up when somebody wants a connection, too. */
    private void pauseUntilAsked(Duration delay) {
        pause(delay, () -> !waiting.isEmpty());
    }

    private void pause(Duration delay, BooleanSupplier isEnough) {
        lock.lock();
        try {
            boolean[] over = new boolean[1];
            Time.Alarm alarm = time.schedule(delay, () -> wake(over));
            while (!over[0] && !closed && !isEnough.getAsBoolean()) {
                wakeUp.awaitUninterruptibly();
            }
            alarm.cancel();
        } finally {
            lock.unlock();
        }
    }

    private void wake(boolean[] over) {
        lock.lock();
        try {
            over[0] = true;
            wakeUp.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(ConnectionState state, PbxException failure) {
        List<RootFuture<@Nullable Void>> failed;
        lock.lock();
        try {
            become(state, failure);
            running = false;
            failed = takeWaiting();
        } finally {
            lock.unlock();
        }
        failed.forEach(future -> future.fail(failure));
    }

    private void failWaiting(PbxException failure) {
        List<RootFuture<@Nullable Void>> failed;
        lock.lock();
        try {
            failed = takeWaiting();
        } finally {
            lock.unlock();
        }
        failed.forEach(future -> future.fail(failure));
    }

    private void fail(List<RootFuture<@Nullable Void>> some, PbxException failure) {
        lock.lock();
        try {
            waiting.removeAll(some);
        } finally {
            lock.unlock();
        }
        some.forEach(future -> future.fail(failure));
    }

    private List<RootFuture<@Nullable Void>> waitingNow() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    private List<RootFuture<@Nullable Void>> takeWaiting() {
        List<RootFuture<@Nullable Void>> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private void become(ConnectionState state, String reason) {
        become(ConnectionStatus.of(state, time.now(), reason));
    }

    private void become(ConnectionState state, PbxException failure) {
        become(ConnectionStatus.of(state, time.now(), failure));
    }

    /** Announces under the lock, so that events come in the order of the states. */
    private void become(ConnectionStatus next) {
        lock.lock();
        try {
            if (closed && next.state() != ConnectionState.CLOSED) {
                return;
            }
            ConnectionStatus before = status;
            status = next;
            log.debug("{}: {}", source, next);
            announce(new ConnectionEvent(source, before, next));
        } finally {
            lock.unlock();
        }
    }

    /** Whoever is told must not end the thread that keeps the connection. */
    private void announce(PbxEvent event) {
        try {
            announce.accept(event);
        } catch (RuntimeException | Error e) {
            log.warn("{}: telling of {} failed", source, event, e);
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void closeCurrent() {
        AutoCloseable toClose;
        lock.lock();
        try {
            toClose = current;
        } finally {
            lock.unlock();
        }
        if (toClose != null) {
            closeQuietly(toClose);
        }
    }

    private void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Throwable e) {
            log.debug("{}: closing the connection failed", source, e);
        }
    }

    private final class KeeperAttempt implements Attempt {

        private final HostAndPort host;
        private final Credentials credentials;

        KeeperAttempt(HostAndPort host, Credentials credentials) {
            this.host = host;
            this.credentials = credentials;
        }

        @Override
        public HostAndPort host() {
            return host;
        }

        @Override
        public Credentials credentials() {
            return credentials;
        }

        @Override
        public void onAbort(AutoCloseable socket) {
            lock.lock();
            try {
                current = socket;
            } finally {
                lock.unlock();
            }
            if (isClosed()) {
                closeQuietly(socket);
                throw new PbxConnectionException(source + " was closed", null);
            }
        }
    }
}
