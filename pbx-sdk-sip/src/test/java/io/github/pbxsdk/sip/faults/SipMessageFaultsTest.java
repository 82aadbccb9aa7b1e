package io.github.pbxsdk.sip.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.MessageReceipt.Outcome;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sip.Registration;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipRejectedException;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SeenRequest;
import io.github.pbxsdk.testing.sip.SipFault;
import io.github.pbxsdk.testing.sip.SipMessage;
import io.github.pbxsdk.testing.sip.SipProbe;
import io.github.pbxsdk.testing.sip.TakenText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipMessageFaultsTest {

    private static final String ALICE = "1011";
    private static final String BOB = "1012";

    private static SipClient registered(FakeSip server, SipTransport transport) {
        SipClient sip = Clients.builder(server, transport).build();
        sip.register(ALICE, Clients.secret(ALICE));
        return sip;
    }

    private static MessageReceipt send(SipClient sip, Door door, String text) {
        TextMessage message = Clients.text(BOB, text);
        return door.ask(() -> sip.send(message), () -> sip.sendAsync(message));
    }

    @ParameterizedTest
    @EnumSource
    void acceptedIsNotDelivered(Door door) {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.UDP)) {
            assertThat(send(sip, door, "one").outcome()).isEqualTo(Outcome.ACCEPTED);
            server.answer("MESSAGE", request -> Optional.of(SipMessage.answer(200, "OK")));
            assertThat(send(sip, door, "two").outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(server.texts()).extracting(TakenText::text).containsExactly("one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedTextIsNotSentAgain(Door door) {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.UDP)) {
            server.next("MESSAGE", SipFault.answer(403, "Forbidden"));
            assertThatThrownBy(() -> send(sip, door, "no"))
                    .isInstanceOf(SipRejectedException.class)
                    .hasMessageContaining("403");
            sip.ping();
            assertThat(server.requests("MESSAGE")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStaleNonceDoesNotDoubleAText(Door door) {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.UDP)) {
            server.next("MESSAGE", SipFault.stale(), SipFault.stale());
            assertThat(send(sip, door, "once").outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(server.texts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void credentialsThatAreRefusedInBetweenEndInAFailure(Door door) {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.UDP)) {
            server.always("MESSAGE", SipFault.wrongRealm());
            assertThatThrownBy(() -> send(sip, door, "who am I")).isInstanceOf(PbxException.class);
            assertThat(server.requests("MESSAGE")).hasSizeLessThanOrEqualTo(3);
            assertThat(server.texts()).isEmpty();
        }
    }

    @Test
    void aLostAnswerIsAskedForAgainAndTheTextTakenOnce() {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.UDP)) {
            server.next("MESSAGE", SipFault.loseAnswer());
            assertThat(send(sip, Door.BLOCKING, "once").outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(server.texts()).hasSize(1);
            assertThat(server.requests("MESSAGE")).extracting(SeenRequest::repeated).contains(true);
        }
    }

    @Test
    void answersThatComeTwiceLateOrInAnotherOrderFindTheirTexts() {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.TCP)) {
            server.next(
                    "MESSAGE",
                    SipFault.reorder(),
                    SipFault.answer(486, "Busy Here"),
                    SipFault.duplicate());
            CompletableFuture<MessageReceipt> first = sip.sendAsync(Clients.text("1013", "a"));
            server.awaitRequests("MESSAGE", 1);
            CompletableFuture<MessageReceipt> second = sip.sendAsync(Clients.text("1014", "b"));
            assertThatThrownBy(second::join).hasCauseInstanceOf(SipRejectedException.class);
            assertThat(first.join().outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(send(sip, Door.BLOCKING, "c").outcome()).isEqualTo(Outcome.ACCEPTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void silenceMeansThatTheOutcomeIsUnknown(Door door) throws Exception {
        ManualTime time = Clients.time();
        try (PbxResources resources = PbxResources.builder().time(time).build();
                FakeSip server = FakeSip.asterisk22(time);
                SipClient sip = Clients.builder(server, resources).build()) {
            sip.register(ALICE, Clients.secret(ALICE));
            server.stall();
            CompletableFuture<MessageReceipt> sent =
                    CompletableFuture.supplyAsync(() -> send(sip, door, "anybody there?"));
            Clients.passUntilDone(time, sent);
            assertThatThrownBy(sent::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxTimeoutException.class,
                            failure -> assertThat(failure.mayHaveBeenSent()).isTrue());
            assertThat(server.requests("MESSAGE"))
                    .extracting(one -> one.message().branch())
                    .as("repeated, and never sent as another one")
                    .hasSizeGreaterThan(3)
                    .containsOnly(server.requests("MESSAGE").get(0).message().branch());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS", "WS", "WSS"})
    void aLossBehindTheFirstByteIsUnknownAndNotRepeated(SipTransport transport) {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, transport)) {
            server.next("MESSAGE", SipFault.cutAfter());
            assertThatThrownBy(() -> send(sip, Door.BLOCKING, "once or never"))
                    .isInstanceOfSatisfying(
                            PbxException.class,
                            failure -> assertThat(failure.mayHaveBeenSent()).isTrue());
            server.awaitRegistrations(ALICE, 2);
            assertThat(send(sip, Door.BLOCKING, "after that").outcome())
                    .isEqualTo(Outcome.ACCEPTED);
            assertThat(server.texts()).extracting(TakenText::text).doesNotHaveDuplicates();
        }
    }

    @Test
    void anUnavailableServerSaysWhenToComeAgain() {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.UDP)) {
            server.always("MESSAGE", SipFault.unavailable(Duration.ofMinutes(5)));
            assertThatThrownBy(() -> send(sip, Door.BLOCKING, "later"))
                    .isInstanceOfSatisfying(
                            SipRejectedException.class,
                            refusal ->
                                    assertThat(refusal.retryAfter())
                                            .contains(Duration.ofMinutes(5)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTextOfTheServerIsAnsweredAtOnceAndToldOnce(SipTransport transport) throws Exception {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, transport)) {
            Queue<String> told = new ConcurrentLinkedQueue<>();
            CountDownLatch released = new CountDownLatch(1);
            sip.onMessage(
                    message -> {
                        told.add(message.text());
                        released.await(10, TimeUnit.SECONDS);
                    });
            SipMessage repeated =
                    SipMessage.request("MESSAGE", server.devices(ALICE).get(0).uri())
                            .with("Via", "SIP/2.0/" + transport + " 127.0.0.1:9;branch=z9hG4bKsame")
                            .with("From", "<sip:1012@127.0.0.1>;tag=a")
                            .with("To", "<sip:1011@127.0.0.1>")
                            .with("Call-ID", "same")
                            .with("CSeq", "7 MESSAGE")
                            .with("Max-Forwards", "70")
                            .with("Content-Type", "text/plain")
                            .body("knock");
            server.sendRaw(ALICE, repeated.bytes());
            server.sendRaw(ALICE, repeated.bytes());
            SipMessage answer =
                    server.sendText(BOB, ALICE, "text/plain", "who is there?")
                            .get(10, TimeUnit.SECONDS);
            assertThat(answer.status()).as("answered while the listener waits").isEqualTo(200);
            released.countDown();
            await().until(() -> told.size() == 2);
            assertThat(told).containsExactly("knock", "who is there?");
        }
    }

    @Test
    void aTextIsRefusedWhereNobodyListensOrTheTypeIsStrange() throws Exception {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.UDP)) {
            assertThat(status(server, "text/plain")).isEqualTo(480);
            sip.onMessage(message -> {});
            assertThat(status(server, "text/plain")).isEqualTo(200);
            assertThat(status(server, "application/octet-stream")).isEqualTo(415);
        }
    }

    private static int status(FakeSip server, String type) throws Exception {
        return server.sendText(BOB, ALICE, type, "Hello").get(10, TimeUnit.SECONDS).status();
    }

    @Test
    void aServerThatAsksWhetherWeAreThereIsAnswered() throws Exception {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.WS)) {
            SipMessage alive = server.send(ALICE, "OPTIONS", it -> it).get(10, TimeUnit.SECONDS);
            assertThat(alive.status()).isEqualTo(200);
            assertThat(alive.get("Allow")).contains("MESSAGE");
            SipMessage strange = server.send(ALICE, "DANCE", it -> it).get(10, TimeUnit.SECONDS);
            assertThat(strange.status()).isIn(405, 501);
            assertThat(sip.registration(ALICE).isRegistered()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void overALossyNetworkEachTextIsAcceptedOnceOrUnknown(long seed) {
        ManualTime time = Clients.time();
        try (PbxResources resources = PbxResources.builder().time(time).build();
                FakeSip server = FakeSip.asterisk22(time);
                SipProbe bob = SipProbe.udp(server.udp(), Clients.secret(BOB));
                SipClient sip =
                        Clients.builder(server, resources).timeout(Duration.ofSeconds(2)).build()) {
            bob.register(600);
            sip.register(ALICE, Clients.secret(ALICE));
            server.unreliable(seed, 0.25, 0.2);
            Map<String, CompletableFuture<MessageReceipt>> sent = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                String text = "text " + i;
                sent.put(text, sip.sendAsync(Clients.text(Integer.toString(2000 + i % 150), text)));
            }
            CompletableFuture<Void> all =
                    CompletableFuture.allOf(sent.values().toArray(new CompletableFuture<?>[0]));
            // Two seconds are enough for three attempts, unless the machine stands still meanwhile.
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(2))
                    .until(
                            () -> {
                                time.advance(Duration.ofMillis(5));
                                return all.isDone();
                            });
            server.heal();
            sip.ping();

            Map<String, Long> taken =
                    server.texts().stream()
                            .collect(Collectors.groupingBy(TakenText::text, Collectors.counting()));
            assertThat(taken.values()).as("nothing is doubled").containsOnly(1L);
            sent.forEach((text, outcome) -> check(text, outcome, taken));
            long accepted = sent.values().stream().filter(SipMessageFaultsTest::isAccepted).count();
            assertThat(accepted).as("most get through").isGreaterThan(200);
        }
    }

    private static void check(
            String text, CompletableFuture<MessageReceipt> outcome, Map<String, Long> taken) {
        if (isAccepted(outcome)) {
            assertThat(outcome.join().outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(taken).as("accepted and never seen: " + text).containsKey(text);
        } else {
            assertThatThrownBy(outcome::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxException.class,
                            failure -> assertThat(failure.mayHaveBeenSent()).isTrue());
        }
    }

    private static boolean isAccepted(CompletableFuture<MessageReceipt> outcome) {
        return !outcome.isCompletedExceptionally();
    }

    @Test
    void whatCannotBeSentIsRefusedBeforeAnythingLeaves() {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = registered(server, SipTransport.UDP)) {
            assertThatThrownBy(() -> sip.send(Clients.text(BOB, "é".repeat(512))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(
                            () ->
                                    sip.send(
                                            TextMessage.to(Address.extension(BOB))
                                                    .text("x")
                                                    .putAttribute("X-Tag", "a\r\nEvil: b")
                                                    .build()))
                    .isInstanceOf(IllegalArgumentException.class);
            sip.ping();
            assertThat(server.requests("MESSAGE")).isEmpty();

            sip.send(Clients.text(BOB, "é".repeat(511)));
            byte[] taken = server.texts().get(0).text().getBytes(StandardCharsets.UTF_8);
            assertThat(taken).hasSize(1022);
        }
    }

    @Test
    void aLargeTextGoesToTheServerThatIsInUseNow() {
        try (FakeSip first = FakeSip.asterisk22();
                FakeSip second = FakeSip.asterisk22();
                SipClient sip = between(first, second)) {
            Registration registration = sip.register(ALICE, Clients.secret(ALICE));
            sip.send(Clients.text(BOB, "1".repeat(1000)));
            first.always("REGISTER", SipFault.answer(503, "Service Unavailable"));
            assertThatThrownBy(registration::reset).isInstanceOf(SipRejectedException.class);
            second.awaitRegistered(ALICE);
            await().until(registration::isRegistered);

            sip.send(Clients.text(BOB, "2".repeat(1000)));
            assertThat(second.texts())
                    .extracting(TakenText::text)
                    .containsExactly("2".repeat(1000));
            assertThat(second.requests("MESSAGE"))
                    .extracting(SeenRequest::transport)
                    .containsOnly("TCP");
            assertThat(first.texts()).extracting(TakenText::text).containsExactly("1".repeat(1000));
        }
    }

    @Test
    void aLargeTextWaitsForItsAnswerAsLongAsAnyOther() throws Exception {
        ManualTime time = Clients.time();
        try (PbxResources resources = PbxResources.builder().time(time).build();
                FakeSip server = FakeSip.asterisk22(time);
                SipClient sip =
                        Clients.builder(server, resources).timeout(Duration.ofMinutes(5)).build()) {
            sip.register(ALICE, Clients.secret(ALICE));
            server.next("MESSAGE", SipFault.delay(Duration.ofSeconds(31)));
            CompletableFuture<MessageReceipt> sent =
                    sip.sendAsync(Clients.text(BOB, "x".repeat(1000)));
            server.awaitTexts(1);

            Clients.passUntilDone(time, sent);
            assertThat(sent).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    private static SipClient between(FakeSip... servers) {
        return SipClient.builder()
                .servers(
                        Stream.of(servers)
                                .map(one -> new HostAndPort("127.0.0.1", one.udp().getPort()))
                                .toList())
                .reconnect(ReconnectOptions.defaults().firstDelay(Duration.ofMillis(20)))
                .build();
    }
}
