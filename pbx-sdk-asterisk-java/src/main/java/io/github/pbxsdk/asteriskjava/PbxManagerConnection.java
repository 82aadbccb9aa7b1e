package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiEventClass;
import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.security.TlsOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.EventTimeoutException;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.ManagerEventListener;
import org.asteriskjava.manager.SendActionCallback;
import org.asteriskjava.manager.SendEventGeneratingActionCallback;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.EventGeneratingAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.ResponseEvent;
import org.asteriskjava.manager.response.ManagerResponse;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ManagerConnection} of asterisk-java on an {@link AmiClient}: existing code runs on
 * after one line was changed.
 *
 * <pre>{@code
 * ManagerConnection connection =
 *         new PbxManagerConnection("pbx.example.com", "reporting", secret);
 * connection.addEventListener(event -> {
 *     if (event instanceof HangupEvent hangup) {
 *         log.info(hangup.getChannel() + " ended: " + hangup.getCauseTxt());
 *     }
 * });
 * connection.login();
 * }</pre>
 *
 * <p>Events and answers are objects of asterisk-java's own classes. What differs:
 *
 * <ul>
 *   <li>An event without a class of its own is an {@link UnknownEvent} and not dropped; a {@link
 *       FieldsListener} sees all lines of each event.
 *   <li>Events wait for slow listeners in 32 MiB; when these are full the oldest go, and a {@link
 *       MissedEventsEvent} tells how many. Answers never wait behind them.
 *   <li>A wait that is interrupted throws, and so does an action whose connection is lost: an
 *       {@link IOException} whose cause is a {@link PbxException}.
 *   <li>A line break in a value is refused with an {@link IllegalArgumentException}.
 *   <li>The connection comes back by itself with growing pauses; after refused credentials it does
 *       not, whatever {@link #setKeepAliveAfterAuthenticationFailure} says, for a server that is
 *       asked again and again locks the address out.
 *   <li>TLS checks the certificate and the name of the server.
 * </ul>
 *
 * <p>For a private certificate, an event mask and all other settings build an {@code AmiClient} and
 * take {@link #on}; it can be used beside this connection.
 *
 * <p>Thread-safe.
 */
public final class PbxManagerConnection implements ManagerConnection {

    private static final int PORT = 5038;
    private static final int TLS_PORT = 5039;

    /** How long a login waits for listeners that deal with the event of it. */
    private static final Duration GREETING = Duration.ofSeconds(2);

    /** How long a whole answer waits for listeners to see what came before it. */
    private static final Duration COURTESY = Duration.ofMillis(500);

    private final @Nullable AmiClient given;
    private final Listeners listeners = new Listeners();
    private final EventClasses classes = new EventClasses();
    private final ReentrantLock lock = new ReentrantLock();

    private volatile String hostname = "localhost";
    private volatile int port;
    private volatile boolean ssl;
    private volatile @Nullable String username;
    private volatile @Nullable String password;
    private volatile Charset encoding = StandardCharsets.UTF_8;
    private volatile Duration responseTimeout = Duration.ofSeconds(2);
    private volatile Duration eventTimeout = Duration.ofSeconds(5);
    private volatile Duration socketTimeout = Duration.ZERO;
    private volatile Duration readTimeout = Duration.ZERO;
    private volatile @Nullable Line line;
    private volatile ManagerConnectionState idle = ManagerConnectionState.INITIAL;

    /** Creates a connection to be set up before {@link #login()}. */
    public PbxManagerConnection() {
        this.given = null;
    }

    /** Creates a connection to port 5038 of a server; opens nothing. */
    public PbxManagerConnection(String hostname, String username, String password) {
        this(hostname, 0, username, password);
    }

    /**
     * Creates a connection; opens nothing.
     *
     * @param port 0 for the usual one
     */
    public PbxManagerConnection(String hostname, int port, String username, String password) {
        this();
        setHostname(hostname);
        setPort(port);
        setUsername(username);
        setPassword(password);
    }

    private PbxManagerConnection(AmiClient client) {
        this.given = Objects.requireNonNull(client, "client");
    }

    /**
     * Returns a connection that uses a client with its settings.
     *
     * <p>{@link #login()} connects the client if it isn't, and {@link #logoff()} leaves it
     * connected: who made it closes it. User, password and other settings of this class are not
     * used.
     */
    public static PbxManagerConnection on(AmiClient client) {
        return new PbxManagerConnection(client);
    }

    /** Sets the server; {@code localhost} by default. */
    public void setHostname(String value) {
        this.hostname = Objects.requireNonNull(value, "hostname");
    }

    /** Sets the port; 0 for the usual one, which is 5038, or 5039 with TLS. */
    public void setPort(int value) {
        this.port = Math.max(value, 0);
    }

    /** Sets whether to connect over TLS, with the certificates that Java trusts. */
    public void setSsl(boolean value) {
        this.ssl = value;
    }

    /** Sets the user of manager.conf. */
    public void setUsername(String value) {
        this.username = value;
    }

    /** Sets the secret of the user. */
    public void setPassword(String value) {
        this.password = value;
    }

    /** Sets how long an answer may take, in milliseconds; 2000 by default. */
    public void setDefaultResponseTimeout(long value) {
        this.responseTimeout = Duration.ofMillis(value);
    }

    /** Sets how long an answer and its events may take, in milliseconds; 5000 by default. */
    public void setDefaultEventTimeout(long value) {
        this.eventTimeout = Duration.ofMillis(value);
    }

    @Override
    public String getHostname() {
        Line current = line;
        return given != null && current != null && isKnown(current)
                ? current.client().server().host().host()
                : hostname;
    }

    @Override
    public int getPort() {
        Line current = line;
        if (given != null && current != null && isKnown(current)) {
            return current.client().server().host().port();
        }
        int usual = ssl ? TLS_PORT : PORT;
        return port == 0 ? usual : port;
    }

    private static boolean isKnown(Line line) {
        return line.state() == ManagerConnectionState.CONNECTED
                || line.state() == ManagerConnectionState.RECONNECTING;
    }

    @Override
    public @Nullable String getUsername() {
        return username;
    }

    @Override
    public @Nullable String getPassword() {
        return password;
    }

    @Override
    public @Nullable AsteriskVersion getVersion() {
        Line current = line;
        if (current == null || !isKnown(current)) {
            return null;
        }
        String text = current.client().server().version().text();
        AsteriskVersion version = AsteriskVersion.getDetermineVersionFromString("Asterisk " + text);
        return version == null ? AsteriskVersion.DEFAULT_VERSION : version;
    }

    /**
     * Takes UTF-8 only, which is what Asterisk writes, and ASCII.
     *
     * @throws IllegalArgumentException if it is another one
     */
    @Override
    public void setEncoding(Charset value) {
        if (!StandardCharsets.UTF_8.equals(value) && !StandardCharsets.US_ASCII.equals(value)) {
            throw new IllegalArgumentException("Asterisk writes UTF-8, not " + value);
        }
        this.encoding = value;
    }

    @Override
    public Charset getEncoding() {
        return encoding;
    }

    @Override
    public boolean isSsl() {
        return ssl;
    }

    /**
     * Is not told.
     *
     * @throws UnsupportedOperationException always: a client can have one connection after another
     */
    @Override
    public InetAddress getLocalAddress() {
        throw new UnsupportedOperationException("the local address is not told");
    }

    /**
     * Is not told.
     *
     * @throws UnsupportedOperationException always: a client can have one connection after another
     */
    @Override
    public int getLocalPort() {
        throw new UnsupportedOperationException("the local port is not told");
    }

    /**
     * Returns the address of the server, looked up by its name.
     *
     * @throws IllegalStateException if the name has none
     */
    @Override
    public InetAddress getRemoteAddress() {
        try {
            return InetAddress.getByName(getHostname());
        } catch (IOException e) {
            throw new IllegalStateException(getHostname() + " has no address", e);
        }
    }

    @Override
    public int getRemotePort() {
        return getPort();
    }

    /**
     * Makes events of this class from now on; it takes the place of another one for them.
     *
     * @throws IllegalArgumentException if it is abstract, not public, or has no constructor that
     *     takes an {@code Object}
     */
    @Override
    public void registerUserEventClass(Class<? extends ManagerEvent> value) {
        classes.register(value);
    }

    /** Leaves the events of a class unknown from now on. */
    @Override
    public void deregisterEventClass(Class<? extends ManagerEvent> value) {
        classes.deregister(value);
    }

    /** Sets how long connecting may take, in milliseconds; 0, the default, means 10 seconds. */
    @Override
    public void setSocketTimeout(int value) {
        this.socketTimeout = Duration.ofMillis(value);
    }

    /**
     * Sets after how much silence the server is asked for a sign of life, in milliseconds; 0, the
     * default, means 30 seconds.
     */
    @Override
    public void setSocketReadTimeout(int value) {
        this.readTimeout = Duration.ofMillis(value);
    }

    /** Has no effect: refused credentials are never tried again by themselves. */
    @Override
    public void setKeepAliveAfterAuthenticationFailure(boolean value) {
        // Said above.
    }

    @Override
    public void login() throws IOException, AuthenticationFailedException, TimeoutException {
        login(null);
    }

    /**
     * Connects and logs in. Listeners have been told of the connection when it returns.
     *
     * @param eventMask {@code on}, {@code off}, or the classes of the events wanted; all if null
     * @throws IllegalStateException if it is logged in, or about to be, or if a client was given
     *     that has another mask
     * @throws IllegalArgumentException if there is no such class
     * @throws AuthenticationFailedException if the server refuses the user
     * @throws TimeoutException if the server does not answer
     * @throws IOException if there is no connection
     */
    @Override
    public void login(@Nullable String eventMask)
            throws IOException, AuthenticationFailedException, TimeoutException {
        Line fresh = begin(EventMask.of(eventMask));
        try {
            fresh.connect();
            fresh.awaitGreeting(GREETING);
        } catch (PbxException e) {
            end(fresh);
            throw Failures.ofLogin(e);
        } catch (InterruptedException e) {
            end(fresh);
            throw interrupted("login");
        }
    }

    private Line begin(Optional<Set<AmiEventClass>> mask) {
        lock.lock();
        try {
            ManagerConnectionState now = getState();
            if (now != ManagerConnectionState.INITIAL
                    && now != ManagerConnectionState.DISCONNECTED) {
                throw new IllegalStateException(
                        "login() needs the state INITIAL or DISCONNECTED, not " + now);
            }
            Line before = line;
            if (before != null) {
                before.close();
            }
            AmiClient client = given == null ? client(mask) : withMask(given, mask);
            Line fresh = new Line(client, given == null, this, listeners, classes);
            line = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private AmiClient client(Optional<Set<AmiEventClass>> mask) {
        String user = username;
        String secret = password;
        if (user == null || secret == null) {
            throw new IllegalStateException("set user and password before login()");
        }
        AmiClient.Builder builder =
                AmiClient.builder()
                        .host(hostname)
                        .port(getPort())
                        .credentials(Credentials.of(user, secret));
        mask.ifPresent(builder::eventMask);
        if (ssl) {
            builder.tls(TlsOptions.system());
        }
        if (!socketTimeout.isZero()) {
            builder.connectTimeout(socketTimeout);
        }
        if (!readTimeout.isZero()) {
            builder.pingInterval(readTimeout);
        }
        return builder.build();
    }

    private static AmiClient withMask(AmiClient client, Optional<Set<AmiEventClass>> mask) {
        if (mask.isPresent() && !mask.get().equals(ClientAccess.get().eventMask(client))) {
            throw new IllegalStateException(
                    "the client has a mask of its own: set it with eventMask(...) of its builder");
        }
        return client;
    }

    private void end(Line ended) {
        lock.lock();
        try {
            ended.close();
            if (line == ended) {
                line = null;
                idle = ManagerConnectionState.DISCONNECTED;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the connection; who waits for an answer is told, listeners are not.
     *
     * @throws IllegalStateException if it is neither connected nor reconnecting
     */
    @Override
    public void logoff() {
        Line current = line;
        ManagerConnectionState now = getState();
        if (current == null
                || (now != ManagerConnectionState.CONNECTED
                        && now != ManagerConnectionState.RECONNECTING)) {
            throw new IllegalStateException(
                    "logoff() needs the state CONNECTED or RECONNECTING, not " + now);
        }
        end(current);
    }

    @Override
    public @Nullable String getProtocolIdentifier() {
        Line current = line;
        return current == null || !isKnown(current) ? null : current.client().server().greeting();
    }

    @Override
    public ManagerConnectionState getState() {
        Line current = line;
        return current == null ? idle : current.state();
    }

    @Override
    public ManagerResponse sendAction(ManagerAction action) throws IOException, TimeoutException {
        return sendAction(action, responseTimeout.toMillis());
    }

    /**
     * Sends an action and waits for its answer; events that belong to it go to the listeners.
     *
     * @param timeout in milliseconds
     * @throws IllegalStateException if the connection is not {@code CONNECTED}
     * @throws IllegalArgumentException if the action cannot be sent
     * @throws TimeoutException if the answer does not come in time; what has not been sent by then
     *     is kept back
     * @throws IOException if the connection is lost, or the wait interrupted
     */
    @Override
    public ManagerResponse sendAction(ManagerAction action, long timeout)
            throws IOException, TimeoutException {
        Line.Sent sent = connected().send(checked(action), null);
        try {
            await(sent.answer().head(), timeout, action);
            return sent.answer().response();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException(noAnswer(action, timeout));
        } finally {
            sent.call().cancel(false);
        }
    }

    /**
     * Sends an action without waiting.
     *
     * @param callback called between the events, in the server's order; with null if the connection
     *     is lost. Null if nobody wants the answer
     */
    @Override
    public void sendAction(ManagerAction action, @Nullable SendActionCallback callback)
            throws IOException {
        Line current = connected();
        Answer answer = current.send(checked(action), null).answer();
        if (callback != null) {
            answer.head()
                    .whenComplete(
                            (head, failure) ->
                                    current.inTurn(
                                            () ->
                                                    callback.onResponse(
                                                            head == null
                                                                    ? null
                                                                    : answer.response())));
        }
    }

    @Override
    public PbxResponseEvents sendEventGeneratingAction(EventGeneratingAction action)
            throws IOException, EventTimeoutException {
        return sendEventGeneratingAction(action, eventTimeout.toMillis());
    }

    /**
     * Sends an action and waits for its answer with all events that belong to it; the listeners get
     * these, too, and have seen them when it returns, unless they take their time.
     *
     * @param timeout in milliseconds
     * @throws IllegalStateException if the connection is not {@code CONNECTED}
     * @throws IllegalArgumentException if the action cannot be sent, or names no last event
     * @throws EventTimeoutException if not all of it comes in time, with what came
     * @throws IOException if the connection is lost, or the wait interrupted
     */
    @Override
    public PbxResponseEvents sendEventGeneratingAction(EventGeneratingAction action, long timeout)
            throws IOException, EventTimeoutException {
        Line current = connected();
        Line.Sent sent = current.send(checked(action), last(action));
        try {
            await(sent.answer().whole(), timeout, action);
            awaitListeners(current, action);
            return sent.answer().soFar();
        } catch (java.util.concurrent.TimeoutException e) {
            throw new EventTimeoutException(noAnswer(action, timeout), sent.answer().soFar());
        } finally {
            sent.call().cancel(false);
        }
    }

    /**
     * Sends an action without waiting.
     *
     * @param callback called between the events, in the server's order, with what came; it is not
     *     complete if the connection is lost. Null if nobody wants the answer
     */
    @Override
    public void sendEventGeneratingAction(
            EventGeneratingAction action, @Nullable SendEventGeneratingActionCallback callback)
            throws IOException {
        Line current = connected();
        Answer answer = current.send(checked(action), last(action)).answer();
        if (callback != null) {
            answer.whole()
                    .whenComplete(
                            (done, failure) ->
                                    current.inTurn(() -> callback.onResponse(answer.soFar())));
        }
    }

    private Line connected() {
        Line current = line;
        ManagerConnectionState now = getState();
        if (current == null || now != ManagerConnectionState.CONNECTED) {
            throw new IllegalStateException("actions need the state CONNECTED, not " + now);
        }
        return current;
    }

    private static <A extends ManagerAction> A checked(@Nullable A action) {
        if (action == null) {
            throw new IllegalArgumentException("there is no action to send");
        }
        return action;
    }

    private static Class<?> last(EventGeneratingAction action) {
        Class<?> last = action.getActionCompleteEventClass();
        if (last == null || !ResponseEvent.class.isAssignableFrom(last)) {
            throw new IllegalArgumentException(
                    action.getClass() + " must name a ResponseEvent as its last event");
        }
        return last;
    }

    private static void await(CompletableFuture<?> future, long timeout, ManagerAction action)
            throws IOException, java.util.concurrent.TimeoutException {
        try {
            future.get(timeout, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(action.getAction());
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof PbxTimeoutException) {
                throw new java.util.concurrent.TimeoutException(cause.getMessage());
            }
            throw Failures.ofAction(cause);
        }
    }

    private static void awaitListeners(Line current, ManagerAction action)
            throws InterruptedIOException {
        try {
            current.awaitListeners(COURTESY);
        } catch (InterruptedException e) {
            throw interrupted(action.getAction());
        }
    }

    private static InterruptedIOException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(what + " was interrupted");
    }

    private static String noAnswer(ManagerAction action, long timeout) {
        return "Timeout waiting for response to " + action.getAction() + " for " + timeout + " ms";
    }

    /** Adds a listener unless it is there already. */
    @Override
    public void addEventListener(ManagerEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeEventListener(ManagerEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public String toString() {
        return "PbxManagerConnection[" + getHostname() + ":" + getPort() + ", " + getState() + "]";
    }
}
