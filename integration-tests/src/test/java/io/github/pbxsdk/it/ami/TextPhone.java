package io.github.pbxsdk.it.ami;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.it.lab.Asterisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A telephone that says nothing, an extension of the lab over UDP: texts, and calls. */
final class TextPhone implements AutoCloseable {

    private static final long LIMIT_SECONDS = 5;

    private final InetSocketAddress server;
    private final Credentials extension;
    private final DatagramSocket socket;

    /** Where sound goes, which nobody reads, and from where silence leaves. */
    private final DatagramSocket sound;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    private final String call = UUID.randomUUID().toString();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Text> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Text> calls = new LinkedBlockingQueue<>();
    private int sequence;

    /**
     * A request as it arrived.
     *
     * @param head the SIP headers
     */
    record Text(String head, String body) {}

    private TextPhone(Asterisk asterisk, int number) {
        this.server = asterisk.sip();
        this.extension = asterisk.extension(number);
        try {
            this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            this.sound = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no UDP port on loopback is free", e);
        }
        Thread reader = new Thread(this::read, "text-phone");
        reader.setDaemon(true);
        reader.start();
    }

    /** Registers an extension. */
    static TextPhone register(Asterisk asterisk, int number) {
        TextPhone phone = new TextPhone(asterisk, number);
        phone.request("REGISTER", "sip:127.0.0.1", phone.self(), "Expires: 60\r\n", "");
        return phone;
    }

    /** Sends a text; the PBX has taken it when this returns. */
    void send(String to, String body) {
        request(
                "MESSAGE",
                "sip:" + to + "@127.0.0.1",
                "sip:" + to + "@127.0.0.1",
                "Content-Type: text/plain;charset=UTF-8\r\n",
                body);
    }

    /** Waits for the next text. */
    Text nextText() {
        return next(texts);
    }

    /** Waits for the next call; it rings. */
    Text nextCall() {
        return next(calls);
    }

    /** Takes a call, and sends silence: without sound, a server's clock for tones stands still. */
    void answer(Text call) {
        String offer =
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                        + ("m=audio " + sound.getLocalPort() + " RTP/AVP 0 8\r\n");
        write(reply("200 OK", call.head(), "Content-Type: application/sdp\r\n", offer));
        Matcher media = Pattern.compile("m=audio (\\d+)").matcher(call.body());
        if (media.find()) {
            beSilentTo(
                    new InetSocketAddress(server.getAddress(), Integer.parseInt(media.group(1))));
        }
    }

    private void beSilentTo(InetSocketAddress listener) {
        AtomicInteger packets = new AtomicInteger();
        clock.scheduleAtFixedRate(
                () -> write(sound, silence(packets.incrementAndGet()), listener),
                0,
                20,
                TimeUnit.MILLISECONDS);
    }

    /** Twenty milliseconds of u-law silence in an RTP packet. */
    private static byte[] silence(int number) {
        ByteBuffer packet = ByteBuffer.allocate(12 + 160);
        packet.put((byte) 0x80).put((byte) 0).putShort((short) number);
        packet.putInt(number * 160).putInt(1);
        while (packet.hasRemaining()) {
            packet.put((byte) 0xff);
        }
        return packet.array();
    }

    private String self() {
        return "sip:" + extension.user() + "@127.0.0.1";
    }

    /** Sends a request, again with a digest when it is asked for one. */
    private void request(String method, String uri, String to, String headers, String body) {
        write(message(method, uri, to, headers, body));
        String answer = next(answers);
        if (answer.startsWith("SIP/2.0 401")) {
            String proof = authorization(answer, method, uri);
            write(message(method, uri, to, headers + proof, body));
            answer = next(answers);
        }
        if (!answer.startsWith("SIP/2.0 2")) {
            throw new AssertionError(method + " was answered " + answer.lines().findFirst());
        }
    }

    private String message(String method, String uri, String to, String headers, String body) {
        sequence++;
        String at = "127.0.0.1:" + socket.getLocalPort();
        return (method + " " + uri + " SIP/2.0\r\n")
                + ("Via: SIP/2.0/UDP " + at + ";rport;branch=z9hG4bK" + UUID.randomUUID() + "\r\n")
                + ("From: <" + self() + ">;tag=t" + socket.getLocalPort() + "\r\n")
                + ("To: <" + to + ">\r\nCall-ID: " + call + "\r\n")
                + ("CSeq: " + sequence + " " + method + "\r\nMax-Forwards: 70\r\n")
                + ("Contact: <sip:" + extension.user() + "@" + at + ">\r\n" + headers)
                + ("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n")
                + body;
    }

    private String authorization(String answer, String method, String uri) {
        String nonce = parameter(answer, "nonce");
        String realm = parameter(answer, "realm");
        String who = md5(extension.user() + ":" + realm + ":" + extension.secret());
        String response = md5(who + ":" + nonce + ":00000001:c:auth:" + md5(method + ":" + uri));
        return "Authorization: Digest username=\""
                + (extension.user() + "\", realm=\"" + realm + "\", nonce=\"" + nonce)
                + ("\", uri=\"" + uri + "\", response=\"" + response + "\", algorithm=MD5, ")
                + ("qop=auth, nc=00000001, cnonce=\"c\", opaque=\"" + parameter(answer, "opaque"))
                + "\"\r\n";
    }

    private static String parameter(String answer, String name) {
        String challenge =
                answer.lines()
                        .filter(line -> line.startsWith("WWW-Authenticate:"))
                        .filter(line -> line.contains("MD5"))
                        .findFirst()
                        .orElseThrow();
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        byte[] buffer = new byte[65_536];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException e) {
                return;
            }
            take(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
        }
    }

    private void take(String message) {
        if (message.startsWith("SIP/2.0")) {
            if (!message.startsWith("SIP/2.0 1")) {
                answers.add(message);
            }
            return;
        }
        int end = message.indexOf("\r\n\r\n");
        Text request = new Text(message.substring(0, end), message.substring(end + 4));
        switch (message.substring(0, message.indexOf(' '))) {
            case "INVITE" -> {
                write(reply("180 Ringing", request.head(), "", ""));
                calls.add(request);
            }
            case "ACK" -> {}
            case "MESSAGE" -> {
                write(reply("200 OK", request.head(), "", ""));
                texts.add(request);
            }
            default -> write(reply("200 OK", request.head(), "", ""));
        }
    }

    private String reply(String words, String head, String headers, String body) {
        StringBuilder answer = new StringBuilder("SIP/2.0 " + words + "\r\n");
        head.lines()
                .filter(line -> line.matches("(?i)(via|from|to|call-id|cseq):.*"))
                .map(line -> line.matches("(?i)to:(?!.*;tag=).*") ? line + ";tag=here" : line)
                .forEach(line -> answer.append(line).append("\r\n"));
        return answer.append("Contact: <sip:" + extension.user() + "@127.0.0.1:")
                .append(socket.getLocalPort() + ">\r\n" + headers)
                .append("Content-Length: " + body.length() + "\r\n\r\n" + body)
                .toString();
    }

    private void write(String message) {
        write(socket, message.getBytes(StandardCharsets.UTF_8), server);
    }

    private static void write(DatagramSocket from, byte[] bytes, InetSocketAddress to) {
        try {
            from.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T next(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + LIMIT_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Hangs up for good; its registration runs out within a minute, or is replaced. */
    @Override
    public void close() {
        clock.shutdownNow();
        request("REGISTER", "sip:127.0.0.1", self(), "Expires: 0\r\n", "");
        socket.close();
        sound.close();
    }
}
