package io.github.pbxsdk.testing.ami;

import io.github.pbxsdk.core.observe.FlightRecording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A manager interface on loopback that answers as Asterisk 16 or 22 does.
 *
 * <pre>{@code
 * try (FakeAmi server = FakeAmi.asterisk22()) {
 *     server.answer("QueueSummary", action -> List.of(…));
 *     // … connect a client to server.address() as lab, lab-secret
 *     server.emit("Event", "Hangup", "Privilege", "call,all", "Channel", "PJSIP/100-0001");
 *     server.cut();
 * }
 * }</pre>
 *
 * <p>It knows login both ways, {@code Events}, {@code Filter}, {@code Ping}, {@code CoreSettings},
 * {@code CoreStatus} and {@code Logoff} by itself; all other actions are answered as a server
 * answers what it doesn't have, until {@link #answer} says otherwise. Thread-safe.
 */
public final class FakeAmi implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FakeAmi.class);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Release release;
    private final Map<String, FakeUser> users = new ConcurrentHashMap<>();
    private final Map<String, Function<AmiMessage, List<AmiMessage>>> scripts =
            new ConcurrentHashMap<>();
    private final Map<String, Consumer<AmiMessage>> sequels = new ConcurrentHashMap<>();
    private final List<FakeSession> sessions = new CopyOnWriteArrayList<>();
    private final List<AmiMessage> actions = new ArrayList<>();
    private final List<Consumer<AmiMessage>> readers = new CopyOnWriteArrayList<>();
    private volatile @Nullable FakeAmiHttp http;
    private volatile @Nullable Replay replay;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ServerSocket listener;
    private volatile Thread acceptor;
    private int logins;
    private boolean stalled;
    private boolean shuttingDown;
    private boolean loginInUse;
    private boolean closed;
    private String lineEnd = "\r\n";
    private Duration delay = Duration.ZERO;

    private FakeAmi(Release release) {
        this.release = release;
        addUser("lab", "lab-secret", Set.of("all"), Set.of("all"));
        ServerSocket first = listen(0);
        this.listener = first;
        this.acceptor = thread("fake-ami", () -> accept(first));
    }

    /** Starts one that answers as Asterisk 16.25.0. */
    public static FakeAmi asterisk16() {
        return new FakeAmi(Release.ASTERISK_16);
    }

    /** Starts one that answers as Asterisk 22.10.1. */
    public static FakeAmi asterisk22() {
        return new FakeAmi(Release.ASTERISK_22);
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("no port on loopback is free", e);
        }
    }

    private void startAccepting() {
        ServerSocket accepting = listener;
        acceptor = thread("fake-ami", () -> accept(accepting));
    }

    private void accept(ServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                Socket socket = accepting.accept();
                FakeConnection connection = new FakeConnection(this, socket);
                FakeSession session = new FakeSession(this, connection);
                sessions.add(session);
                thread("fake-ami-session", () -> connection.serve(session));
            } catch (IOException e) {
                log.debug("the fake takes no more connections: {}", e.getMessage());
                return;
            }
        }
    }

    static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Returns the host to connect to. */
    public String host() {
        return address().getAddress().getHostAddress();
    }

    /** Returns the port to connect to. */
    public int port() {
        return address().getPort();
    }

    /**
     * Returns the address of its web server, for {@code /arawman} with a digest; starts it when
     * first asked for.
     */
    public URI http() {
        lock.lock();
        try {
            FakeAmiHttp known = http;
            if (known == null) {
                known = new FakeAmiHttp(this);
                http = known;
            }
            return known.uri();
        } finally {
            lock.unlock();
        }
    }

    /** Has the web server forget its nonces, as one does that was started anew. */
    public void forgetNonces() {
        FakeAmiHttp known = http;
        if (known != null) {
            known.forgetNonces();
        }
    }

    /**
     * Adds a user beside {@code lab}, {@code lab-secret}, who may do everything.
     *
     * @param read the classes of events to get, as in manager.conf
     * @param write the classes of actions allowed, as in manager.conf
     */
    public void addUser(String name, String secret, Set<String> read, Set<String> write) {
        users.put(name, new FakeUser(name, secret, read, write));
    }

    /**
     * Answers an action from now on: the answer first, then the items of its list. The id of the
     * action is added to each message.
     */
    public void answer(String action, Function<AmiMessage, List<AmiMessage>> script) {
        answer(action, script, request -> {});
    }

    /**
     * Answers an action from now on, and does something each time when the answer has been sent.
     */
    public void answer(
            String action,
            Function<AmiMessage, List<AmiMessage>> script,
            Consumer<AmiMessage> afterwards) {
        sequels.put(action.toLowerCase(Locale.ROOT), afterwards);
        scripts.put(action.toLowerCase(Locale.ROOT), script);
    }

    /** Answers an action with the same messages each time; see {@link #answer}. */
    public void answer(String action, AmiMessage... messages) {
        List<AmiMessage> all = List.of(messages);
        answer(action, request -> all);
    }

    /**
     * Answers as the server did that a client's recorder listened to, and sends the events that
     * came then, each after the action that it followed.
     *
     * <p>The n-th action with the same lines gets the n-th answer, and the last one again from then
     * on, but each event comes once; ids stand for those of today. Log-in, mask, filters and ping
     * are answered as ever, so that {@code lab} can log in whoever was recorded.
     */
    public void replay(FlightRecording recording) {
        replay = Replay.of(recording);
    }

    /** Answers as in a recorded session, client lines marked with {@code >}; as above. */
    public void replay(Path session) {
        replay = Replay.of(session);
    }

    /** Returns what a recording has for an action, if one is replayed. */
    Optional<List<AmiMessage>> replayed(AmiMessage action, boolean events) {
        Replay recorded = replay;
        return recorded == null ? Optional.empty() : recorded.messages(action, events);
    }

    /** Answers each {@code Originate} as in a recorded session with one. */
    public void originateAs(Path recorded) {
        RecordedOriginate call = RecordedOriginate.read(recorded);
        answer(
                "Originate",
                action -> List.of(call.answer()),
                action -> thread("fake-ami-call", () -> tell(call, action)));
    }

    private void tell(RecordedOriginate call, AmiMessage action) {
        call.eventsFor(action).forEach(this::emit);
    }

    /** Sends an event to all who may and want to see it. */
    public void emit(String... namesAndValues) {
        emit(AmiMessage.of(namesAndValues));
    }

    /**
     * Tells somebody of each event from now on, on the thread of who sends it and before it is
     * sent: what a server lists is never behind what it tells.
     */
    public void onEvent(Consumer<AmiMessage> reader) {
        readers.add(reader);
    }

    /** Sends an event to all who may and want to see it. */
    public void emit(AmiMessage event) {
        readers.forEach(reader -> reader.accept(event));
        sessions.forEach(session -> session.event(event));
    }

    /** Sends all events of a recorded session, in their order. */
    public void emitRecorded(Path recorded) {
        RecordedOriginate.events(recorded).forEach(this::emit);
    }

    /** Closes all connections, as a network does. */
    public void cut() {
        sessions.forEach(FakeSession::close);
    }

    /** Takes connections and data, and answers nothing until {@link #resume()}. */
    public void stall() {
        change(() -> stalled = true);
    }

    /** Goes on after {@link #stall()}. */
    public void resume() {
        change(() -> stalled = false);
    }

    /** Sends the first half of a message to all, and closes their connections. */
    public void sendHalf(AmiMessage message) {
        sessions.forEach(session -> session.half(message));
    }

    /** Ends lines with a line feed only from now on, as some releases do. */
    public void endLinesWithLineFeed() {
        change(() -> lineEnd = "\n");
    }

    /** Goes down as a server does: says so, closes the connections, refuses new log-ins. */
    public void shutDown() {
        change(() -> shuttingDown = true);
        emit(
                "Event",
                "Shutdown",
                "Privilege",
                "system,all",
                "Shutdown",
                "Cleanly",
                "Restart",
                "False");
        cut();
    }

    /** Is up again after {@link #shutDown()}. */
    public void startUp() {
        change(() -> shuttingDown = false);
    }

    /** Refuses log-ins because the user is logged in already, or lets them in again. */
    public void loginInUse(boolean value) {
        change(() -> loginInUse = value);
    }

    /** Takes its time before each answer. */
    public void slow(Duration value) {
        change(() -> delay = value);
    }

    /** Takes no connections until {@link #listenAgain()}; those that stand are closed. */
    public void stopListening() {
        closeListener();
        awaitAcceptor();
        cut();
    }

    /** The port is free again only when nobody waits in {@code accept} any more. */
    private void awaitAcceptor() {
        try {
            acceptor.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes connections on the same port again. */
    public void listenAgain() {
        listener = listen(port());
        startAccepting();
    }

    /** Returns the actions that came, in their order, log-ins included. */
    public List<AmiMessage> actions() {
        lock.lock();
        try {
            return List.copyOf(actions);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many log-ins have been accepted. */
    public int logins() {
        lock.lock();
        try {
            return logins;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many log-ins have been accepted.
     *
     * @throws AssertionError if that takes longer than ten seconds
     */
    public void awaitLogins(int count) {
        await(count + " log-ins", () -> logins >= count);
    }

    /**
     * Waits for an action.
     *
     * @throws AssertionError if it doesn't come within ten seconds
     */
    public AmiMessage awaitAction(Predicate<AmiMessage> wanted) {
        await("an action that was asked for", () -> actions.stream().anyMatch(wanted));
        return actions().stream().filter(wanted).findFirst().orElseThrow();
    }

    private void await(String what, BooleanSupplier condition) {
        lock.lock();
        try {
            long left = LIMIT.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(what + " did not come; there came " + names());
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }

    private List<String> names() {
        return actions.stream().map(action -> action.get("Action")).toList();
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Notes an action, and holds it up as long as the fake is stalled or slow. */
    boolean take(AmiMessage action) {
        lock.lock();
        try {
            actions.add(action);
            changed.signalAll();
            long left = delay.toNanos();
            while (!closed && (stalled || left > 0)) {
                if (stalled) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Holds up a new connection as long as the fake is stalled. */
    void awaitNotStalled() {
        lock.lock();
        try {
            while (stalled && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    void loggedIn() {
        change(() -> logins++);
    }

    void gone(FakeSession session) {
        sessions.remove(session);
    }

    Release release() {
        return release;
    }

    @Nullable FakeUser user(String name) {
        return users.get(name);
    }

    @Nullable Function<AmiMessage, List<AmiMessage>> script(String action) {
        return scripts.get(action.toLowerCase(Locale.ROOT));
    }

    /** Does what is to be done when an action has been answered by its script. */
    void answered(AmiMessage action) {
        String name = action.get("Action").toLowerCase(Locale.ROOT);
        sequels.getOrDefault(name, request -> {}).accept(action);
    }

    String lineEnd() {
        lock.lock();
        try {
            return lineEnd;
        } finally {
            lock.unlock();
        }
    }

    boolean isShuttingDown() {
        lock.lock();
        try {
            return shuttingDown;
        } finally {
            lock.unlock();
        }
    }

    boolean isLoginInUse() {
        lock.lock();
        try {
            return loginInUse;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the port and all connections; repeatable. */
    @Override
    public void close() {
        change(() -> closed = true);
        closeListener();
        cut();
        FakeAmiHttp web = http;
        if (web != null) {
            web.close();
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            log.debug("closing the fake's port failed", e);
        }
    }
}
