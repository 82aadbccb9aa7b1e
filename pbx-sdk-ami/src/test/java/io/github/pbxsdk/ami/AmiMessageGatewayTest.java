package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmiMessageGatewayTest {

    private final FakeAmi server = FakeAmi.asterisk16();
    private final AmiClient ami = TestClients.connect(server);
    private final AmiMessageGateway texts =
            AmiMessageGateway.builder(ami).domain("pbx.example.com").build();

    @AfterEach
    void stop() {
        ami.close();
        server.close();
    }

    private static TextMessage.Builder toReception(String text) {
        return TextMessage.to(Address.extension("102")).from(Address.extension("600")).text(text);
    }

    private AmiMessage sent() {
        return server.awaitAction(action -> action.get("Action").equals("MessageSend"));
    }

    private void answerSuccess() {
        server.answer(
                "MessageSend",
                AmiMessage.of("Response", "Success", "Message", "Message successfully sent"));
    }

    @Nested
    class Sending {

        @ParameterizedTest
        @EnumSource
        void sendsAPlainLineAsItIs(Door door) {
            answerSuccess();
            TextMessage message = toReception("Door 4 is open: now!").build();
            MessageReceipt receipt =
                    door == Door.BLOCKING
                            ? texts.send(message)
                            : Futures.await(texts.sendAsync(message));

            assertThat(receipt.outcome()).isEqualTo(MessageReceipt.Outcome.ACCEPTED);
            assertThat(receipt.words()).isEqualTo("Message successfully sent");
            assertThat(sent().lines().subList(2, sent().lines().size()))
                    .extracting(line -> line.name() + "=" + line.value())
                    .containsExactlyInAnyOrder(
                            "To=pjsip:102",
                            "From=sip:600@pbx.example.com",
                            "Body=Door 4 is open: now!");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "two\nlines",
                    "two\r\n\r\nEvent: Hangup",
                    " blank before",
                    "blank behind ",
                    "größer",
                    "😀",
                    "\u0000"
                })
        void sendsEverythingElseInBase64(String text) {
            answerSuccess();
            texts.send(toReception(text).build());

            assertThat(sent().find("Body")).isEmpty();
            assertThat(Base64.getDecoder().decode(sent().get("Base64Body")))
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void takesAsMuchAsALineHolds() {
            answerSuccess();
            texts.send(toReception("ä".repeat(378)).build());

            assertThat(sent().get("Base64Body")).hasSize(1008);
            assertThatThrownBy(() -> texts.sendAsync(toReception("x".repeat(757)).build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("756");
            assertThatThrownBy(() -> texts.sendAsync(toReception("").build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("empty");
        }

        @Test
        void attributesBecomeHeaders() {
            answerSuccess();
            texts.send(toReception("x").putAttribute("X-Door", "4,5").build());

            assertThat(sent().get("Variable")).isEqualTo("X-Door=4\\,5");
        }

        @Test
        void lineBreaksGetNowhere() {
            for (TextMessage message :
                    List.of(
                            toReception("x").putAttribute("X-Door", "4\r\nBody: y").build(),
                            TextMessage.to(Address.unparsed("pjsip:102\r\nBody: y"))
                                    .from(Address.extension("600"))
                                    .text("x")
                                    .build(),
                            toReception("x").from(Address.unparsed("a\nBody: y")).build())) {
                assertThatThrownBy(() -> texts.send(message))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(server.actions())
                    .extracting(action -> action.get("Action"))
                    .doesNotContain("MessageSend");
        }

        @Test
        void aRefusalSaysThatNothingWasSent() {
            server.answer(
                    "MessageSend",
                    AmiMessage.of("Response", "Error", "Message", "Message failed to send."));

            assertThatThrownBy(() -> texts.send(toReception("x").build()))
                    .isInstanceOfSatisfying(
                            AmiRejectedException.class,
                            e -> {
                                assertThat(e.mayHaveBeenSent()).isFalse();
                                assertThat(e).hasMessageContaining("Message failed to send.");
                            });
        }

        @Test
        void silenceIsNoRefusalAndNothingIsSentTwice() {
            ManualTime time = ManualTime.startingAt(Instant.EPOCH);
            Duration deadline = Duration.ofMillis(300);
            try (PbxResources resources = PbxResources.builder().time(time).build();
                    AmiClient client = TestClients.builder(server).resources(resources).build()) {
                client.connect();
                server.stall();
                CompletableFuture<MessageReceipt> receipt =
                        AmiMessageGateway.builder(client.with(CallOptions.deadline(deadline)))
                                .build()
                                .sendAsync(toReception("x").build());
                sent();
                time.advance(deadline);

                assertThatThrownBy(() -> receipt.get(10, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOfSatisfying(
                                PbxTimeoutException.class,
                                e -> assertThat(e.mayHaveBeenSent()).isTrue());
                assertThat(server.actions())
                        .filteredOn(action -> action.get("Action").equals("MessageSend"))
                        .hasSize(1);
            }
        }

        @Test
        void needsASenderUnlessItHasOne() {
            TextMessage anonymous = TextMessage.to(Address.extension("102")).text("x").build();
            assertThatThrownBy(() -> texts.sendAsync(anonymous))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from(...)");

            answerSuccess();
            AmiMessageGateway named =
                    AmiMessageGateway.builder(ami)
                            .from(Address.sip("sip:bot@a.example.com"))
                            .build();
            named.send(anonymous);
            assertThat(sent().get("From")).isEqualTo("sip:bot@a.example.com");
        }

        @Test
        void carriersAreNotReached() {
            assertThatThrownBy(
                            () ->
                                    texts.sendAsync(
                                            TextMessage.to(Address.phone("+61491570156"))
                                                    .from(Address.extension("600"))
                                                    .text("x")
                                                    .build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PHONE_NUMBER");
        }
    }

    @Nested
    class Receiving {

        private final BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
        private final BlockingQueue<AmiText> all = new LinkedBlockingQueue<>();
        private final BlockingQueue<GapEvent> gaps = new LinkedBlockingQueue<>();
        private final Subscription subscription = texts.subscribe(listener());
        private final Subscription everything = texts.subscribeToAll(all::add);

        private FeedListener<TextMessage> listener() {
            return new FeedListener<>() {
                @Override
                public void onEvent(TextMessage message) {
                    received.add(message);
                }

                @Override
                public void onGap(GapEvent gap) {
                    gaps.add(gap);
                }
            };
        }

        private static <T> T next(BlockingQueue<T> queue) {
            try {
                T next = queue.poll(5, TimeUnit.SECONDS);
                assertThat(next).isNotNull();
                return next;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private static String base64(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        private void dialplan(String id, String... more) {
            AmiMessage event =
                    AmiMessage.of(
                            "Event",
                            "UserEvent",
                            "Privilege",
                            "user,all",
                            "Channel",
                            "Message/ast_msg_queue",
                            "UserEvent",
                            "sdk-message");
            event = event.with("phase", "in").with("id", id);
            for (int i = 0; i < more.length; i += 2) {
                event = event.with(more[i], more[i + 1]);
            }
            server.emit(event);
        }

        @Test
        void readsTheEventOfTheDialplan() {
            String text = "two\r\nlines, größer 😀";
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64(text));

            TextMessage message = next(received);
            assertThat(message.text()).isEqualTo(text);
            assertThat(message.from()).contains(Address.extension("1001"));
            assertThat(message.to()).containsExactly(Address.extension("600"));
            assertThat(message.id().orElseThrow().value()).isEqualTo("1-1");
            assertThat(message.attributes()).isEmpty();
            assertThat(message.raw().find("channel")).contains("Message/ast_msg_queue");
            assertThat(next(all).suspicion()).isEmpty();
        }

        @Test
        void anAnswerGoesBackToTheSender() {
            answerSuccess();
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64("ping"));
            texts.send(next(received).reply("pong").build());

            assertThat(sent().get("To")).isEqualTo("pjsip:1001");
            assertThat(sent().get("From")).isEqualTo("sip:600@pbx.example.com");
        }

        @Test
        void whatComesAgainIsToldOnceAndMarked() {
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64("one"));
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64("one"));
            dialplan("1-2", "from", "1001", "to", "600", "body64", base64("one"));

            assertThat(next(received).id().orElseThrow().value()).isEqualTo("1-1");
            assertThat(next(received).id().orElseThrow().value()).isEqualTo("1-2");
            assertThat(List.of(next(all), next(all), next(all)))
                    .extracting(AmiText::isRepeat)
                    .containsExactly(false, true, false);
        }

        @Test
        void anotherTextUnderAUsedIdIsToldAndFlagged() {
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64("one"));
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64("two"));

            next(received);
            assertThat(next(received).attributes().get(AmiMessageGateway.SUSPICION))
                    .contains("another text had its id");
        }

        @Test
        void aSentTextIsNoArrival() {
            server.emit(
                    "Event",
                    "UserEvent",
                    "Privilege",
                    "user,all",
                    "Channel",
                    "Message/x",
                    "UserEvent",
                    "sdk-message",
                    "phase",
                    "sent",
                    "id",
                    "1-1",
                    "from",
                    "1001",
                    "to",
                    "1002",
                    "status",
                    "FAILURE",
                    "body64",
                    base64("x"));
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64("after"));

            AmiText text = next(all);
            assertThat(text.kind()).isEqualTo(AmiText.Kind.SENT);
            assertThat(text.status()).isEqualTo("FAILURE");
            assertThat(next(received).text()).isEqualTo("after");
        }

        @Test
        void trafficHasWhatWasReceivedAndSentEachOnce() {
            BlockingQueue<TextMessage> traffic = new LinkedBlockingQueue<>();
            texts.subscribeToTraffic(traffic::add);
            for (String name :
                    List.of("sms-deleted", "sms-outbound", "sms-outbound", "sms-inbound")) {
                server.emit(
                        AmiMessage.of("Event", "UserEvent", "Privilege", "user,all")
                                .with("UserEvent", name)
                                .with("id", "17")
                                .with("from", "61491570110")
                                .with("to", "61491570156")
                                .with("message", "\"Hello\""));
            }

            assertThat(List.of(next(traffic), next(traffic)))
                    .extracting(TextMessage::direction)
                    .containsExactly(TextMessage.Direction.OUTBOUND, TextMessage.Direction.INBOUND);
            assertThat(traffic).isEmpty();
        }

        @Test
        void readsTheEventsOfFreePbx() {
            for (String name : List.of("sms-inbound", "sms-outbound", "sms-deleted")) {
                server.emit(
                        "Event",
                        "UserEvent",
                        "Privilege",
                        "user,all",
                        "UserEvent",
                        name,
                        "id",
                        "17",
                        "to",
                        "61491570157",
                        "from",
                        "61491570156",
                        "cnam",
                        "Clinic",
                        "message",
                        "\"Line 1\\nLine \\u00e4\"",
                        "time",
                        "1700000000",
                        "adaptor",
                        "Twilio",
                        "threadid",
                        "t-1");
            }

            TextMessage message = next(received);
            assertThat(message.text()).isEqualTo("Line 1\nLine ä");
            assertThat(message.from()).contains(Address.phone("+61491570156"));
            assertThat(message.to()).containsExactly(Address.phone("+61491570157"));
            assertThat(message.thread()).contains("t-1");
            assertThat(message.raw().find("adaptor")).contains("Twilio");
            assertThat(message.attributes()).isEmpty();
            assertThat(List.of(next(all), next(all), next(all)))
                    .extracting(AmiText::kind)
                    .containsExactly(
                            AmiText.Kind.RECEIVED, AmiText.Kind.SENT, AmiText.Kind.DELETED);
        }

        @Test
        void readsWhatAProxySends() {
            server.emit(
                    "Event",
                    "MessageReceived",
                    "Privilege",
                    "message,all",
                    "From",
                    "\"<sip:9@x>\" <sip:1001@pbx.example.com>",
                    "To",
                    "pjsip:600",
                    "Body",
                    "hello");

            TextMessage message = next(received);
            assertThat(message.text()).isEqualTo("hello");
            assertThat(message.from()).contains(Address.sip("sip:1001@pbx.example.com"));
            assertThat(message.to()).containsExactly(Address.unparsed("pjsip:600"));
        }

        @Test
        void flagsWhatLooksForged() {
            dialplan("1", "from", "1001", "from", "1002", "to", "600", "body64", base64("x"));
            dialplan("2", "from", "1001", "to", "600", "body", "raw");
            dialplan("3", "from", "1001", "to", "600", "body64", "not base64!");
            server.emit(
                    "Event",
                    "UserEvent",
                    "UserEvent",
                    "sdk-message",
                    "Privilege",
                    "user,all",
                    "id",
                    "4",
                    "from",
                    "1001",
                    "to",
                    "600",
                    "body64",
                    base64("x"));

            assertThat(next(all).suspicion().orElseThrow()).contains("from more than once");
            assertThat(next(all).suspicion().orElseThrow()).contains("not in base64");
            assertThat(next(all).suspicion().orElseThrow()).contains("body64 is not base64");
            assertThat(next(all).suspicion().orElseThrow())
                    .contains("does not begin as", "no channel");
            assertThat(next(received).attributes()).containsKey(AmiMessageGateway.SUSPICION);
        }

        @Test
        void tellsGapsInTheirPlace() {
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64("before"));
            next(received);
            server.cut();

            assertThat(next(gaps).cause()).isEqualTo(GapEvent.Cause.CONNECTION);
            dialplan("1-2", "from", "1001", "to", "600", "body64", base64("after"));
            assertThat(next(received).text()).isEqualTo("after");
        }

        @Test
        void tellsNothingAfterClosing() {
            subscription.close();
            dialplan("1-1", "from", "1001", "to", "600", "body64", base64("x"));
            next(all);
            everything.close();

            assertThat(received).isEmpty();
        }
    }

    @Test
    void takesOtherNames() {
        BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
        AmiMessageGateway.builder(ami)
                .userEvents(List.of("Clinic-Text"))
                .base64Headers(List.of("t64"))
                .build()
                .subscribe(received::add);
        server.emit(
                "Event",
                "UserEvent",
                "Privilege",
                "user,all",
                "Channel",
                "Message/x",
                "UserEvent",
                "clinic-text",
                "from",
                "1001",
                "to",
                "600",
                "t64",
                "aGk=");

        assertThat(Receiving.next(received).text()).isEqualTo("hi");
    }

    @Test
    void saysWhenItOnlySends() {
        try (AmiClient deaf =
                TestClients.builder(server).eventMask(EnumSet.of(AmiEventClass.CALL)).build()) {
            AmiMessageGateway gateway = AmiMessageGateway.builder(deaf).build();

            assertThat(gateway.limits().features()).doesNotContain(GatewayLimits.Feature.RECEIVE);
            assertThatThrownBy(() -> gateway.subscribe(message -> {}))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("AmiEventClass.USER");
        }
    }
}
