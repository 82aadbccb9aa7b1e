package io.github.pbxsdk.testing.ari;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to a {@link FakeAri}: requests one after the other, or an event socket. */
final class FakeConnection {

    private static final Logger log = LoggerFactory.getLogger(FakeConnection.class);
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final FakeAri server;
    private final Socket socket;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<String> early = new ArrayList<>();
    private boolean begun;

    FakeConnection(FakeAri server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    void run() {
        try (socket) {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            boolean more = true;
            while (more) {
                more = serve(in);
            }
        } catch (IOException e) {
            log.debug("a connection to the fake ended: {}", e.getMessage());
        } finally {
            server.gone(this);
        }
    }

    private boolean serve(DataInputStream in) throws IOException {
        String[] start = line(in).split(" ", 3);
        Map<String, String> headers = headers(in);
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String authorization = headers.getOrDefault("authorization", "");
        String text = new String(body, StandardCharsets.UTF_8);
        if (headers.containsKey("sec-websocket-key")) {
            return upgrade(in, start[1], authorization, headers.get("sec-websocket-key"));
        }
        AriReply reply = server.answer(start[0], start[1], authorization, text);
        return write(reply);
    }

    private boolean upgrade(DataInputStream in, String target, String authorization, String key)
            throws IOException {
        AriReply refusal = server.open(this, target, authorization);
        if (refusal != null) {
            return write(refusal);
        }
        begin(
                ("HTTP/1.1 101 Switching Protocols\r\nServer: Asterisk/"
                                + server.version()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: "
                                + accept(key)
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        server.opened(this);
        while (frame(in, authorization)) {
            // Each frame is answered where it is read.
        }
        return false;
    }

    /** What was to be told before the socket was open follows at once. */
    private void begin(byte[] head) throws IOException {
        writing.lock();
        try {
            send(head);
            begun = true;
            for (String json : early) {
                frame(TEXT, json.getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            writing.unlock();
        }
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private boolean frame(DataInputStream in, String authorization) throws IOException {
        int kind = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        if (kind == TEXT && server.takesRequestsOnTheSocket()) {
            answer(new String(payload, StandardCharsets.UTF_8), authorization);
        } else if (kind == PING && !server.isSilent()) {
            frame(PONG, payload);
        } else if (kind == CLOSE) {
            frame(CLOSE, payload);
            return false;
        }
        return true;
    }

    private void answer(String text, String authorization) throws IOException {
        Optional<RestFrame> request = RestFrame.read(text);
        if (request.isPresent()) {
            String answer = request.get().answer(server.answer(request.get(), authorization));
            frame(TEXT, answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Sends an event. */
    void event(String json) {
        writing.lock();
        try {
            if (begun) {
                frame(TEXT, json.getBytes(StandardCharsets.UTF_8));
            } else {
                early.add(json);
            }
        } catch (IOException e) {
            log.debug("an event could not be sent: {}", e.getMessage());
        } finally {
            writing.unlock();
        }
    }

    private void frame(int kind, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 10);
        frame.write(0x80 | kind);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 65_536) {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) (((long) payload.length) >> shift));
            }
        }
        frame.writeBytes(payload);
        send(frame.toByteArray());
    }

    private boolean write(AriReply reply) throws IOException {
        byte[] body = reply.body();
        Integer cut = server.cutAfter(reply);
        long length = body.length + server.lengthLie(reply);
        StringBuilder head = new StringBuilder("HTTP/1.1 ");
        head.append(reply.status()).append(" X\r\nServer: Asterisk/").append(server.version());
        head.append("\r\nCache-Control: no-cache, no-store\r\n");
        if (reply.status() == 401) {
            head.append("WWW-Authenticate: Basic realm=\"Asterisk REST Interface\"\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Type: ").append(reply.contentType()).append("\r\n");
        }
        if (reply.status() != 204) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        answer.write(body, 0, cut == null ? body.length : Math.min(cut, body.length));
        send(answer.toByteArray());
        return cut == null && length == body.length;
    }

    private void send(byte[] bytes) throws IOException {
        writing.lock();
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the client hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("closing a connection failed", e);
        }
    }
}
