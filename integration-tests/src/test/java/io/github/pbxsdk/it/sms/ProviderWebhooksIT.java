package io.github.pbxsdk.it.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.it.sms.CallingProvider.Trait;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.conversation.Conversations;
import io.github.pbxsdk.sms.conversation.MessageStore;
import io.github.pbxsdk.sms.conversation.StoredMessage;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.testing.sms.DeliveryStep;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.SmsFault;
import io.github.pbxsdk.testing.sms.WebhookCall;
import io.github.pbxsdk.testing.sms.WebhookFault;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each provider calls a webhook over HTTP, and does wrong what providers do wrong. */
class ProviderWebhooksIT {

    private static final String TEXT = "Café & 👍; to=you";

    static Stream<CallingProvider> all() {
        return CallingProvider.ALL.stream();
    }

    static Stream<CallingProvider> withIds() {
        return all().filter(provider -> provider.is(Trait.HAS_IDS));
    }

    static Stream<CallingProvider> withoutIds() {
        return all().filter(provider -> !provider.is(Trait.HAS_IDS));
    }

    static Stream<CallingProvider> reporting() {
        return all().filter(provider -> provider.is(Trait.REPORTS));
    }

    static Stream<CallingProvider> reportingTwice() {
        return all().filter(provider -> provider.is(Trait.REPORTS_TWICE));
    }

    static Stream<CallingProvider> referring() {
        return all().filter(provider -> provider.is(Trait.REFERS));
    }

    static Stream<Arguments> forgeries() {
        return all().flatMap(
                        provider ->
                                provider.forgeries().stream()
                                        .map(forgery -> Arguments.of(provider, forgery)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTextArrivesAsItWasWritten(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            trial.receive(TEXT);

            assertThat(trial.statuses()).containsExactly(200);
            TextMessage message = trial.onlyText();
            assertThat(message.text()).isEqualTo(TEXT);
            assertThat(message.from()).contains(provider.phone());
            assertThat(message.to()).containsExactly(provider.ours());
            assertThat(message.id().isPresent()).isEqualTo(provider.is(Trait.HAS_IDS));
        }
    }

    @ParameterizedTest
    @MethodSource("referring")
    void aReplyNamesTheTextThatItAnswers(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            SendResult sent = trial.send("1214");

            trial.receive("Yes");

            assertThat(trial.onlyText().reference()).contains("1214");
            assertThat(trial.onlyText().inReplyTo()).isEqualTo(sent.id());
        }
    }

    @ParameterizedTest
    @MethodSource("withIds")
    void aRepeatedTextIsHandledOnce(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            trial.fake.fail(WebhookFault.REPEATED, WebhookFault.REPEATED_AT_ONCE);

            trial.receive("One");
            trial.receive("Two");

            assertThat(trial.fake.webhookCalls()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(trial.statuses()).contains(200);
            assertThat(trial.texts()).containsExactly("One", "Two");
        }
    }

    @ParameterizedTest
    @MethodSource("withoutIds")
    void twoEqualTextsWithoutAnIdAreTwoTexts(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            trial.fake.fail(WebhookFault.REPEATED);

            trial.receive("Yes");

            assertThat(trial.texts()).containsExactly("Yes", "Yes");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTextThatCouldNotBeHandledComesAgain(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            trial.fake.retries(2);
            trial.end.fail(2);

            trial.receive("Yes");

            assertThat(trial.statuses()).containsExactly(503, 503, 200);
            assertThat(trial.texts()).containsExactly("Yes");
        }
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aForgedCallIsRefusedAndReachesNobody(CallingProvider provider, WebhookFault forgery) {
        try (Trial trial = new Trial(provider)) {
            trial.fake.retries(0);
            trial.fake.fail(forgery);

            trial.receive("Send your password");
            assertThat(trial.statuses()).containsExactly(401);
            assertThat(trial.end.handled()).isEmpty();

            trial.receive("Yes");
            assertThat(trial.statuses()).containsExactly(401, 200);
            assertThat(trial.texts()).containsExactly("Yes");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatAProviderDoesNotSignCanNotBeSignedWrongly(CallingProvider provider) {
        Set<WebhookFault> others =
                EnumSet.of(
                        WebhookFault.WRONG_SECRET,
                        WebhookFault.UNSIGNED,
                        WebhookFault.CHANGED_BODY,
                        WebhookFault.TOO_OLD);
        others.removeAll(provider.forgeries());
        try (FakeSmsServer fake = provider.start()) {
            for (WebhookFault other : others) {
                assertThatThrownBy(() -> fake.fail(other))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("reporting")
    void aTextThatWasDeliveredIsKeptAsDelivered(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            StoredMessage kept = trial.keepAndSend();

            trial.fake.delivers(trial.providerId(kept));

            assertThat(trial.stateOf(kept)).isEqualTo(SmsState.DELIVERED);
            assertThat(trial.reports()).last().isEqualTo(SmsState.DELIVERED);
        }
    }

    @ParameterizedTest
    @MethodSource("reportingTwice")
    void reportsInTheWrongOrderAndTwiceEndTheSame(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            StoredMessage kept = trial.keepAndSend();
            trial.fake.fail(WebhookFault.REORDERED, WebhookFault.REPEATED);

            trial.fake.delivers(trial.providerId(kept));

            assertThat(trial.fake.webhookCalls()).hasSize(3);
            assertThat(trial.reports()).hasSize(2).first().isEqualTo(SmsState.DELIVERED);
            assertThat(trial.reports().get(1)).isIn(SmsState.SENT, SmsState.QUEUED);
            assertThat(trial.stateOf(kept)).isEqualTo(SmsState.DELIVERED);
        }
    }

    @ParameterizedTest
    @MethodSource("reporting")
    void aReportThatComesBeforeTheAnswerIsNotLost(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            trial.fake.fail(SmsFault.REPORT_BEFORE_ANSWER);

            StoredMessage kept = trial.keepAndSend();

            assertThat(trial.reports()).as("before the call returned").isNotEmpty();
            assertThat(trial.stateOf(kept)).isEqualTo(SmsState.DELIVERED);
        }
    }

    @ParameterizedTest
    @MethodSource("reporting")
    void everyTextIsDeliveredByItself(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            trial.fake.delivering(true);

            StoredMessage kept = trial.keepAndSend();

            trial.fake.awaitWebhookCalls(provider.is(Trait.REPORTS_TWICE) ? 2 : 1);
            assertThat(trial.stateOf(kept)).isEqualTo(SmsState.DELIVERED);
        }
    }

    @ParameterizedTest
    @MethodSource("reporting")
    void aPhoneThatCanNotBeReachedIsReported(CallingProvider provider) {
        try (Trial trial = new Trial(provider)) {
            StoredMessage kept = trial.keepAndSend();

            trial.fake.reports(trial.providerId(kept), DeliveryStep.UNDELIVERED);

            boolean silent = provider == CallingProvider.FLOWROUTE;
            assertThat(trial.fake.webhookCalls()).hasSize(silent ? 0 : 1);
            assertThat(trial.reports())
                    .allSatisfy(
                            state -> assertThat(state).isIn(SmsState.UNDELIVERED, SmsState.FAILED));
        }
    }

    /** A provider, an application that sends by it, and the application's webhook. */
    private static final class Trial implements AutoCloseable {

        final CallingProvider provider;
        final FakeSmsServer fake;
        final SmsClient client;
        final MessageStore kept = MessageStore.inMemory();
        final Conversations conversations;
        final WebhookEnd end;

        Trial(CallingProvider provider) {
            this.provider = provider;
            this.fake = provider.start();
            this.client =
                    SmsClient.builder()
                            .provider(provider.provider(fake))
                            .sender(provider.ours())
                            .build();
            this.conversations =
                    Conversations.builder()
                            .client(client)
                            .store(kept)
                            .ownNumbers(List.of(provider.ours()))
                            .build();
            this.end =
                    WebhookEnd.of(
                            provider,
                            fake,
                            provider.provider(fake).origin(),
                            conversations::record);
        }

        void receive(String text) {
            fake.receive(provider.phone().text(), provider.ours().text(), text);
        }

        SendResult send(String reference) {
            return client.messages()
                    .send(
                            TextMessage.to(provider.phone())
                                    .text("See you tomorrow?")
                                    .reference(reference)
                                    .build());
        }

        StoredMessage keepAndSend() {
            return conversations.send(
                    TextMessage.to(provider.phone()).text("See you tomorrow?").build());
        }

        String providerId(StoredMessage message) {
            return kept.find(message.number())
                    .flatMap(found -> found.message().id())
                    .orElseThrow()
                    .value();
        }

        SmsState stateOf(StoredMessage message) {
            return kept.find(message.number())
                    .flatMap(StoredMessage::status)
                    .map(SmsStatus::state)
                    .orElseThrow();
        }

        List<Integer> statuses() {
            return fake.webhookCalls().stream().map(WebhookCall::status).toList();
        }

        private <E extends SmsEvent> Stream<E> handled(Class<E> type) {
            return end.handled().stream().filter(type::isInstance).map(type::cast);
        }

        List<SmsState> reports() {
            return handled(DeliveryReportEvent.class)
                    .map(report -> report.status().state())
                    .toList();
        }

        List<String> texts() {
            return handled(MessageReceivedEvent.class)
                    .map(received -> received.message().text())
                    .toList();
        }

        TextMessage onlyText() {
            assertThat(end.handled()).hasSize(1);
            return ((MessageReceivedEvent) end.handled().get(0)).message();
        }

        @Override
        public void close() {
            client.close();
            fake.close();
            end.close();
        }
    }
}
