package io.github.pbxsdk.sms;

import static io.github.pbxsdk.sms.NotingProvider.no;
import static io.github.pbxsdk.sms.NotingProvider.unknown;
import static io.github.pbxsdk.sms.NotingProvider.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SendOutcome.State;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One outcome for each recipient, in their order, whatever the provider does. */
class SmsBulkTest {

    private static final String ANN = "+61491570156";
    private static final String BEN = "+61491570157";
    private static final String EVE = "+61491570158";

    private final NotingProvider provider = new NotingProvider();
    private final StateStore store = StateStore.inMemory();

    @AfterEach
    void close() {
        store.close();
    }

    private SmsClient.Builder client() {
        return SmsClient.builder()
                .provider(provider)
                .store(store)
                .region("AU")
                .retry(RetryPolicy.defaults().firstDelay(Duration.ofMillis(1)));
    }

    private BulkReport send(List<TextMessage> messages) {
        return send(client(), messages);
    }

    private static BulkReport send(SmsClient.Builder client, List<TextMessage> messages) {
        try (SmsClient sms = client.build()) {
            return SmsBulk.builder(sms).build().send("run", messages);
        }
    }

    private static List<TextMessage> to(String... numbers) {
        List<TextMessage> messages = new ArrayList<>();
        for (String number : numbers) {
            messages.add(TextMessage.to(Address.parse(number)).text("Closed tomorrow").build());
        }
        return messages;
    }

    private static List<State> states(BulkReport report) {
        return report.outcomes().stream().map(SendOutcome::state).toList();
    }

    @Test
    void eachRecipientHasOneOutcomeInTheOrderOfTheList() {
        provider.answering(BEN, no(Kind.INVALID_RECIPIENT)).answering(EVE, unknown());

        BulkReport report = send(to(ANN, BEN, EVE, "0491 570 159", "102"));

        assertThat(states(report))
                .containsExactly(
                        State.SENT, State.REJECTED, State.UNKNOWN, State.SENT, State.REJECTED);
        assertThat(report.outcomes())
                .extracting(outcome -> outcome.to().text())
                .containsExactly(ANN, BEN, EVE, "+61491570159", "102");
        assertThat(report.outcomes().get(0).result().orElseThrow().id()).isPresent();
        assertThat(report.outcomes().get(1).kind()).hasValue(Kind.INVALID_RECIPIENT);
        assertThat(report.outcomes().get(2).mayHaveBeenSent()).isTrue();
        assertThat(report.outcomes().get(4).kind()).hasValue(Kind.INVALID_RECIPIENT);
        assertThat(report.retryable()).isEmpty();
        assertThat(report.stopped()).isEmpty();
    }

    @Test
    void aRecipientWrittenInTwoWaysGetsOneText() {
        BulkReport report = send(to(ANN, "0491 570 156", BEN));

        assertThat(states(report)).containsExactly(State.SENT, State.DUPLICATE, State.SENT);
        assertThat(report.outcomes().get(1).duplicateOf()).hasValue(0);
        assertThat(provider.taken).containsExactlyInAnyOrder(ANN, BEN);
    }

    @Test
    void aMessageToSeveralIsSentToEach() {
        TextMessage message =
                TextMessage.to(Address.phone(ANN), Address.phone(BEN)).text("Closed").build();

        BulkReport report = send(List.of(message));

        assertThat(states(report)).containsExactly(State.SENT, State.SENT);
        assertThat(provider.asked).allSatisfy(asked -> assertThat(asked.message().to()).hasSize(1));
    }

    @Test
    void theSameRunSendsNothingTwiceAndAsksNobodyTwice() {
        provider.answering(BEN, no(Kind.INVALID_RECIPIENT)).answering(EVE, unknown());
        BulkReport first = send(to(ANN, BEN, EVE));

        BulkReport second = send(to(EVE, BEN, ANN));

        assertThat(states(second)).containsExactly(State.UNKNOWN, State.REJECTED, State.SENT);
        assertThat(second.outcomes().get(2).result().orElseThrow().isKnownBefore()).isTrue();
        assertThat(second.outcomes().get(1).kind()).isEqualTo(first.outcomes().get(1).kind());
        assertThat(second.outcomes().get(1).reason()).isEqualTo(first.outcomes().get(1).reason());
        assertThat(provider.asked).hasSize(3);
    }

    @Test
    void anotherTextInTheSameRunIsNotSentToWhoHasOne() {
        send(to(ANN));
        TextMessage other = TextMessage.to(Address.phone(ANN)).text("Open after all").build();

        BulkReport second = send(List.of(other));

        assertThat(states(second)).containsExactly(State.REJECTED);
        assertThat(second.outcomes().get(0).reason()).contains("another text");
        assertThat(provider.taken).hasSize(1);
    }

    @Test
    void aTextThatWasRefusedIsAskedAgainOnceItIsAnother() {
        provider.answering(ANN, no(Kind.CONTENT));
        send(to(ANN));
        TextMessage other = TextMessage.to(Address.phone(ANN)).text("Better words").build();

        assertThat(states(send(List.of(other)))).containsExactly(State.SENT);
    }

    @Test
    void anEmptyAccountStopsTheRunAndTheRestCanBeSentLater() {
        provider.answering(ANN, no(Kind.INSUFFICIENT_FUNDS));
        try (SmsClient sms = client().build()) {
            SmsBulk oneAtATime = SmsBulk.builder(sms).concurrency(1).build();

            BulkReport stopped = oneAtATime.send("run", to(ANN, BEN, EVE));

            assertThat(states(stopped))
                    .containsExactly(State.REJECTED, State.SKIPPED, State.SKIPPED);
            assertThat(stopped.stopped())
                    .hasValueSatisfying(why -> assertThat(why).contains("FUNDS"));
            assertThat(stopped.retryable()).hasSize(3);
            BulkReport later = oneAtATime.send("run", stopped.retryable());
            assertThat(states(later)).containsOnly(State.SENT);
            assertThat(provider.taken).containsExactlyInAnyOrder(ANN, BEN, EVE);
        }
    }

    @Test
    void wrongCredentialsStopTheRun() {
        provider.answering(ANN, new PbxAuthenticationException("who are you"));
        try (SmsClient sms = client().build()) {
            BulkReport report =
                    SmsBulk.builder(sms).concurrency(1).build().send("run", to(ANN, BEN));

            assertThat(states(report)).containsExactly(State.SKIPPED, State.SKIPPED);
            assertThat(provider.taken).isEmpty();
        }
    }

    @Test
    void aRefusedSenderStopsItsOwnTextsOnly() {
        provider.answering(ANN, no(Kind.INVALID_SENDER));
        Address bad = Address.senderName("Bad");
        List<TextMessage> messages =
                List.of(
                        TextMessage.to(Address.phone(ANN)).from(bad).text("Hello").build(),
                        TextMessage.to(Address.phone(BEN)).from(bad).text("Hello").build(),
                        TextMessage.to(Address.phone(EVE)).text("Hello").build());
        try (SmsClient sms = client().build()) {
            BulkReport report = SmsBulk.builder(sms).concurrency(1).build().send("run", messages);

            assertThat(states(report)).containsExactly(State.REJECTED, State.SKIPPED, State.SENT);
        }
    }

    @Test
    void aProviderThatCannotBeReachedForAMomentIsTriedAgain() {
        provider.answering(ANN, unreachable(), unreachable());

        assertThat(states(send(to(ANN)))).containsExactly(State.SENT);
        assertThat(provider.asked).hasSize(3);
    }

    @Test
    void aProviderThatStaysAwayStopsTheRun() {
        for (int i = 0; i < 10; i++) {
            provider.answering(ANN, unreachable()).answering(BEN, unreachable());
        }

        BulkReport report = send(to(ANN, BEN));

        assertThat(states(report)).containsExactly(State.SKIPPED, State.SKIPPED);
        assertThat(report.retryable()).hasSize(2);
        assertThat(provider.asked).hasSizeLessThan(10);
    }

    @Test
    void whoComesTooFastIsTriedAgainMoreSlowly() {
        provider.answering(ANN, no(Kind.RATE_LIMITED));

        assertThat(states(send(to(ANN, BEN)))).containsExactly(State.SENT, State.SENT);
        assertThat(provider.asked).hasSize(3);
    }

    @Test
    void aListenerHearsOfEachStepAndOfTheEnd() {
        List<Progress> heard = new ArrayList<>();
        try (SmsClient sms = client().build()) {
            SmsBulk bulk =
                    SmsBulk.builder(sms)
                            .progress(
                                    progress -> {
                                        heard.add(progress);
                                        throw new IllegalStateException("no screen");
                                    })
                            .build();

            bulk.send("run", to(ANN, BEN, ANN));

            assertThat(heard).last().satisfies(last -> assertThat(last.done()).isEqualTo(3));
            assertThat(heard).extracting(Progress::done).isSorted();
            assertThat(heard).allSatisfy(each -> assertThat(each.total()).hasValue(3));
        }
    }

    @Test
    void aGuardIsAskedBeforeAnythingIsSent() {
        SmsClient.Builder readOnly = client().guard(OperationGuard.readOnly());

        assertThatThrownBy(() -> send(readOnly, to(ANN)))
                .isInstanceOf(OperationRefusedException.class);
        assertThat(provider.asked).isEmpty();
    }

    @Test
    void anEmptyListIsAnEmptyReport() {
        assertThat(send(List.of()).outcomes()).isEmpty();
    }

    @Test
    void aRunWithoutANameIsRefused() {
        try (SmsClient sms = client().build()) {
            SmsBulk bulk = SmsBulk.builder(sms).build();

            assertThatThrownBy(() -> bulk.send(" ", to(ANN)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void cancellingBeginsNoMoreAndTheLedgerKnowsWhatLeft() throws Exception {
        HangingProvider hanging = new HangingProvider();
        try (SmsClient sms = SmsClient.builder().provider(hanging).store(store).build()) {
            SmsBulk bulk = SmsBulk.builder(sms).concurrency(1).build();
            CompletableFuture<BulkReport> running = bulk.sendAsync("run", to(ANN, BEN));
            hanging.asked.get(10, TimeUnit.SECONDS);

            running.cancel(true);
            hanging.answer.complete(ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "taken")));

            BulkReport again = bulk.send("run", to(ANN, BEN));
            assertThat(again.outcomes().get(0).mayHaveBeenSent()).isTrue();
            assertThat(again.outcomes().get(1).result().orElseThrow().isKnownBefore()).isFalse();
            assertThat(hanging.count).isEqualTo(2);
        }
    }

    @Test
    void closingTheClientEndsTheRun() throws Exception {
        HangingProvider hanging = new HangingProvider();
        SmsClient sms = SmsClient.builder().provider(hanging).store(store).build();
        CompletableFuture<BulkReport> running =
                SmsBulk.builder(sms).build().sendAsync("run", to(ANN, BEN));
        hanging.asked.get(10, TimeUnit.SECONDS);

        sms.close();

        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(PbxException.class)
                .hasMessageContaining("closed");
    }

    /** Tells when it is asked, and answers when it is told to. */
    private static final class HangingProvider implements SmsProvider {

        final CompletableFuture<String> asked = new CompletableFuture<>();
        final CompletableFuture<ProviderReceipt> answer = new CompletableFuture<>();
        private final NotingProvider like = new NotingProvider("hanging");
        volatile int count;

        @Override
        public SmsOrigin origin() {
            return like.origin();
        }

        @Override
        public SmsCapabilities capabilities() {
            return like.capabilities();
        }

        @Override
        public CompletableFuture<ProviderReceipt> sendAsync(
                OutgoingMessage message, ProviderHttp http) {
            count++;
            asked.complete(message.to().text());
            return answer.copy();
        }
    }
}
