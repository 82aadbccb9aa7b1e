package io.github.pbxsdk.testing.ari;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A REST interface on loopback that answers as Asterisk 16 or 22 does.
 *
 * <pre>{@code
 * try (FakeAri server = FakeAri.asterisk22()) {
 *     // … connect a client to server.uri() as lab, lab-secret
 *     server.emit("{\"type\":\"ChannelDtmfReceived\",…}");
 *     server.cut();
 * }
 * }</pre>
 *
 * <p>It knows log-in, requests over HTTP and, as 22, on the event socket, read-only users,
 * applications with their take-over, subscriptions, channels with playbacks and recordings, and
 * recordings on disk, with the defect of the older release; all else is answered as the server
 * answers what it doesn't have, until {@link #answer} or {@link #answerRecorded} say otherwise.
 * Thread-safe.
 */
public final class FakeAri implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FakeAri.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BODY_LIMIT = 40_960;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "OPTIONS");

    private final String version;
    private final FakeAriState pbx;
    private final Map<String, User> users = new ConcurrentHashMap<>();
    private final Map<String, Function<AriRequest, AriReply>> scripts = new ConcurrentHashMap<>();
    private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
    private final Map<String, FakeConnection> applications = new ConcurrentHashMap<>();
    private final List<AriRequest> requests = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ServerSocket listener;
    private volatile Thread acceptor;
    private volatile @Nullable RecordedReplies recorded;
    private volatile String prefix = "";
    private volatile boolean booted = true;
    private volatile boolean silent;
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable Integer cutAfter;
    private volatile long lengthLie;
    private int sockets;

    /** A user of ari.conf. */
    private record User(String password, boolean readOnly) {}

    private FakeAri(String version, boolean confusesRecordings) {
        this.version = version;
        this.pbx = new FakeAriState(this, version, confusesRecordings);
        addUser("lab", "lab-secret", false);
        ServerSocket first = listen(0);
        this.listener = first;
        this.acceptor = thread("fake-ari", () -> accept(first));
    }

    /** Starts one that answers as Asterisk 16.25.0, which confuses recordings. */
    public static FakeAri asterisk16() {
        return new FakeAri("16.25.0", true);
    }

    /** Starts one that answers as Asterisk 22.10.1. */
    public static FakeAri asterisk22() {
        return new FakeAri("22.10.1", false);
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

    private void accept(ServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                Socket socket = accepting.accept();
                FakeConnection connection = new FakeConnection(this, socket);
                connections.add(connection);
                thread("fake-ari-connection", connection::run);
            } catch (IOException e) {
                log.debug("the fake takes no more connections: {}", e.getMessage());
                return;
            }
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns the address of its HTTP server, with the prefix and without {@code /ari}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + prefix);
    }

    /** Returns the version that it answers as. */
    public String version() {
        return version;
    }

    /** Adds a user beside {@code lab}, {@code lab-secret}, who may do everything. */
    public void addUser(String name, String password, boolean readOnly) {
        users.put(name, new User(password, readOnly));
    }

    /** Takes a user out, as a reload of a changed ari.conf does. */
    public void removeUser(String name) {
        users.remove(name);
    }

    /** Puts a prefix before {@code /ari}, as http.conf can; it begins with a slash. */
    public void prefix(String value) {
        this.prefix = value;
    }

    /** Answers a request from now on, such as {@code GET /sounds}. */
    public void answer(String methodAndPath, Function<AriRequest, AriReply> script) {
        scripts.put(methodAndPath, script);
    }

    /** Answers from a recorded session what no script answers. */
    public void answerRecorded(Path session) {
        recorded = RecordedReplies.read(session);
    }

    /** Sends an event to all who are connected. */
    public void emit(String json) {
        applications.values().stream().distinct().forEach(one -> one.event(json));
    }

    /**
     * Sends an event to each application that is served, made for it by its name. Channels and
     * bridges are listed from the event on that tells of their beginning, to that of their end.
     */
    public void emitToEach(UnaryOperator<String> eventFor) {
        pbx.take(eventFor.apply(""));
        applications.forEach((name, connection) -> connection.event(eventFor.apply(name)));
    }

    /** Sends an event to an application; false if nobody serves it. */
    boolean emit(String application, String json) {
        FakeConnection connection = applications.get(application);
        if (connection == null) {
            return false;
        }
        connection.event(json);
        return true;
    }

    /** Sends all events of a recorded session, in their order. */
    public void emitRecorded(Path session) {
        try {
            Files.readAllLines(session).forEach(this::emit);
        } catch (IOException e) {
            throw new UncheckedIOException("the recorded session cannot be read", e);
        }
    }

    /** Puts a recording on its disk. */
    public void addRecording(String name, String format, byte[] content) {
        pbx.addRecording(name, format, content);
    }

    /** Returns the names of the recordings on its disk. */
    public List<String> recordings() {
        return pbx.recordings();
    }

    /** Ends a playback that is under way, as {@code done} or {@code failed}. */
    public void finishPlayback(String id, String state) {
        pbx.finishPlayback(id, state);
    }

    /** Closes all connections, as a network does. */
    public void cut() {
        connections.forEach(FakeConnection::close);
    }

    /** Answers no ping any more, as behind a network that is gone; or answers them again. */
    public void silent(boolean value) {
        silent = value;
    }

    /** Takes its time before each answer. */
    public void slow(Duration value) {
        delay = value;
    }

    /** Answers 503 as while it starts, or is up again. */
    public void booted(boolean value) {
        booted = value;
    }

    /** Cuts each file that is downloaded after so many bytes, and hangs up; null for never. */
    public void cutDownloadsAfter(@Nullable Integer bytes) {
        cutAfter = bytes;
    }

    /** Announces files as longer than they are. */
    public void announceTooMuch(long bytes) {
        lengthLie = bytes;
    }

    /** Takes no connections until {@link #listenAgain()}; those that stand are closed. */
    public void stopListening() {
        closeListener();
        try {
            acceptor.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    /** Takes connections on the same port again. */
    public void listenAgain() {
        ServerSocket again = listen(listener.getLocalPort());
        listener = again;
        acceptor = thread("fake-ari", () -> accept(again));
    }

    /** Returns the requests that came, in their order, those of event sockets included. */
    public List<AriRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until so many event sockets have been opened.
     *
     * @throws AssertionError if that takes longer than ten seconds
     */
    public void awaitSockets(int count) {
        await(count + " event sockets", () -> sockets >= count);
    }

    /**
     * Waits for a request.
     *
     * @throws AssertionError if it doesn't come within ten seconds
     */
    public AriRequest awaitRequest(Predicate<AriRequest> wanted) {
        await("a request that was asked for", () -> requests.stream().anyMatch(wanted));
        return requests().stream().filter(wanted).findFirst().orElseThrow();
    }

    private void await(String what, BooleanSupplier condition) {
        lock.lock();
        try {
            long left = LIMIT.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(what + " did not come; there came " + requests);
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

    private void note(AriRequest request) {
        lock.lock();
        try {
            requests.add(request);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the time that it is to take, unless it is closed meanwhile. */
    private void takeTime() {
        lock.lock();
        try {
            long left = delay.toNanos();
            while (left > 0 && !listener.isClosed()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    AriReply answer(String method, String target, String authorization, String body) {
        return answer(request(method, target, authorization, body, false), target, authorization);
    }

    /** Answers a request of an event socket, whose path does not begin with a slash. */
    AriReply answer(RestFrame frame, String authorization) {
        String uri = frame.text("uri");
        if (uri.startsWith("/")) {
            return AriReply.refused(405, "Invalid method");
        }
        String target = prefix + "/ari/" + uri;
        AriRequest request =
                request(
                        frame.text("method"),
                        target,
                        authorization,
                        frame.text("message_body"),
                        true);
        return answer(request, target, authorization);
    }

    private AriReply answer(AriRequest request, String target, String authorization) {
        note(request);
        takeTime();
        AriReply refusal = refusal(request, target, authorization);
        if (refusal != null) {
            return refusal;
        }
        Function<AriRequest, AriReply> script =
                scripts.get(request.method() + " " + request.path());
        if (script != null) {
            return script.apply(request);
        }
        RecordedReplies session = recorded;
        return session == null
                ? pbx.answer(request)
                : session.next(request).orElseGet(() -> pbx.answer(request));
    }

    private AriRequest request(
            String method, String target, String authorization, String body, boolean overSocket) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        String root = prefix + "/ari";
        String below = path.startsWith(root + "/") ? path.substring(root.length()) : "";
        return new AriRequest(method, below, query, user(authorization), body, overSocket);
    }

    private static String user(String authorization) {
        String pair = pair(authorization);
        return pair.substring(0, Math.max(0, pair.indexOf(':')));
    }

    private static String pair(String authorization) {
        return authorization.startsWith("Basic ")
                ? new String(
                        Base64.getDecoder().decode(authorization.substring(6)),
                        StandardCharsets.UTF_8)
                : "";
    }

    private @Nullable AriReply refusal(AriRequest request, String target, String authorization) {
        if (request.path().isEmpty()) {
            return AriReply.bytes(
                    404,
                    "text/html",
                    ("<html><title>404 Not Found</title>" + target.length() + "</html>")
                            .getBytes(StandardCharsets.UTF_8));
        }
        if (!booted) {
            return AriReply.refused(503, "Asterisk not booted");
        }
        User user = users.get(request.user());
        if (user == null || !pair(authorization).equals(request.user() + ":" + user.password())) {
            return AriReply.refused(401, "Authentication required");
        }
        if (user.readOnly() && !request.method().equals("GET")) {
            return AriReply.refused(403, "Write access denied");
        }
        if (!METHODS.contains(request.method())) {
            return AriReply.refused(405, "Invalid method");
        }
        if (request.body().length() > BODY_LIMIT) {
            return AriReply.refused(413, "Request body too large");
        }
        return request.path().endsWith("/")
                ? AriReply.refused(404, "ARI URLs do not end with a slash.")
                : null;
    }

    /** Registers the applications of an event socket; returns a refusal, or null. */
    @Nullable AriReply open(FakeConnection connection, String target, String authorization) {
        AriRequest request = request("GET", target, authorization, "", false);
        note(request);
        takeTime();
        AriReply refusal = refusal(request, target, authorization);
        if (refusal != null) {
            return refusal;
        }
        if (request.all("app").isEmpty()) {
            return AriReply.refused(400, "Missing application name");
        }
        for (String name : request.all("app")) {
            FakeConnection before = applications.put(name, connection);
            if (before != null) {
                before.event(pbx.event("ApplicationReplaced", name, ""));
            }
        }
        return null;
    }

    void opened(FakeConnection connection) {
        lock.lock();
        try {
            sockets++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void gone(FakeConnection connection) {
        connections.remove(connection);
        applications.values().removeIf(one -> one == connection);
    }

    /** The older release does not know requests on the event socket, and says nothing. */
    boolean takesRequestsOnTheSocket() {
        return !version.startsWith("16.");
    }

    boolean isSilent() {
        return silent;
    }

    @Nullable Integer cutAfter(AriReply reply) {
        return reply.contentType().startsWith("audio/") ? cutAfter : null;
    }

    long lengthLie(AriReply reply) {
        return reply.contentType().startsWith("audio/") ? lengthLie : 0;
    }

    /** Closes the port and all connections; repeatable. */
    @Override
    public void close() {
        closeListener();
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        cut();
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            log.debug("closing the fake's port failed", e);
        }
    }
}
