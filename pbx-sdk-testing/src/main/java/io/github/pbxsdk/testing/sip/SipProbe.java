package io.github.pbxsdk.testing.sip;

import io.github.pbxsdk.core.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that sends SIP requests as a test writes them and shows what comes back, word by word.
 *
 * <pre>{@code
 * try (SipProbe phone = SipProbe.udp(server, Credentials.of("1001", "secret-1001"))) {
 *     SipMessage answer = phone.register(60);
 *     SipMessage text = phone.nextRequest();
 * }
 * }</pre>
 *
 * <p>It answers every request with 200, unless it is {@link #silent}, and sends nothing twice.
 * Thread-safe.
 */
public final class SipProbe implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SipProbe.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String transport;
    private final Credentials extension;
    private final Wire wire;
    private final String call = UUID.randomUUID().toString();
    private volatile boolean silent;
    private final AtomicInteger sequence = new AtomicInteger();
    private final BlockingQueue<SipMessage> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<SipMessage> requests = new LinkedBlockingQueue<>();

    /** The way to the server. */
    private interface Wire extends AutoCloseable {

        /** Returns host and port for {@code Via} and {@code Contact}. */
        String address();

        void send(byte[] octets) throws IOException;

        @Override
        void close();
    }

    /** Opens the way; what comes over it goes to the probe. */
    @FunctionalInterface
    private interface Opening {

        Wire open(SipProbe probe) throws IOException;
    }

    private SipProbe(String transport, Credentials extension, Opening opening) {
        this.transport = transport;
        this.extension = extension;
        try {
            this.wire = opening.open(this);
        } catch (IOException e) {
            throw new UncheckedIOException("the server cannot be reached", e);
        }
    }

    /** Returns one that sends datagrams. */
    public static SipProbe udp(InetSocketAddress server, Credentials extension) {
        return new SipProbe("UDP", extension, probe -> new Datagrams(server, probe));
    }

    /** Returns one with a TCP connection. */
    public static SipProbe tcp(InetSocketAddress server, Credentials extension) {
        return new SipProbe(
                "TCP",
                extension,
                probe -> new Stream(new Socket(server.getAddress(), server.getPort()), probe));
    }

    /** Returns one with a TLS connection. */
    public static SipProbe tls(InetSocketAddress server, SSLContext trust, Credentials extension) {
        return new SipProbe(
                "TLS",
                extension,
                probe ->
                        new Stream(
                                trust.getSocketFactory()
                                        .createSocket(server.getAddress(), server.getPort()),
                                probe));
    }

    /**
     * Returns one with a WebSocket.
     *
     * @param trust for {@code wss}; null for {@code ws}
     */
    public static SipProbe webSocket(
            URI server, @Nullable SSLContext trust, Credentials extension) {
        return new SipProbe(
                trust == null ? "WS" : "WSS",
                extension,
                probe -> new Socketed(server, trust, probe));
    }

    /** Answers no request any more, or does so again. */
    public void silent(boolean value) {
        silent = value;
    }

    /** Returns the address-of-record of the extension. */
    public String self() {
        return "sip:" + extension.user() + "@127.0.0.1";
    }

    /** Returns the address at which it can be reached, as it tells the server. */
    public String contact() {
        String parameter =
                switch (transport) {
                    case "UDP" -> "";
                    case "WSS" -> ";transport=ws";
                    default -> ";transport=" + transport.toLowerCase(Locale.ROOT);
                };
        return "sip:" + extension.user() + "@" + wire.address() + parameter;
    }

    /** Returns a new request of the extension, with all headers that each one needs. */
    public SipMessage request(String method, String uri, String to) {
        return SipMessage.request(method, uri)
                .with("Via", via())
                .with("Max-Forwards", "70")
                .with("From", "<" + self() + ">;tag=probe")
                .with("To", "<" + to + ">")
                .with("Call-ID", call)
                .with("CSeq", sequence.incrementAndGet() + " " + method);
    }

    private String via() {
        return ("SIP/2.0/" + transport + " " + wire.address())
                + (";rport;branch=z9hG4bK" + UUID.randomUUID());
    }

    /** Registers for so many seconds and returns the last answer; 0 ends it. */
    public SipMessage register(int seconds) {
        return exchange(
                request("REGISTER", "sip:127.0.0.1", self())
                        .with("Contact", "<" + contact() + ">")
                        .with("Expires", Integer.toString(seconds)));
    }

    /** Sends a text and returns the last answer. */
    public SipMessage text(String to, String text) {
        String uri = "sip:" + to + "@127.0.0.1";
        return exchange(request("MESSAGE", uri, uri).with("Content-Type", "text/plain").body(text));
    }

    /** Sends a request, again with a digest when it is asked for one; returns the last answer. */
    public SipMessage exchange(SipMessage request) {
        send(request);
        SipMessage answer = nextAnswer();
        if (answer.status() != 401) {
            return answer;
        }
        send(withDigest(again(request), answer));
        return nextAnswer();
    }

    /** Returns a request as a new one: with another branch and the next number. */
    public SipMessage again(SipMessage request) {
        SipMessage again = SipMessage.request(request.method(), request.uri()).with("Via", via());
        for (SipMessage.Header header : request.headers()) {
            boolean isNew = header.name().equals("Via") || header.name().equals("CSeq");
            again = isNew ? again : again.with(header.name(), header.value());
        }
        return again.with("CSeq", sequence.incrementAndGet() + " " + request.method())
                .body(request.body());
    }

    /** Returns a request with the answer to the topmost challenge of a refusal. */
    public SipMessage withDigest(SipMessage request, SipMessage refusal) {
        Map<String, String> challenge = SipHeaders.pairs(refusal.get("WWW-Authenticate"));
        String algorithm = challenge.getOrDefault("algorithm", "MD5");
        String realm = challenge.getOrDefault("realm", "");
        String nonce = challenge.getOrDefault("nonce", "");
        String who =
                SipDigest.hash(
                        algorithm, extension.user() + ":" + realm + ":" + extension.secret());
        String what = SipDigest.hash(algorithm, request.method() + ":" + request.uri());
        String response = SipDigest.hash(algorithm, who + ":" + nonce + ":00000001:c:auth:" + what);
        return request.with(
                "Authorization",
                ("Digest username=\"" + extension.user() + "\", realm=\"" + realm)
                        + ("\", nonce=\"" + nonce + "\", uri=\"" + request.uri())
                        + ("\", response=\"" + response + "\", algorithm=" + algorithm)
                        + ", qop=auth, nc=00000001, cnonce=\"c\", opaque=\""
                        + (challenge.getOrDefault("opaque", "") + "\""));
    }

    /** Sends a message. */
    public void send(SipMessage message) {
        sendRaw(message.bytes());
    }

    /** Sends octets, whatever they are. */
    public void sendRaw(byte[] octets) {
        try {
            wire.send(octets);
        } catch (IOException e) {
            throw new UncheckedIOException("the server cannot be reached", e);
        }
    }

    /**
     * Waits for the next final answer.
     *
     * @throws AssertionError if none comes within five seconds
     */
    public SipMessage nextAnswer() {
        return next(answers, "an answer");
    }

    /**
     * Waits for the next request of the server; it has been answered with 200.
     *
     * @throws AssertionError if none comes within five seconds
     */
    public SipMessage nextRequest() {
        return next(requests, "a request");
    }

    private static SipMessage next(BlockingQueue<SipMessage> queue, String what) {
        try {
            SipMessage next = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError(what + " did not come");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void take(byte[] octets) {
        SipMessage message = SipMessage.parse(octets).orElse(null);
        if (message == null) {
            return;
        }
        if (!message.isRequest()) {
            if (message.status() >= 200) {
                answers.add(message);
            }
            return;
        }
        if (silent) {
            requests.add(message);
            return;
        }
        SipMessage answer = SipMessage.answer(200, "OK");
        for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq"}) {
            String tag = name.equals("To") && !message.get("To").contains(";tag=") ? ";tag=p" : "";
            answer = answer.with(name, message.get(name) + tag);
        }
        send(answer);
        requests.add(message);
    }

    @Override
    public void close() {
        wire.close();
    }

    /** Over UDP. */
    private static final class Datagrams implements Wire {

        private final DatagramSocket socket;

        Datagrams(InetSocketAddress server, SipProbe probe) throws IOException {
            this.socket =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.connect(server);
            Daemon.start("sip-probe", () -> receive(probe));
        }

        private void receive(SipProbe probe) {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            while (!socket.isClosed()) {
                try {
                    packet.setLength(65_536);
                    socket.receive(packet);
                    probe.take(Arrays.copyOf(packet.getData(), packet.getLength()));
                } catch (IOException e) {
                    log.debug("no datagram: {}", e.getMessage());
                }
            }
        }

        @Override
        public String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void send(byte[] octets) throws IOException {
            socket.send(new DatagramPacket(octets, octets.length));
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Over TCP or TLS. */
    private static final class Stream implements Wire {

        private final Socket socket;

        Stream(Socket socket, SipProbe probe) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            SipFrames frames = new SipFrames(socket.getInputStream());
            Daemon.start("sip-probe", () -> read(frames, probe));
        }

        private static void read(SipFrames frames, SipProbe probe) {
            try {
                for (byte[] next = frames.next(); next != null; next = frames.next()) {
                    probe.take(next);
                }
            } catch (IOException e) {
                log.debug("the connection ended: {}", e.getMessage());
            }
        }

        @Override
        public String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void send(byte[] octets) throws IOException {
            socket.getOutputStream().write(octets);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("closing a connection failed: {}", e.getMessage());
            }
        }
    }

    /** Over a WebSocket. */
    private static final class Socketed implements Wire, WebSocket.Listener {

        private final SipProbe probe;
        private final WebSocket socket;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        /** The JDK refuses a text while another one leaves, and the reader sends answers. */
        private final ReentrantLock writing = new ReentrantLock();

        Socketed(URI server, @Nullable SSLContext trust, SipProbe probe) {
            this.probe = probe;
            HttpClient.Builder http = HttpClient.newBuilder();
            if (trust != null) {
                http.sslContext(trust);
            }
            this.socket =
                    http.build()
                            .newWebSocketBuilder()
                            .subprotocols("sip")
                            .buildAsync(server, this)
                            .join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            return onPart(webSocket, data.toString().getBytes(StandardCharsets.UTF_8), last);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            return onPart(webSocket, part, last);
        }

        private @Nullable CompletionStage<?> onPart(
                WebSocket webSocket, byte[] part, boolean last) {
            message.writeBytes(part);
            if (last) {
                byte[] whole = message.toByteArray();
                message.reset();
                probe.take(whole);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public String address() {
            return "probe.invalid";
        }

        @Override
        public void send(byte[] octets) {
            writing.lock();
            try {
                socket.sendText(new String(octets, StandardCharsets.UTF_8), true).join();
            } finally {
                writing.unlock();
            }
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
