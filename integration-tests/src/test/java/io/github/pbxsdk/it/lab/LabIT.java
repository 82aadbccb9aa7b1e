package io.github.pbxsdk.it.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each service of the lab answers a client that has nothing from us. */
@OnAsterisk
@TestMethodOrder(OrderAnnotation.class)
class LabIT {

    private static final int LIMIT_MILLIS = 10_000;

    private final Asterisk asterisk;

    LabIT(Asterisk asterisk) {
        this.asterisk = asterisk;
    }

    @Test
    void isTheVersionItShouldBe() {
        assertThat(asterisk.version()).startsWith(asterisk.major() + ".");
        assertThat(asterisk.cli("core show version")).contains("Asterisk " + asterisk.version());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void logsInToAmi(boolean tls) throws Exception {
        try (Socket socket = tls ? tls(asterisk.amiTls()) : tcp(asterisk.ami())) {
            InputStream in = socket.getInputStream();
            assertThat(readUntil(in, "\r\n"))
                    .startsWith("Asterisk Call Manager/" + (asterisk.major() == 16 ? "5." : "11."));

            send(socket, login(asterisk.amiCredentials()));

            assertThat(readUntil(in, "\r\n\r\n"))
                    .contains("Response: Success", "Authentication accepted");
        }
    }

    @Test
    void refusesAWrongSecretOnAmi() throws Exception {
        try (Socket socket = tcp(asterisk.ami())) {
            readUntil(socket.getInputStream(), "\r\n");

            send(socket, login(Credentials.of(asterisk.amiCredentials().user(), "wrong")));

            assertThat(readUntil(socket.getInputStream(), "\r\n\r\n"))
                    .contains("Response: Error", "Authentication failed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AMI_HTTP_URL", "AMI_HTTPS_URL"})
    void logsInToAmiOverHttp(String url) throws Exception {
        Credentials user = asterisk.amiCredentials();
        HttpRequest login =
                HttpRequest.newBuilder(URI.create(asterisk.setting(url) + "/rawman"))
                        .timeout(Duration.ofMillis(LIMIT_MILLIS))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                BodyPublishers.ofString(
                                        "action=login&username="
                                                + user.user()
                                                + "&secret="
                                                + user.secret()))
                        .build();

        HttpResponse<String> answer = http().send(login, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Response: Success");
        assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("mansession_id=");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsAboutItselfOnAri(boolean tls) throws Exception {
        URI ari = tls ? asterisk.ariTls() : asterisk.ari();

        HttpResponse<String> answer =
                http().send(
                                ari(ari, "/asterisk/info", asterisk.ariCredentials()).build(),
                                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(asterisk.version());
    }

    @Test
    void letsTheReadOnlyUserOfAriReadAndNothingElse() throws Exception {
        Credentials reader = asterisk.ariReadOnlyCredentials();
        HttpRequest.Builder bridges = ari(asterisk.ari(), "/bridges", reader);

        HttpResponse<String> list = http().send(bridges.build(), BodyHandlers.ofString());
        HttpResponse<String> create =
                http().send(bridges.POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(create.statusCode()).isEqualTo(403);
        assertThat(create.body()).contains("Write access denied");
    }

    @Test
    void answersSipOverUdp() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.connect(asterisk.sip());
            String callId = UUID.randomUUID().toString();
            byte[] request = ascii(options("UDP", address(socket.getLocalPort()), callId));

            socket.send(new DatagramPacket(request, request.length));
            DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(answer);

            assertIsAnswer(
                    new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8),
                    callId);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersSipOverStreams(boolean tls) throws Exception {
        try (Socket socket = tls ? tls(asterisk.sipTls()) : tcp(asterisk.sip())) {
            String callId = UUID.randomUUID().toString();

            send(socket, options(tls ? "TLS" : "TCP", address(socket.getLocalPort()), callId));

            assertIsAnswer(readUntil(socket.getInputStream(), "\r\n\r\n"), callId);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersSipOverWebSockets(boolean tls) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        WebSocket socket =
                http().newWebSocketBuilder()
                        .subprotocols("sip")
                        .buildAsync(tls ? asterisk.sipWss() : asterisk.sipWs(), new Texts(received))
                        .get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        String callId = UUID.randomUUID().toString();

        assertThat(socket.getSubprotocol()).isEqualTo("sip");
        assertThat(socket.sendText(options(tls ? "WSS" : "WS", "lab.invalid", callId), true))
                .succeedsWithin(Duration.ofMillis(LIMIT_MILLIS));

        String answer = received.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        socket.abort();
        assertThat(answer).isNotNull();
        assertIsAnswer(answer, callId);
    }

    @Test
    @Order(1)
    void diesByKillAndStartsAgain() throws Exception {
        asterisk.kill9();
        assertThatThrownBy(() -> tcp(asterisk.ami())).isInstanceOf(ConnectException.class);

        asterisk.start();
        logsInToAmi(false);
    }

    @Test
    @Order(2)
    void mayBeLeftDeadByATest() {
        asterisk.kill9();

        assertThatThrownBy(() -> tcp(asterisk.ami())).isInstanceOf(ConnectException.class);
    }

    @Test
    @Order(3)
    void livesAgainInTheNextTest() throws Exception {
        logsInToAmi(false);
    }

    @Test
    @Order(4)
    void mayBeStopped() throws Exception {
        asterisk.stop();

        assertThatThrownBy(() -> tcp(asterisk.ami())).isInstanceOf(ConnectException.class);
    }

    private static String login(Credentials user) {
        return lines("Action: Login", "Username: " + user.user(), "Secret: " + user.secret(), "");
    }

    private static HttpRequest.Builder ari(URI ari, String path, Credentials user) {
        String userAndSecret = user.user() + ":" + user.secret();
        return HttpRequest.newBuilder(URI.create(ari + path))
                .timeout(Duration.ofMillis(LIMIT_MILLIS))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(ascii(userAndSecret)));
    }

    private static String options(String transport, String sentBy, String callId) {
        return lines(
                "OPTIONS sip:127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/" + transport + " " + sentBy + ";rport;branch=z9hG4bK" + callId,
                "Max-Forwards: 70",
                "From: <sip:1001@127.0.0.1>;tag=" + callId,
                "To: <sip:127.0.0.1>",
                "Call-ID: " + callId,
                "CSeq: 1 OPTIONS",
                "Contact: <sip:1001@" + sentBy + ">",
                "Content-Length: 0",
                "");
    }

    /** A challenge is an answer, too. */
    private static void assertIsAnswer(String message, String callId) {
        assertThat(message)
                .matches("(?s)SIP/2\\.0 (200|401|404) .*")
                .contains("Call-ID: " + callId, "CSeq: 1 OPTIONS");
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    private HttpClient http() {
        return HttpClient.newBuilder()
                .sslContext(asterisk.trust())
                .connectTimeout(Duration.ofMillis(LIMIT_MILLIS))
                .build();
    }

    private static Socket tcp(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(address, LIMIT_MILLIS);
        return socket;
    }

    private Socket tls(InetSocketAddress address) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        asterisk.trust()
                                .getSocketFactory()
                                .createSocket(
                                        tcp(address),
                                        address.getHostString(),
                                        address.getPort(),
                                        true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(ascii(text));
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int next = in.read();
            assertThat(next).as("byte after: " + bytes).isNotEqualTo(-1);
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private record Texts(BlockingQueue<String> received) implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            received.add(data.toString());
            return WebSocket.Listener.super.onText(socket, data, last);
        }
    }
}
