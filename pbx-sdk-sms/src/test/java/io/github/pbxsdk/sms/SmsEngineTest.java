package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmsEngineTest {

    private static final Address PATIENT = Address.phone("+61491570156");

    @Test
    void allThatIsUnderWayEndsWithTheResources() {
        NotingProvider silent = new SilentProvider();
        try (StateStore store = StateStore.inMemory()) {
            PbxResources resources = PbxResources.create();
            SmsClient client =
                    SmsClient.builder().provider(silent).store(store).resources(resources).build();
            TextMessage text = TextMessage.to(PATIENT).text("Hello").build();
            List<CompletableFuture<SendResult>> sendings =
                    List.of(client.messages().sendAsync(text), client.messages().sendAsync(text));
            await().until(() -> silent.asked.size() == 2);

            resources.close();

            assertThat(sendings)
                    .allSatisfy(
                            sending ->
                                    assertThat(sending.thenApply(SendResult::status))
                                            .failsWithin(Duration.ofSeconds(10))
                                            .withThrowableThat()
                                            .havingCause()
                                            .isInstanceOfSatisfying(
                                                    PbxConnectionException.class,
                                                    e -> assertThat(e.mayHaveBeenSent()).isTrue()));
            assertThat(store.stream("sms.sent")).hasSize(2);
        }
    }

    @Test
    void aListOfManyPagesMayTakeLongerThanACall() throws InterruptedException {
        ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-01T12:00:00Z"));
        PagingProvider provider = new PagingProvider();
        BlockingQueue<SmsEvent> handled = new LinkedBlockingQueue<>();
        try (StateStore store = StateStore.inMemory();
                PbxResources resources = PbxResources.builder().time(time).build();
                SmsClient client =
                        SmsClient.builder()
                                .provider(provider)
                                .timeout(Duration.ofSeconds(30))
                                .resources(resources)
                                .build();
                Subscription polling =
                        client.startPolling(
                                PollingOptions.every(Duration.ofMinutes(1)),
                                SmsIntake.builder()
                                        .store(store)
                                        .time(time)
                                        .handler(handled::add)
                                        .build())) {
            assertThat(polling).isNotNull();
            await().until(() -> provider.lists.size() == 1);

            time.advance(Duration.ofMinutes(5));
            provider.lists.get(0).complete(List.of(provider.text()));

            assertThat(handled.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(provider.timeouts).containsOnly(Duration.ofSeconds(30));
        }
    }

    /** Has lists that come when the test says so. */
    private static final class PagingProvider extends NotingProvider {

        final List<CompletableFuture<List<SmsEvent>>> lists = new CopyOnWriteArrayList<>();
        final List<Duration> timeouts = new CopyOnWriteArrayList<>();

        @Override
        public SmsCapabilities capabilities() {
            return SmsCapabilities.builder().addFeature(Feature.POLLING).build();
        }

        @Override
        public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
            timeouts.add(http.request("GET", "http://127.0.0.1/").build().timeout());
            CompletableFuture<List<SmsEvent>> list = new CompletableFuture<>();
            lists.add(list);
            return list;
        }

        SmsEvent text() {
            return new MessageReceivedEvent(
                    origin(),
                    TextMessage.builder(TextMessage.Direction.INBOUND)
                            .id(MessageId.of("SM1"))
                            .from(PATIENT)
                            .text("Yes")
                            .build());
        }
    }

    /** Takes texts, and never says so. */
    private static final class SilentProvider extends NotingProvider {

        @Override
        public CompletableFuture<ProviderReceipt> sendAsync(
                OutgoingMessage message, ProviderHttp http) {
            asked.add(message);
            return new CompletableFuture<>();
        }
    }

    @Test
    void aCallThatWaitsForItsRetryEndsWithTheClient() throws InterruptedException {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        NotingProvider provider =
                new NotingProvider().answering(PATIENT.text(), NotingProvider.unreachable());
        try (PbxResources resources = PbxResources.builder().time(time).build()) {
            SmsClient client = SmsClient.builder().provider(provider).resources(resources).build();
            CompletableFuture<SendResult> sending =
                    client.messages().sendAsync(TextMessage.to(PATIENT).text("Hello").build());
            // Its deadline and its pause.
            time.awaitPending(2);

            client.close();

            assertThat(sending)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            PbxConnectionException.class,
                            e -> assertThat(e.mayHaveBeenSent()).isFalse())
                    .withMessageContaining("was closed");
            assertThat(time.pending()).isEmpty();
            assertThat(provider.asked).hasSize(1);
        }
    }
}
