package io.github.pbxsdk.sms;

import static io.github.pbxsdk.sms.NotingProvider.no;
import static io.github.pbxsdk.sms.NotingProvider.unknown;
import static io.github.pbxsdk.sms.NotingProvider.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.FailoverSms;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The next road is taken only when the one before certainly did not send. */
class FailoverSmsTest {

    private static final String ANN = "+61491570156";
    private static final TextMessage TEXT =
            TextMessage.to(Address.phone(ANN)).text("See you tomorrow").build();

    private static final Address RECEPTION = Address.phone("+61491570110");
    private static final Address SURGERY = Address.phone("+61491570159");

    private final NotingProvider first = new NotingProvider("first");
    private final NotingProvider second = new NotingProvider("second");

    private SmsClient client() {
        return SmsClient.builder()
                .provider(FailoverSms.builder("clinic").add(first).add(second).build())
                .retry(RetryPolicy.none())
                .build();
    }

    static Stream<Arguments> certainlyNotSent() {
        return Stream.of(
                Arguments.of(unreachable()),
                Arguments.of(new PbxAuthenticationException("who are you")),
                Arguments.of(no(Kind.INSUFFICIENT_FUNDS)),
                Arguments.of(no(Kind.INVALID_SENDER)),
                Arguments.of(no(Kind.RATE_LIMITED)),
                Arguments.of(no(Kind.UNSUPPORTED)));
    }

    @ParameterizedTest
    @MethodSource("certainlyNotSent")
    void itGoesOnWhenTheFirstCertainlyDidNotSend(PbxException failure) {
        first.answering(ANN, failure);
        try (SmsClient sms = client()) {
            SendResult sent = sms.messages().send(TEXT);

            assertThat(second.taken).containsExactly(ANN);
            assertThat(sent.origin()).hasValue(second.origin());
        }
    }

    @Test
    void whenNobodyKnowsItDoesNotGoOnNotEvenWithTheNextCall() {
        first.answering(ANN, unknown());
        try (SmsClient sms = client()) {
            Messages once = sms.with(CallOptions.idempotencyKey("appointment-1214")).messages();

            assertThatThrownBy(() -> once.send(TEXT))
                    .isInstanceOfSatisfying(
                            PbxException.class,
                            failure -> assertThat(failure.mayHaveBeenSent()).isTrue());
            assertThatThrownBy(() -> once.send(TEXT)).isInstanceOf(PbxException.class);
            assertThat(first.asked).hasSize(1);
            assertThat(second.asked).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"INVALID_RECIPIENT", "OPTED_OUT", "CONTENT", "PROVIDER_ERROR", "OTHER"})
    void aNoAboutTheRecipientOrTheContentIsNotTakenElsewhere(Kind kind) {
        first.answering(ANN, no(kind));
        try (SmsClient sms = client()) {
            assertThatThrownBy(() -> sms.messages().send(TEXT))
                    .isInstanceOf(SmsRejectedException.class);
            assertThat(second.asked).isEmpty();
        }
    }

    @Test
    void theLastFailureCountsAndTheOthersAreWithIt() {
        first.answering(ANN, no(Kind.INSUFFICIENT_FUNDS));
        second.answering(ANN, unreachable());
        try (SmsClient sms = client()) {
            assertThatThrownBy(() -> sms.messages().send(TEXT))
                    .hasMessageContaining("reached")
                    .satisfies(
                            failure ->
                                    assertThat(failure.getSuppressed())
                                            .anyMatch(SmsRejectedException.class::isInstance));
        }
    }

    @Test
    void whoCannotSendSuchATextIsPassedOver() {
        TextMessage long6 = TEXT.toBuilder().text("x".repeat(160 * 6)).build();
        FailoverSms chain =
                FailoverSms.builder("clinic")
                        .add(first)
                        .add(TestProviders.twilio("http://127.0.0.1:9"))
                        .build();
        try (SmsClient sms =
                SmsClient.builder().provider(chain).retry(RetryPolicy.none()).build()) {
            assertThatThrownBy(() -> sms.messages().send(long6))
                    .as("no sender for Twilio, too long for the first")
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("first: ")
                    .hasMessageContaining("twilio: ");
            assertThat(first.asked).isEmpty();
        }
    }

    @Test
    void eachRoadCanHaveASenderOfItsOwn() {
        first.answering(ANN, unreachable());
        FailoverSms chain =
                FailoverSms.builder("clinic")
                        .add(first)
                        .add(second, Address.phone("+61491570110"))
                        .build();
        try (SmsClient sms =
                SmsClient.builder()
                        .provider(chain)
                        .sender(Address.senderName("MyClinic"))
                        .retry(RetryPolicy.none())
                        .build()) {
            sms.messages().send(TEXT);

            assertThat(first.asked.get(0).message().from())
                    .hasValue(Address.senderName("MyClinic"));
            assertThat(second.asked.get(0).message().from())
                    .hasValue(Address.phone("+61491570110"));
        }
    }

    @Test
    void nobodyIsSentToByASenderWhomHeStopped() {
        first.answering(ANN, unreachable());
        try (StateStore store = StateStore.inMemory();
                SmsClient sms = clientOfTwoNumbers(stopped(store, SURGERY))) {
            assertThatThrownBy(() -> sms.messages().send(TEXT)).hasMessageContaining("reached");
            assertThat(first.asked).hasSize(1);
            assertThat(second.asked).isEmpty();

            sms.messages().send(TEXT);
            assertThat(first.taken).containsExactly(ANN);
        }
    }

    @Test
    void whoStoppedTheSenderOfOneRoadHasNotStoppedTheOther() {
        try (StateStore store = StateStore.inMemory();
                SmsClient sms = clientOfTwoNumbers(stopped(store, RECEPTION))) {
            sms.messages().send(TEXT);

            assertThat(first.asked).isEmpty();
            assertThat(second.taken).containsExactly(ANN);
        }
    }

    @Test
    void whoStoppedTheSendersOfAllRoadsIsSentNothing() {
        try (StateStore store = StateStore.inMemory();
                SmsClient sms = clientOfTwoNumbers(stopped(store, RECEPTION, SURGERY))) {
            assertThatThrownBy(() -> sms.messages().send(TEXT))
                    .isInstanceOfSatisfying(
                            SmsRejectedException.class,
                            no -> assertThat(no.kind()).isEqualTo(Kind.OPTED_OUT));
            assertThat(first.asked).isEmpty();
            assertThat(second.asked).isEmpty();
        }
    }

    @Test
    void aRoadThatCanNotSendItIsNoWayAroundAWish() {
        NotingProvider pictures =
                new NotingProvider("pictures") {
                    @Override
                    public SmsCapabilities capabilities() {
                        return SmsCapabilities.builder().maxMedia(1).build();
                    }
                };
        TextMessage picture =
                TEXT.toBuilder()
                        .addMedia(MediaItem.of(URI.create("https://example.org/plan.png")))
                        .build();
        FailoverSms chain =
                FailoverSms.builder("clinic").add(pictures, RECEPTION).add(second, SURGERY).build();
        try (StateStore store = StateStore.inMemory();
                SmsClient sms =
                        SmsClient.builder()
                                .provider(chain)
                                .optOuts(stopped(store, RECEPTION))
                                .build()) {
            assertThatThrownBy(() -> sms.messages().send(picture))
                    .isInstanceOfSatisfying(
                            SmsRejectedException.class,
                            no -> assertThat(no.kind()).isEqualTo(Kind.OPTED_OUT));
            assertThat(pictures.asked).isEmpty();
            assertThat(second.asked).isEmpty();
        }
    }

    @Test
    void theNoOfAProviderIsAboutTheSenderOfItsRoadWhereThatIsKnown() {
        first.answering(ANN, no(Kind.OPTED_OUT), no(Kind.OPTED_OUT));
        try (StateStore store = StateStore.inMemory()) {
            OptOuts optOuts = stopped(store, SURGERY);
            try (SmsClient sms = clientOfTwoNumbers(optOuts)) {
                assertThatThrownBy(() -> sms.messages().send(TEXT))
                        .isInstanceOf(SmsRejectedException.class);
            }
            assertThat(optOuts.isOptedOut(RECEPTION, Address.phone(ANN))).isTrue();
            assertThat(optOuts.isOptedOut(Address.phone("+61491570158"), Address.phone(ANN)))
                    .isFalse();
        }
        try (StateStore store = StateStore.inMemory()) {
            OptOuts optOuts = stopped(store);
            try (SmsClient sms = clientOfTwoNumbers(optOuts)) {
                assertThatThrownBy(() -> sms.messages().send(TEXT))
                        .isInstanceOf(SmsRejectedException.class);
            }
            assertThat(optOuts.isOptedOut(SURGERY, Address.phone(ANN)))
                    .as("it can have been any")
                    .isTrue();
        }
    }

    private static OptOuts stopped(StateStore store, Address... ours) {
        OptOuts optOuts = OptOuts.builder().store(store).perNumber().build();
        for (Address number : ours) {
            optOuts.note(
                    new MessageReceivedEvent(
                            new SmsOrigin("first", "one"),
                            TextMessage.builder(TextMessage.Direction.INBOUND)
                                    .from(Address.phone(ANN))
                                    .addTo(number)
                                    .text("STOP")
                                    .build()));
        }
        return optOuts;
    }

    /** The message names a third one, which nobody uses and nobody has stopped. */
    private SmsClient clientOfTwoNumbers(OptOuts optOuts) {
        return SmsClient.builder()
                .provider(
                        FailoverSms.builder("clinic")
                                .add(first, RECEPTION)
                                .add(second, SURGERY)
                                .build())
                .sender(Address.senderName("MyClinic"))
                .optOuts(optOuts)
                .retry(RetryPolicy.none())
                .build();
    }

    @Test
    void theLedgerKnowsWhoTookItAlsoAfterARestart() {
        first.answering(ANN, unreachable());
        try (StateStore store = StateStore.inMemory()) {
            for (int i = 0; i < 2; i++) {
                try (SmsClient sms =
                        SmsClient.builder()
                                .provider(
                                        FailoverSms.builder("clinic")
                                                .add(first)
                                                .add(second)
                                                .build())
                                .store(store)
                                .build()) {
                    SendResult sent =
                            sms.with(CallOptions.idempotencyKey("k")).messages().send(TEXT);

                    assertThat(sent.isKnownBefore()).isEqualTo(i == 1);
                    assertThat(sent.origin()).hasValue(second.origin());
                }
            }
        }
        assertThat(second.taken).hasSize(1);
    }

    @Test
    void overRealConnectionsAServerThatIsGoneIsPassedOverAndOneThatHangsUpIsNot() {
        FakeSmsBroadcast one = new FakeSmsBroadcast();
        try (FakeTwilio two = new FakeTwilio()) {
            FailoverSms chain =
                    FailoverSms.builder("clinic")
                            .add(TestProviders.broadcast(one.url()))
                            .add(TestProviders.twilio(two.url()), TestProviders.CLINIC)
                            .build();
            try (SmsClient sms =
                    SmsClient.builder().provider(chain).retry(RetryPolicy.none()).build()) {
                one.fail(SmsFault.DROP_AFTER_ACCEPTING);
                assertThatThrownBy(() -> sms.messages().send(TEXT))
                        .isInstanceOf(PbxException.class);
                assertThat(two.sends()).isEmpty();

                one.close();
                sms.messages().send(TEXT);
                assertThat(two.sends()).hasSize(1);
            }
        }
    }

    @Test
    void aBulkOverAChainHasOneOutcomeForEach() {
        first.answering(ANN, no(Kind.INSUFFICIENT_FUNDS));
        try (SmsClient sms = client()) {
            BulkReport report = SmsBulk.builder(sms).build().send("run", List.of(TEXT));

            assertThat(report.outcomes())
                    .singleElement()
                    .satisfies(
                            outcome ->
                                    assertThat(outcome.result().orElseThrow().origin())
                                            .hasValue(second.origin()));
        }
    }
}
