package io.github.pbxsdk.testing.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FakeSipTest {

    private static final Credentials ALICE = Credentials.of("1011", "secret-1011");
    private static final Credentials BOB = Credentials.of("1012", "secret-1012");

    private final FakeSip server = FakeSip.asterisk22();

    private static SSLContext trust(FakeSip server) {
        return TlsOptions.builder().ca(server.authority()).build().sslContext();
    }

    private static SipProbe phone(FakeSip server, String transport, Credentials extension) {
        return switch (transport) {
            case "UDP" -> SipProbe.udp(server.udp(), extension);
            case "TCP" -> SipProbe.tcp(server.tcp(), extension);
            case "TLS" -> SipProbe.tls(server.tls(), trust(server), extension);
            case "WS" -> SipProbe.webSocket(server.ws(), null, extension);
            default -> SipProbe.webSocket(server.wss(), trust(server), extension);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP", "TLS", "WS", "WSS"})
    void passesATextOnFromAndToEachTransport(String transport) {
        try (server;
                SipProbe alice = phone(server, transport, ALICE);
                SipProbe bob = phone(server, "UDP", BOB)) {
            assertThat(alice.register(60).status()).isEqualTo(200);
            assertThat(bob.register(60).status()).isEqualTo(200);

            assertThat(alice.text("1012", "Hello ☎").status()).isEqualTo(202);
            assertThat(bob.nextRequest().text()).isEqualTo("Hello ☎");
            assertThat(bob.text("1011", "Good morning").status()).isEqualTo(202);
            assertThat(alice.nextRequest().get("From")).contains("sip:1012@");

            assertThat(server.texts())
                    .extracting(TakenText::text)
                    .containsExactly("Hello ☎", "Good morning");
            assertThat(server.awaitRequest(one -> one.method().equals("MESSAGE")).transport())
                    .isEqualTo(transport);
            assertThat(server.devices("1012")).hasSize(1);
        }
    }

    @Test
    void forgetsADeviceWhoseConnectionWasCut() {
        try (server;
                SipProbe alice = phone(server, "TCP", ALICE)) {
            alice.register(60);
            server.cut();
            try (SipProbe bob = phone(server, "TCP", BOB)) {
                bob.register(60);
            }
            assertThat(server.devices("1011")).isEmpty();
        }
    }

    @Test
    void takesConnectionsOnTheSamePortsAfterAPause() {
        try (server) {
            server.stopListening();
            assertThatThrownBy(() -> phone(server, "TCP", ALICE))
                    .hasCauseInstanceOf(IOException.class);

            server.listenAgain();
            try (SipProbe alice = phone(server, "TCP", ALICE);
                    SipProbe other = phone(server, "UDP", ALICE)) {
                assertThat(alice.register(60).status()).isEqualTo(200);
                assertThat(other.register(60).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aLostRequestDidNothingAndALostAnswerDid() {
        try (server;
                SipProbe alice = phone(server, "UDP", ALICE)) {
            SipMessage right = authorized(alice, "lost and found");
            server.next("MESSAGE", SipFault.loseRequest(), SipFault.loseAnswer());
            alice.send(right);
            server.awaitRequests("MESSAGE", 2);
            assertThat(server.texts()).isEmpty();
            alice.send(right);
            server.awaitTexts(1);
            alice.send(right);

            assertThat(alice.nextAnswer().status()).isEqualTo(202);
            assertThat(server.texts()).hasSize(1);
            assertThat(server.requests("MESSAGE"))
                    .extracting(SeenRequest::repeated)
                    .containsExactly(false, false, false, true);
        }
    }

    /** Returns a text with credentials that the server takes. */
    private static SipMessage authorized(SipProbe phone, String text) {
        SipMessage request =
                phone.request("MESSAGE", "sip:1012@127.0.0.1", "sip:1012@127.0.0.1")
                        .with("Content-Type", "text/plain")
                        .body(text);
        phone.send(request);
        return phone.withDigest(phone.again(request), phone.nextAnswer());
    }

    @Test
    void answersTwiceAndInAnotherOrder() {
        try (server;
                SipProbe alice = phone(server, "UDP", ALICE)) {
            SipMessage first = authorized(alice, "1");
            SipMessage second = authorized(alice, "2");
            server.next("MESSAGE", SipFault.reorder(), SipFault.duplicate());
            alice.send(first);
            alice.send(second);

            assertThat(List.of(alice.nextAnswer(), alice.nextAnswer(), alice.nextAnswer()))
                    .extracting(SipMessage::branch)
                    .containsExactly(second.branch(), first.branch(), second.branch());
        }
    }

    @Test
    void refusesInEachWayThatWasAskedFor() {
        try (server;
                SipProbe alice = phone(server, "UDP", ALICE)) {
            server.next(
                    "REGISTER",
                    SipFault.unavailable(Duration.ofSeconds(7)),
                    SipFault.intervalTooBrief(Duration.ofSeconds(90)),
                    SipFault.stale(),
                    SipFault.wrongRealm(),
                    SipFault.answer(480, "Temporarily Unavailable"));

            SipMessage busy = alice.register(60);
            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.get("Retry-After")).isEqualTo("7");
            SipMessage brief = alice.register(60);
            assertThat(brief.status()).isEqualTo(423);
            assertThat(brief.get("Min-Expires")).isEqualTo("90");
            assertThat(alice.register(60).get("WWW-Authenticate")).contains("stale=true");
            alice.send(alice.request("REGISTER", "sip:127.0.0.1", alice.self()));
            assertThat(alice.nextAnswer().get("WWW-Authenticate")).contains("\"elsewhere\"");
            assertThat(alice.register(60).status()).isEqualTo(480);
            assertThat(alice.register(60).status()).isEqualTo(200);
        }
    }

    @Test
    void aFaultForAllLastsUntilItIsHealed() {
        try (server;
                SipProbe alice = phone(server, "UDP", ALICE)) {
            server.always("REGISTER", SipFault.answer(500, "Server Internal Error"));
            assertThat(alice.register(60).status()).isEqualTo(500);
            assertThat(alice.register(60).status()).isEqualTo(500);
            server.heal();
            assertThat(alice.register(60).status()).isEqualTo(200);
        }
    }

    @Test
    void repeatsAnUnansweredTextByTheClockAndGivesUp() throws Exception {
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
        try (FakeSip slow = FakeSip.asterisk22(time);
                SipProbe alice = phone(slow, "UDP", ALICE)) {
            alice.register(60);
            alice.silent(true);
            CompletableFuture<SipMessage> answer =
                    slow.sendText("1012", "1011", "text/plain", "anybody there?");
            while (!answer.isDone()) {
                time.awaitPending(1);
                time.advanceToNext();
                slow.devices("1011");
            }
            assertThat(answer.get().status()).isEqualTo(408);
        }
    }

    @Test
    void registrationsAndNoncesRunOutByTheClock() {
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
        try (FakeSip slow = FakeSip.asterisk22(time);
                SipProbe alice = phone(slow, "UDP", ALICE)) {
            alice.register(60);
            SipMessage right = authorized(alice, "late");
            time.advance(Duration.ofSeconds(33));
            alice.send(right);
            assertThat(alice.nextAnswer().get("WWW-Authenticate")).contains("stale=true");
            assertThat(slow.devices("1011")).hasSize(1);
            time.advance(Duration.ofSeconds(27));
            assertThat(slow.devices("1011")).isEmpty();
        }
    }

    @Test
    void aDelayedAnswerWaitsForTheClock() {
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
        try (FakeSip slow = FakeSip.asterisk22(time);
                SipProbe alice = phone(slow, "UDP", ALICE)) {
            slow.next("OPTIONS", SipFault.delay(Duration.ofSeconds(5)));
            SipMessage late = alice.request("OPTIONS", "sip:127.0.0.1", "sip:127.0.0.1");
            alice.send(late);
            slow.awaitRequests("OPTIONS", 1);
            SipMessage early = alice.request("OPTIONS", "sip:127.0.0.1", "sip:127.0.0.1");
            alice.send(early);
            assertThat(alice.nextAnswer().branch()).isEqualTo(early.branch());
            time.advance(Duration.ofSeconds(5));
            assertThat(alice.nextAnswer().branch()).isEqualTo(late.branch());
        }
    }

    @Test
    void keepsAPathOnlyWhereItIsSupported() {
        try (server;
                SipProbe alice = phone(server, "UDP", ALICE)) {
            server.addExtension(SipExtension.of("1011", "secret-1011").withPath());
            SipMessage request =
                    alice.request("REGISTER", "sip:127.0.0.1", alice.self())
                            .with("Contact", "<" + alice.contact() + ">")
                            .with("Path", "<sip:127.0.0.1:9;lr>");
            assertThat(alice.exchange(request).get("Unsupported")).isEqualTo("path");
            SipMessage answer = alice.exchange(alice.again(request).with("Supported", "path"));
            assertThat(answer.get("Path")).isEqualTo("<sip:127.0.0.1:9;lr>");
            server.sendText("1012", "1011", "text/plain", "by way of");
            assertThat(alice.nextRequest().get("Route")).isEqualTo("<sip:127.0.0.1:9;lr>");
        }
    }

    @Test
    void tellsThoseWhoWatchAMailbox() {
        try (server;
                SipProbe alice = phone(server, "UDP", ALICE)) {
            server.addExtension(SipExtension.of("1011", "secret-1011").withMailbox());
            SipMessage answer =
                    alice.exchange(
                            alice.request("SUBSCRIBE", alice.self(), alice.self())
                                    .with("Contact", "<" + alice.contact() + ">")
                                    .with("Event", "message-summary")
                                    .with("Expires", "60"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(alice.nextRequest().text()).startsWith("Messages-Waiting: no");
            server.notifyWatchers(
                    "1011",
                    "message-summary",
                    "Messages-Waiting: yes\r\nVoice-Message: 2/1 (0/0)\r\n");
            assertThat(alice.nextRequest().text()).contains("2/1");
        }
    }

    @Test
    void losesTheSameDatagramsWithTheSameSeed() {
        List<Integer> once = survivors(7);
        assertThat(once).hasSizeBetween(30, 70).isEqualTo(survivors(7)).isNotEqualTo(survivors(8));
    }

    private static List<Integer> survivors(long seed) {
        try (FakeSip lossy = FakeSip.asterisk22();
                SipProbe alice = phone(lossy, "UDP", ALICE)) {
            lossy.unreliable(seed, 0.5, 0);
            for (int i = 0; i < 200; i++) {
                alice.send(
                        alice.request("ACK", "sip:127.0.0.1", "sip:127.0.0.1")
                                .with("X-Number", Integer.toString(i)));
            }
            lossy.awaitRequest(one -> number(one) >= 100);
            return lossy.requests("ACK").stream()
                    .map(FakeSipTest::number)
                    .filter(number -> number < 100)
                    .toList();
        }
    }

    private static int number(SeenRequest request) {
        return Integer.parseInt(request.message().get("X-Number"));
    }

    @Test
    void showsACertificateForAnotherHostOnRequest() throws Exception {
        try (server) {
            assertThat(handshake("HTTPS")).isTrue();
            server.wrongHost(true);
            assertThat(handshake("")).isTrue();
            assertThatThrownBy(() -> handshake("HTTPS")).hasMessageContaining("127.0.0.1");
        }
    }

    private boolean handshake(String check) throws IOException {
        try (SSLSocket socket =
                (SSLSocket)
                        trust(server)
                                .getSocketFactory()
                                .createSocket("127.0.0.1", server.tls().getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(check);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getSession().isValid();
        }
    }

    @Test
    void answersAsTheScriptSaysAndTellsWhatItCouldNotRead() {
        try (server;
                SipProbe alice = phone(server, "UDP", ALICE)) {
            server.answer(
                    "OPTIONS",
                    request ->
                            request.uri().contains("quiet")
                                    ? Optional.of(SipMessage.answer(486, "Busy Here"))
                                    : Optional.empty());
            alice.sendRaw("Good morning\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            alice.send(alice.request("OPTIONS", "sip:quiet@127.0.0.1", "sip:quiet@127.0.0.1"));
            SipMessage scripted = alice.nextAnswer();
            assertThat(scripted.status()).isEqualTo(486);
            assertThat(scripted.get("Call-ID")).isNotEmpty();
            alice.send(alice.request("OPTIONS", "sip:127.0.0.1", "sip:127.0.0.1"));
            assertThat(alice.nextAnswer().status()).isEqualTo(401);
            assertThat(server.unreadable()).containsExactly("Good morning\r\n\r\n");
        }
    }

    @Test
    void findsMessagesInAStreamHoweverItIsCut() {
        try (server;
                SipProbe alice = phone(server, "TCP", ALICE)) {
            byte[] all =
                    ("\r\n\r\n"
                                    + authorized(alice, "a").toString()
                                    + "\r\n"
                                    + authorized(alice, "b"))
                            .getBytes(StandardCharsets.UTF_8);
            for (byte octet : all) {
                alice.sendRaw(new byte[] {octet});
            }
            server.awaitTexts(2);
            assertThat(server.texts()).extracting(TakenText::text).containsExactly("a", "b");
        }
    }

    @Test
    void noThreadOutlivesIt() throws InterruptedException {
        server.close();
        Set<Thread> before = fakeThreads();
        FakeSip another = FakeSip.asterisk16();
        try (SipProbe alice = phone(another, "TLS", ALICE)) {
            alice.register(60);
        }
        Set<Thread> threads = fakeThreads();
        threads.removeAll(before);
        assertThat(threads).hasSizeGreaterThan(5);

        another.close();
        for (Thread thread : threads) {
            thread.join(5000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private static Set<Thread> fakeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fake-sip"))
                .collect(Collectors.toSet());
    }
}
