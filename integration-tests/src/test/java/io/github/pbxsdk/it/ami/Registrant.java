package io.github.pbxsdk.it.ami;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.it.lab.Asterisk;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A telephone that does nothing but register, over UDP. */
final class Registrant implements AutoCloseable {

    private final InetSocketAddress server;
    private final Credentials credentials;
    private final String user;
    private final DatagramSocket socket;
    private final String callId = UUID.randomUUID().toString();
    private int sequence;

    Registrant(Asterisk asterisk, int extension) throws IOException {
        this.server = asterisk.sip();
        this.credentials = asterisk.extension(extension);
        this.user = credentials.user();
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(5000);
    }

    /** Registers for some seconds; zero takes the registration back. */
    void register(int seconds) throws IOException, GeneralSecurityException {
        String challenge = exchange(seconds, "");
        String answer = exchange(seconds, authorization(challenge));
        if (!answer.startsWith("SIP/2.0 200")) {
            throw new IOException("not registered: " + answer.lines().findFirst().orElse(""));
        }
    }

    private String exchange(int seconds, String authorization) throws IOException {
        sequence++;
        String here = "127.0.0.1:" + socket.getLocalPort();
        String request =
                String.join(
                        "\r\n",
                        "REGISTER " + uri() + " SIP/2.0",
                        "Via: SIP/2.0/UDP " + here + ";rport;branch=z9hG4bK" + UUID.randomUUID(),
                        "Max-Forwards: 70",
                        "From: <sip:" + user + "@127.0.0.1>;tag=" + callId,
                        "To: <sip:" + user + "@127.0.0.1>",
                        "Call-ID: " + callId,
                        "CSeq: " + sequence + " REGISTER",
                        "Contact: <sip:" + user + "@" + here + ">",
                        "Expires: " + seconds,
                        authorization + "Content-Length: 0",
                        "",
                        "");
        byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, server));
        return receive();
    }

    /** Waits for the final answer; the server may send requests of its own meanwhile. */
    private String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (true) {
            socket.receive(packet);
            String text =
                    new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (text.startsWith("SIP/2.0 ") && text.contains("CSeq: " + sequence + " REGISTER")) {
                return text;
            }
        }
    }

    private String authorization(String challenge) throws GeneralSecurityException {
        String realm = part(challenge, "realm");
        String nonce = part(challenge, "nonce");
        String first = md5(user + ":" + realm + ":" + credentials.secret());
        String second = md5("REGISTER:" + uri());
        String response = md5(first + ":" + nonce + ":00000001:c:auth:" + second);
        return String.format(
                "Authorization: Digest username=\"%s\",realm=\"%s\",nonce=\"%s\",uri=\"%s\","
                        + "response=\"%s\",algorithm=MD5,qop=auth,nc=00000001,cnonce=\"c\","
                        + "opaque=\"%s\"\r\n",
                user, realm, nonce, uri(), response, part(challenge, "opaque"));
    }

    private String uri() {
        return "sip:127.0.0.1:" + server.getPort();
    }

    private static String part(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) throws GeneralSecurityException {
        byte[] digest =
                MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    @Override
    public void close() {
        socket.close();
    }
}
