package io.github.pbxsdk.it.ari;

import io.github.pbxsdk.core.Credentials;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a phone as it takes to send and get texts and to call, over one TCP connection. */
final class SipPhone implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final Credentials credentials;
    private final String callId = UUID.randomUUID().toString();
    private final Queue<Message> early = new ArrayDeque<>();
    private int sequence;

    private SipPhone(InetSocketAddress server, Credentials credentials) throws IOException {
        this.credentials = credentials;
        socket.connect(server, 5_000);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** What came: the start line, the headers by their small names, the body. */
    record Message(String start, Map<String, String> headers, String body) {}

    /** Connects and registers. */
    static SipPhone register(InetSocketAddress server, Credentials credentials) throws IOException {
        SipPhone phone = new SipPhone(server, credentials);
        phone.request("REGISTER", "sip:127.0.0.1", "sip:" + credentials.user() + "@127.0.0.1", "");
        return phone;
    }

    /** Sends a text. */
    void send(String number, String text) throws IOException {
        String uri = "sip:" + number + "@127.0.0.1";
        request("MESSAGE", uri, uri, text);
    }

    /**
     * Waits for a text, and takes it; what comes before, such as news of a mailbox, is taken too.
     */
    Message receive() throws IOException {
        Message message = take();
        while (!message.start().startsWith("MESSAGE ")) {
            message = take();
        }
        return message;
    }

    /** Calls a number; there is sound when this returns. */
    SipCall call(String number) throws IOException {
        SipCall call = new SipCall();
        String uri = "sip:" + number + "@127.0.0.1";
        Message answer = request("INVITE", uri, uri, call.offer());
        write(
                "ACK %s SIP/2.0\r\n".formatted(uri)
                        + "Via: SIP/2.0/TCP 127.0.0.1:%d;rport;branch=z9hG4bK%s\r\n"
                                .formatted(socket.getLocalPort(), UUID.randomUUID())
                        + "Max-Forwards: 70\r\n"
                        + "From: %s\r\nTo: %s\r\n"
                                .formatted(answer.headers().get("from"), answer.headers().get("to"))
                        + "Call-ID: %s\r\nCSeq: %d ACK\r\nContent-Length: 0\r\n\r\n"
                                .formatted(callId, sequence));
        call.begin(answer.body());
        return call;
    }

    /** Waits until the other side hangs up. */
    void awaitHangup() throws IOException {
        while (!take().start().startsWith("BYE ")) {
            // News of a mailbox, for example.
        }
    }

    private Message take() throws IOException {
        Message message = early.isEmpty() ? read() : early.remove();
        StringBuilder answer = new StringBuilder("SIP/2.0 200 OK\r\n");
        for (String name : new String[] {"via", "from", "to", "call-id", "cseq"}) {
            answer.append(name).append(": ").append(message.headers().get(name)).append("\r\n");
        }
        write(answer + "Content-Length: 0\r\n\r\n");
        return message;
    }

    private Message request(String method, String uri, String to, String body) throws IOException {
        write(text(method, uri, to, body, ""));
        Message answer = answer();
        if (answer.start().contains(" 401 ")) {
            String challenge = answer.headers().get("www-authenticate");
            write(text(method, uri, to, body, authorization(method, uri, challenge)));
            answer = answer();
        }
        if (!answer.start().startsWith("SIP/2.0 2")) {
            throw new IOException(method + " was answered " + answer.start());
        }
        return answer;
    }

    private Message answer() throws IOException {
        Message message = read();
        while (!message.start().matches("SIP/2.0 [2-6].*")) {
            if (!message.start().startsWith("SIP/2.0 ")) {
                early.add(message);
            }
            message = read();
        }
        return message;
    }

    private String text(String method, String uri, String to, String body, String authorization) {
        sequence++;
        String user = credentials.user();
        int port = socket.getLocalPort();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return "%s %s SIP/2.0\r\n".formatted(method, uri)
                + "Via: SIP/2.0/TCP 127.0.0.1:%d;rport;branch=z9hG4bK%s\r\n"
                        .formatted(port, UUID.randomUUID())
                + "Max-Forwards: 70\r\n"
                + "From: <sip:%s@127.0.0.1>;tag=%s\r\n".formatted(user, callId)
                + "To: <%s>\r\nCall-ID: %s\r\nCSeq: %d %s\r\n"
                        .formatted(to, callId, sequence, method)
                + "Contact: <sip:%s@127.0.0.1:%d;transport=tcp>\r\n".formatted(user, port)
                + authorization
                + (body.isEmpty() ? "Expires: 60\r\n" : "Content-Type: " + type(method) + "\r\n")
                + "Content-Length: %d\r\n\r\n%s".formatted(bytes.length, body);
    }

    private static String type(String method) {
        return method.equals("INVITE") ? "application/sdp" : "text/plain";
    }

    private String authorization(String method, String uri, String challenge) {
        String realm = parameter("realm", challenge);
        String nonce = parameter("nonce", challenge);
        String secret = md5(credentials.user() + ":" + realm + ":" + credentials.secret());
        String response =
                md5(secret + ":" + nonce + ":00000001:c0ffee:auth:" + md5(method + ":" + uri));
        return ("Authorization: Digest username=\"%s\",realm=\"%s\",nonce=\"%s\",opaque=\"%s\",uri=\"%s\","
                        + "algorithm=MD5,qop=auth,nc=00000001,cnonce=\"c0ffee\",response=\"%s\"\r\n")
                .formatted(
                        credentials.user(),
                        realm,
                        nonce,
                        parameter("opaque", challenge),
                        uri,
                        response);
    }

    private static String parameter(String name, String challenge) {
        Matcher value = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        return value.find() ? value.group(1) : "";
    }

    private static String md5(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    private Message read() throws IOException {
        String start = line();
        while (start.isEmpty()) {
            start = line();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Message(
                start, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
