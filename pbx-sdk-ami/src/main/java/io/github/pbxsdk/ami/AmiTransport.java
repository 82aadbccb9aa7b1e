package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.WebSocketTransport;
import io.github.pbxsdk.core.internal.http.WebAddress;
import java.net.URI;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a client's messages travel to its server.
 *
 * <pre>{@code
 * AmiClient ami = AmiClient.builder()
 *         .transport(AmiTransport.webSocket(URI.create("wss://pbx.example.com/ami")))
 *         .credentials(Credentials.of("reporting", secret))
 *         .build();
 * }</pre>
 *
 * <p>The client is the same over all of them; what one cannot do is refused in words, never dropped:
 *
 * <table>
 * <caption>What differs</caption>
 * <tr><th>transport</th><th>events</th><th>login</th><th>mask and filters</th></tr>
 * <tr><td>{@link #tcp()}, with or without TLS</td><td>yes</td><td>by the client</td><td>yes</td></tr>
 * <tr><td>{@link #webSocket}</td><td>yes</td><td>by the client</td><td>yes</td></tr>
 * <tr><td>{@link #amiws}</td><td>yes</td><td>by the proxy</td><td>the proxy's own</td></tr>
 * <tr><td>{@link #http}</td><td>no</td><td>a digest with each action</td><td>no</td></tr>
 * </table>
 *
 * <p>Immutable.
 */
public final class AmiTransport {

    private static final AmiTransport TCP = new AmiTransport(Kind.TCP, null, null, null, null);

    private final Kind kind;
    private final @Nullable WebAddress address;
    private final @Nullable HttpTransport http;
    private final @Nullable WebSocketTransport webSocket;
    private final @Nullable Integer serverId;

    private AmiTransport(
            Kind kind,
            @Nullable WebAddress address,
            @Nullable HttpTransport http,
            @Nullable WebSocketTransport webSocket,
            @Nullable Integer serverId) {
        this.kind = kind;
        this.address = address;
        this.http = http;
        this.webSocket = webSocket;
        this.serverId = serverId;
    }

    enum Kind {
        TCP,
        HTTP,
        WEB_SOCKET,
        AMIWS
    }

    /**
     * Returns plain TCP, or TLS where the client has {@link AmiClient.Builder#tls}: what every
     * server offers, and what a client uses unless told otherwise.
     */
    public static AmiTransport tcp() {
        return TCP;
    }

    /**
     * Returns the web server of Asterisk ({@code webenabled} in manager.conf), for single actions
     * through a firewall that lets nothing else pass.
     *
     * <p>Each action is a {@code POST} to {@code /arawman} with a digest, so that neither secret nor
     * login stands in a URL or on the wire. There are no events, hence no outcome of an originate.
     *
     * @param server the address without path, such as {@code https://pbx.example.com:8089}, or with
     *     the {@code prefix} of http.conf
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    public static AmiTransport http(URI server) {
        return new AmiTransport(Kind.HTTP, httpAddress(server), null, null, null);
    }

    /** Returns the same over an HTTP library of your choice, which the client does not close. */
    public static AmiTransport http(URI server, HttpTransport over) {
        return new AmiTransport(
                Kind.HTTP, httpAddress(server), Objects.requireNonNull(over, "over"), null, null);
    }

    private static WebAddress httpAddress(URI server) {
        WebAddress address = WebAddress.http(server.toString());
        if (address.target().indexOf('?') >= 0) {
            throw new IllegalArgumentException("the address of a server has no query");
        }
        return address;
    }

    /**
     * Returns a WebSocket that carries AMI as it is on TCP, in text or binary messages cut anywhere:
     * what a proxy from WebSocket to TCP gives.
     *
     * @param address such as {@code wss://pbx.example.com/ami}
     * @throws IllegalArgumentException if it is not a ws, wss, http or https URL
     */
    public static AmiTransport webSocket(URI address) {
        return new AmiTransport(Kind.WEB_SOCKET, webSocketAddress(address), null, null, null);
    }

    /** Returns the same over a library of your choice, which the client does not close. */
    public static AmiTransport webSocket(URI address, WebSocketTransport over) {
        return new AmiTransport(
                Kind.WEB_SOCKET,
                webSocketAddress(address),
                null,
                Objects.requireNonNull(over, "over"),
                null);
    }

    /**
     * Returns the JSON of an amiws proxy, which logs in by itself.
     *
     * <p>Its session with the server belongs to all of its clients: mask and filters are set there.
     * {@link AmiClient.Builder#credentials} may be left out; where they are set they go as Basic
     * authentication to the web server in front of the proxy.
     *
     * <p>A proxy in front of several servers has each of them run what names none. So the client
     * keeps to the one that answers first, and refuses to go on when it hears of a second one: then
     * choose with {@link #serverId(int)}.
     *
     * @param address such as {@code wss://pbx.example.com/amiws}
     * @throws IllegalArgumentException if it is not a ws, wss, http or https URL
     */
    public static AmiTransport amiws(URI address) {
        return new AmiTransport(Kind.AMIWS, webSocketAddress(address), null, null, null);
    }

    /** Returns the same over a library of your choice, which the client does not close. */
    public static AmiTransport amiws(URI address, WebSocketTransport over) {
        return new AmiTransport(
                Kind.AMIWS,
                webSocketAddress(address),
                null,
                Objects.requireNonNull(over, "over"),
                null);
    }

    private static WebAddress webSocketAddress(URI address) {
        return WebAddress.webSocket(address.toString());
    }

    /**
     * Returns this transport to one of the servers behind an amiws proxy; what the others say is
     * not for this client.
     *
     * @param value the {@code server_id} that the proxy gives it
     * @throws IllegalStateException if this is another transport
     */
    public AmiTransport serverId(int value) {
        if (kind != Kind.AMIWS) {
            throw new IllegalStateException("serverId(...) belongs to amiws(...)");
        }
        return new AmiTransport(kind, address, http, webSocket, value);
    }

    /** Returns the server behind an amiws proxy that was chosen. */
    public OptionalInt serverId() {
        return serverId == null ? OptionalInt.empty() : OptionalInt.of(serverId);
    }

    Kind kind() {
        return kind;
    }

    /** Tells whether the server's events come over it. */
    boolean bringsEvents() {
        return kind != Kind.HTTP;
    }

    /** Tells whether the client sends a login; with HTTP each action has a digest instead. */
    boolean logsIn() {
        return kind == Kind.TCP || kind == Kind.WEB_SOCKET;
    }

    /** Tells whether the session with the server is the client's own, to be set up by it. */
    boolean ownsSession() {
        return kind != Kind.AMIWS;
    }

    /** Returns the URL; only where there is one. */
    WebAddress address() {
        return Objects.requireNonNull(address, "TCP has hosts instead of a URL");
    }

    /** Returns the host of the URL. */
    HostAndPort host() {
        return new HostAndPort(address().host(), address().port());
    }

    @Nullable HttpTransport givenHttp() {
        return http;
    }

    @Nullable WebSocketTransport givenWebSocket() {
        return webSocket;
    }

    @Override
    public String toString() {
        return address == null
                ? "AmiTransport[TCP]"
                : "AmiTransport["
                        + (kind + " " + address.redacted())
                        + (serverId == null ? "" : ", server " + serverId)
                        + "]";
    }
}
