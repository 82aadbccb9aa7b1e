package io.github.pbxsdk.sms;

import static io.github.pbxsdk.sms.NotingProvider.no;
import static io.github.pbxsdk.sms.NotingProvider.unknown;
import static io.github.pbxsdk.sms.NotingProvider.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.SendOutcome.State;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.provider.BatchReceipt;
import io.github.pbxsdk.sms.provider.BatchSmsProvider;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.SmsProvider;
import io.github.pbxsdk.testing.sms.FakeMessageMedia;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bulks over providers that take many texts in one request. */
class BatchBulkTest {

    private final StateStore store = StateStore.inMemory();

    @AfterEach
    void close() {
        store.close();
    }

    private static TextMessage text(int number) {
        return TextMessage.to(Address.phone("+614915700%02d".formatted(number)))
                .text("Closed tomorrow")
                .build();
    }

    private static List<TextMessage> texts(int count) {
        return IntStream.range(0, count).mapToObj(BatchBulkTest::text).toList();
    }

    private SmsClient client(SmsProvider provider) {
        return SmsClient.builder()
                .provider(provider)
                .store(store)
                .retry(RetryPolicy.defaults().firstDelay(Duration.ofMillis(1)))
                .build();
    }

    private BulkReport send(SmsProvider provider, List<TextMessage> messages) {
        try (SmsClient sms = client(provider)) {
            return SmsBulk.builder(sms).build().send("run", messages);
        }
    }

    private static List<State> states(BulkReport report) {
        return report.outcomes().stream().map(SendOutcome::state).toList();
    }

    @Test
    void messageMediaTakesAHundredInOneRequest() {
        try (FakeMessageMedia fake = new FakeMessageMedia()) {
            BulkReport report = send(TestProviders.messageMedia(fake.url()), texts(100));

            assertThat(report.count(State.SENT)).isEqualTo(100);
            assertThat(fake.sends()).hasSize(1);
            assertThat(report.outcomes())
                    .extracting(each -> each.result().orElseThrow().id().orElseThrow().value())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whereOneBadNumberSpoilsTheBatchTheOthersAreSentWithoutIt() {
        try (FakeMessageMedia fake = new FakeMessageMedia()) {
            fake.refuse("+61491570003");

            BulkReport report = send(TestProviders.messageMedia(fake.url()), texts(6));

            assertThat(states(report))
                    .containsExactly(
                            State.SENT,
                            State.SENT,
                            State.SENT,
                            State.REJECTED,
                            State.SENT,
                            State.SENT);
            assertThat(report.outcomes().get(3).kind()).hasValue(Kind.INVALID_RECIPIENT);
            assertThat(fake.sends()).hasSize(2);
        }
    }

    @Test
    void aBatchOfWhichNobodyKnowsIsUnknownForEachAndNotRepeated() {
        try (FakeMessageMedia fake = new FakeMessageMedia()) {
            fake.fail(SmsFault.DROP_AFTER_ACCEPTING);

            BulkReport report = send(TestProviders.messageMedia(fake.url()), texts(3));
            BulkReport again = send(TestProviders.messageMedia(fake.url()), texts(4));

            assertThat(states(report)).containsOnly(State.UNKNOWN).hasSize(3);
            assertThat(states(again))
                    .containsExactly(State.UNKNOWN, State.UNKNOWN, State.UNKNOWN, State.SENT);
            assertThat(fake.sends()).hasSize(2);
        }
    }

    @Test
    void smsBroadcastTakesOneTextForAListOfNumbers() {
        try (FakeSmsBroadcast fake = new FakeSmsBroadcast()) {
            List<TextMessage> messages = new ArrayList<>(texts(5));
            messages.add(
                    TextMessage.to(Address.phone("+61491570050")).text("Another text").build());
            messages.add(TextMessage.to(Address.phone("+12065550100")).text("Hi").build());

            BulkReport report = send(TestProviders.broadcast(fake.url()), messages);

            assertThat(report.count(State.SENT)).isEqualTo(6);
            assertThat(states(report)).last().isEqualTo(State.REJECTED);
            assertThat(fake.sends()).hasSize(3);
        }
    }

    @Test
    void eachTextHasTheAnswerOfItsOwnWhateverIsWrongWithTheOthers() {
        Batches provider = new Batches();
        provider.answering("+61491570001", no(Kind.CONTENT));
        provider.answering("+61491570002", unknown());
        provider.answering("+61491570003", no(Kind.OPTED_OUT));

        BulkReport report = send(provider, texts(5));

        assertThat(states(report))
                .containsExactly(
                        State.SENT, State.REJECTED, State.UNKNOWN, State.SUPPRESSED, State.SENT);
        assertThat(provider.batches).containsExactly(4, 1);
    }

    @Test
    void aBatchThatCouldNotBeHandedOverIsTriedAgain() {
        Batches provider = new Batches();
        provider.whole.add(unreachable());

        assertThat(states(send(provider, texts(3)))).containsOnly(State.SENT).hasSize(3);
        assertThat(provider.batches).containsExactly(3, 3);
    }

    @Test
    void whatAnotherProcessBeganIsLeftToIt() {
        Batches provider = new Batches();
        try (SmsClient sms = client(provider)) {
            SmsBulk bulk = SmsBulk.builder(sms).build();
            List<BulkReport> other = new CopyOnWriteArrayList<>();
            provider.before = () -> other.add(bulk.send("run", texts(2)));

            BulkReport report = bulk.send("run", texts(2));

            assertThat(states(report)).containsOnly(State.SENT);
            assertThat(states(other.get(0))).containsOnly(State.UNKNOWN);
            assertThat(provider.taken).hasSize(2);
        }
    }

    /** Four in a request, each with an answer of its own. */
    private static final class Batches extends NotingProvider implements BatchSmsProvider {

        final List<Integer> batches = new CopyOnWriteArrayList<>();
        final List<PbxException> whole = new CopyOnWriteArrayList<>();
        Runnable before = () -> {};

        @Override
        public int maxBatch() {
            return 4;
        }

        @Override
        public CompletableFuture<List<BatchReceipt>> sendAllAsync(
                List<OutgoingMessage> messages, ProviderHttp http) {
            Runnable first = before;
            before = () -> {};
            first.run();
            batches.add(messages.size());
            if (!whole.isEmpty()) {
                return CompletableFuture.failedFuture(whole.remove(0));
            }
            return CompletableFuture.completedFuture(messages.stream().map(this::receipt).toList());
        }

        private BatchReceipt receipt(OutgoingMessage message) {
            PbxException failure = failureFor(message);
            return failure == null
                    ? BatchReceipt.taken(take(message))
                    : BatchReceipt.failed(failure);
        }
    }
}
