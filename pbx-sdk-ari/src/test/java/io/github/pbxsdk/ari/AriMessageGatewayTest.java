package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.GatewayLimits.Feature;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.AriRequest;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AriMessageGatewayTest {

    private static final String SEND = "PUT /endpoints/sendMessage";

    private final FakeAri server = FakeAri.asterisk22();
    private final AriClient ari =
            TestClients.builder(server).application("second").eventSource("endpoint:PJSIP").build();
    private final AriMessageGateway texts =
            AriMessageGateway.builder(ari).domain("pbx.example.com").build();

    @AfterEach
    void close() {
        ari.close();
        server.close();
    }

    private static TextMessage.Builder toReception(String text) {
        return TextMessage.to(Address.extension("102")).from(Address.extension("600")).text(text);
    }

    @Nested
    class Sending {

        private void answerDone() {
            server.answer(SEND, request -> AriReply.done());
        }

        private AriRequest sent() {
            return server.awaitRequest(request -> request.path().equals("/endpoints/sendMessage"));
        }

        @ParameterizedTest
        @EnumSource
        void sendsTheTextAsItIs(Door door) {
            answerDone();
            TextMessage message =
                    toReception("größer,\r\n\"2+2\" 😀").putAttribute("X-Door", "4,5").build();
            MessageReceipt receipt =
                    door.ask(() -> texts.send(message), () -> texts.sendAsync(message));

            assertThat(receipt.outcome()).isEqualTo(MessageReceipt.Outcome.ACCEPTED);
            assertThat(receipt.words()).isEqualTo("204");
            AriObject body = AriObject.parse(sent().body());
            assertThat(body.text("to")).isEqualTo("pjsip:102");
            assertThat(body.text("from")).isEqualTo("sip:600@pbx.example.com");
            assertThat(body.text("body")).isEqualTo("größer,\r\n\"2+2\" 😀");
            assertThat(body.object("variables").text("X-Door")).isEqualTo("4,5");
        }

        @Test
        void addressesOfSipGoOutAsTheyAre() {
            answerDone();
            texts.send(
                    TextMessage.to(Address.unparsed("pjsip:trunk/sip:+15550100@carrier.example"))
                            .from(Address.sip("sip:front-desk@pbx.example.com"))
                            .text("x")
                            .build());

            AriObject body = AriObject.parse(sent().body());
            assertThat(body.text("to")).isEqualTo("pjsip:trunk/sip:+15550100@carrier.example");
            assertThat(body.text("from")).isEqualTo("sip:front-desk@pbx.example.com");
        }

        @Test
        void needsASenderUnlessItHasOne() {
            answerDone();
            TextMessage anonymous = TextMessage.to(Address.extension("102")).text("x").build();

            assertThatThrownBy(() -> texts.sendAsync(anonymous))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from(...)");
            assertThat(server.requests()).isEmpty();
            AriMessageGateway.builder(ari).from(Address.extension("600")).build().send(anonymous);
            assertThat(AriObject.parse(sent().body()).text("from")).isEqualTo("sip:600@127.0.0.1");
        }

        @Test
        void whatWouldBeginALineOfSipIsRefusedBeforeItIsSent() {
            for (TextMessage message :
                    List.of(
                            toReception("").build(),
                            toReception("x").putAttribute("X-Door", "4\r\nX-Y: 5").build(),
                            toReception("x").putAttribute("X\r\nDoor", "4").build(),
                            toReception("x").from(Address.unparsed("sip:a\r\n@b")).build(),
                            TextMessage.to(Address.unparsed("pjsip:102\r\nX: y"))
                                    .from(Address.extension("600"))
                                    .text("x")
                                    .build())) {
                assertThatThrownBy(() -> texts.sendAsync(message))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void aRefusalSaysThatNothingWasSent() {
            server.answer(SEND, request -> AriReply.refused(404, "Endpoint not found"));

            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> texts.send(toReception("x").build()))
                    .satisfies(e -> assertThat(e.mayHaveBeenSent()).isFalse());
        }

        @Test
        void silenceIsNoRefusalAndNothingIsSentTwice() {
            server.slow(Duration.ofSeconds(20));
            ManualTime time = ManualTime.startingAt(Instant.EPOCH);
            Duration timeout = Duration.ofSeconds(2);
            try (PbxResources resources = PbxResources.builder().time(time).build();
                    AriClient client =
                            TestClients.builder(server)
                                    .timeout(timeout)
                                    .resources(resources)
                                    .build()) {
                CompletableFuture<MessageReceipt> receipt =
                        AriMessageGateway.builder(client)
                                .build()
                                .sendAsync(toReception("x").build());
                sent();
                time.advance(timeout);

                assertThatThrownBy(receipt::join)
                        .cause()
                        .isInstanceOfSatisfying(
                                PbxTimeoutException.class,
                                e -> assertThat(e.mayHaveBeenSent()).isTrue());
                assertThat(server.requests()).hasSize(1);
            }
        }

        @Test
        void carriersAreNotReached() {
            TextMessage message =
                    TextMessage.to(Address.phone("+15550100"))
                            .from(Address.extension("600"))
                            .text("x")
                            .build();

            assertThat(texts.limits().objection(message)).isPresent();
        }
    }

    @Nested
    class Receiving {

        private final BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
        private final BlockingQueue<GapEvent> gaps = new LinkedBlockingQueue<>();

        private void listen() {
            texts.subscribe(
                    new FeedListener<>() {
                        @Override
                        public void onEvent(TextMessage message) {
                            received.add(message);
                        }

                        @Override
                        public void onGap(GapEvent gap) {
                            gaps.add(gap);
                        }
                    });
            ari.connect();
        }

        private void emit(String application, String resource, String from, String cseq) {
            server.emit(
                    """
                    {"type":"TextMessageReceived","timestamp":"2026-11-21T00:13:43.829+0000",\
                    "endpoint":{"technology":"PJSIP","resource":"%s","channel_ids":[]},"message":\
                    {"from":"%s","to":"pjsip:600@127.0.0.1","body":"text of %s","variables":\
                    {"Call-ID":"a5fd","CSeq":"%s","Authorization":"Digest response=0123abcd"}},\
                    "application":"%s"}"""
                            .formatted(resource, from, cseq, cseq, application));
        }

        private TextMessage next() {
            try {
                TextMessage next = received.poll(10, TimeUnit.SECONDS);
                assertThat(next).isNotNull();
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }

        @Test
        void readsTheEventAndLeavesOutTheProofOfThePassword() {
            listen();
            emit("demo", "101", "\\\"Alice\\\" <sip:101@127.0.0.1>", "2 MESSAGE");

            TextMessage message = next();
            assertThat(message.text()).isEqualTo("text of 2 MESSAGE");
            assertThat(message.from()).contains(Address.extension("101"));
            assertThat(message.to()).containsExactly(Address.extension("600"));
            assertThat(message.id().orElseThrow().value()).isEqualTo("a5fd 2 MESSAGE");
            assertThat(message.sentAt()).isPresent();
            assertThat(message.via()).contains(texts.name());
            assertThat(message.raw().find("Call-ID")).contains("a5fd");
            assertThat(message.raw().find("Authorization")).isEmpty();
        }

        @Test
        void aSenderWhomTheServerDoesNotKnowStaysAsItIsWritten() {
            listen();
            emit("demo", "trunk", "<sip:+15550100@carrier.example>", "1 MESSAGE");
            emit("demo", "trunk", "somebody", "2 MESSAGE");

            assertThat(next().from()).contains(Address.sip("sip:+15550100@carrier.example"));
            assertThat(next().from()).contains(Address.unparsed("somebody"));
        }

        @Test
        void whatTwoApplicationsHearIsToldOnce() {
            listen();
            emit("demo", "101", "<sip:101@127.0.0.1>", "2 MESSAGE");
            emit("second", "101", "<sip:101@127.0.0.1>", "2 MESSAGE");
            emit("demo", "101", "<sip:101@127.0.0.1>", "3 MESSAGE");

            assertThat(next().text()).isEqualTo("text of 2 MESSAGE");
            assertThat(next().text()).isEqualTo("text of 3 MESSAGE");
        }

        @Test
        void anAnswerGoesBackToTheSender() {
            server.answer(SEND, request -> AriReply.done());
            listen();
            emit("demo", "101", "<sip:101@127.0.0.1>", "2 MESSAGE");
            texts.send(next().reply("noted").build());

            AriRequest sent = server.awaitRequest(request -> request.method().equals("PUT"));
            assertThat(AriObject.parse(sent.body()).text("to")).isEqualTo("pjsip:101");
        }

        @Test
        void tellsGaps() throws InterruptedException {
            listen();
            server.cut();

            assertThat(gaps.poll(10, TimeUnit.SECONDS)).isNotNull();
        }

        @Test
        void saysWhenItOnlySends() {
            try (AriClient deaf = TestClients.builder(server).build()) {
                AriMessageGateway gateway = AriMessageGateway.builder(deaf).build();

                assertThat(gateway.limits().features()).doesNotContain(Feature.RECEIVE);
                assertThatThrownBy(() -> gateway.subscribe(message -> {}))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("eventSource(\"endpoint:PJSIP\")");
            }
            assertThat(texts.limits().features()).contains(Feature.RECEIVE);
        }
    }
}
