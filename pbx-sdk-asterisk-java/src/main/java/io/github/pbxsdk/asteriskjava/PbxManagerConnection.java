package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiEventClass;
import io.github.pbxsdk.ami.internal.ClientAccess;
import io.github.pbxsdk.core.PbxException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    private final LoginSettings settings = new LoginSettings();
    private final Listeners listeners = new Listeners();
    private final EventClasses classes = new EventClasses();
    private final boolean given;
    private final Logins logins;
    private final Sender sender;

    private volatile Charset encoding = StandardCharsets.UTF_8;
    private volatile Duration responseTimeout = Duration.ofSeconds(2);
    private volatile Duration eventTimeout = Duration.ofSeconds(5);

    /** Creates a connection to be set up before {@link #login()}. */
    public PbxManagerConnection() {
        this.given = false;
        this.logins = new Logins(mask -> line(settings.client(mask)));
        this.sender = new Sender(logins);
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
        Objects.requireNonNull(client, "client");
        this.given = true;
        this.logins = new Logins(mask -> line(withMask(client, mask)));
        this.sender = new Sender(logins);
    }

    private Line line(AmiClient client) {
        return new Line(client, !given, this, listeners, classes);
    }

    private static AmiClient withMask(AmiClient client, Optional<Set<AmiEventClass>> mask) {
        if (mask.isPresent() && !mask.get().equals(ClientAccess.get().eventMask(client))) {
            throw new IllegalStateException(
                    "the client has a mask of its own: set it with eventMask(...) of its builder");
        }
        return client;
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
        settings.hostname(Objects.requireNonNull(value, "hostname"));
    }

    /** Sets the port; 0 for the usual one, which is 5038, or 5039 with TLS. */
    public void setPort(int value) {
        settings.port(value);
    }

    /** Sets whether to connect over TLS, with the certificates that Java trusts. */
    public void setSsl(boolean value) {
        settings.ssl(value);
    }

    /** Sets the user of manager.conf. */
    public void setUsername(String value) {
        settings.username(value);
    }

    /** Sets the secret of the user. */
    public void setPassword(String value) {
        settings.password(value);
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
        Line known = given ? logins.known() : null;
        return known == null ? settings.hostname() : known.server().host().host();
    }

    @Override
    public int getPort() {
        Line known = given ? logins.known() : null;
        return known == null ? settings.port() : known.server().host().port();
    }

    @Override
    public @Nullable String getUsername() {
        return settings.username();
    }

    @Override
    public @Nullable String getPassword() {
        return settings.password();
    }

    @Override
    public @Nullable AsteriskVersion getVersion() {
        Line known = logins.known();
        if (known == null) {
            return null;
        }
        String text = known.server().version().text();
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
        return settings.ssl();
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

    /**
     * Sets how long connecting may take, and then logging in, in milliseconds; 0, the default,
     * means 10 seconds.
     */
    @Override
    public void setSocketTimeout(int value) {
        settings.socketTimeout(Duration.ofMillis(value));
    }

    /**
     * Sets after how much silence the server is asked for a sign of life, in milliseconds; 0, the
     * default, means 30 seconds.
     */
    @Override
    public void setSocketReadTimeout(int value) {
        settings.readTimeout(Duration.ofMillis(value));
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
        logins.login(EventMask.of(eventMask));
    }

    /**
     * Ends the connection; who waits for an answer is told, listeners are not.
     *
     * @throws IllegalStateException if it is neither connected nor reconnecting
     */
    @Override
    public void logoff() {
        logins.logoff();
    }

    @Override
    public @Nullable String getProtocolIdentifier() {
        Line known = logins.known();
        return known == null ? null : known.server().greeting();
    }

    @Override
    public ManagerConnectionState getState() {
        return logins.state();
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
        return sender.send(action, timeout);
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
        sender.send(action, callback);
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
        return sender.sendForEvents(action, timeout);
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
        sender.sendForEvents(action, callback);
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
