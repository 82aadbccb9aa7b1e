package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import io.github.pbxsdk.sms.provider.SmsProvider;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a list leaves out of a text, and what becomes of the text when nobody tells it. */
class SmsCompletionTest {

    private static final String PATIENT = "+61491570156";
    private static final String CLINIC = "+61491570110";

    private final Instant start = Instant.now().minusSeconds(60);
    private final StateStore store = StateStore.inMemory();
    private final FakeTwilio server = new FakeTwilio();
    private final List<TextMessage> came = new CopyOnWriteArrayList<>();
    private final List<SmsEvent> given = new CopyOnWriteArrayList<>();
    private final Queue<RuntimeException> errors = new ConcurrentLinkedQueue<>();
    private final SmsIntake intake =
            SmsIntake.builder()
                    .store(store)
                    .handler(event -> came.add(((MessageReceivedEvent) event).message()))
                    .build();

    @AfterEach
    void close() {
        server.close();
        store.close();
    }

    private SmsClient.Builder client() {
        return TestProviders.TWILIO.client(server).store(store).retry(RetryPolicy.none());
    }

    private PollingOptions every(Duration interval) {
        return PollingOptions.every(interval)
                .from(start)
                .onError(errors::add)
                .deadLetters(1, (event, e) -> given.add(event));
    }

    private void receivePicture(String id, int second) {
        server.receive(id, PATIENT, CLINIC, id, start.plusSeconds(second), "image/jpeg");
    }

    private void receiveText(String id, int second) {
        server.receive(id, PATIENT, CLINIC, id, start.plusSeconds(second));
    }

    @Test
    void aTextWhoseHandlerWasNeverTriedIsNotGivenAway() {
        receivePicture("MM1", 1);
        server.failFiles(503, 3);
        try (SmsClient client = client().build()) {
            client.startPolling(every(Duration.ofMillis(10)), intake);
            await().until(() -> came.size() == 1);
        }

        assertThat(given).isEmpty();
        assertThat(errors).hasSize(3);
        assertThat(came.get(0).media()).hasSize(1);
    }

    @Test
    void picturesThatNobodyMayListHoldNobodyUp() {
        receivePicture("MM1", 1);
        receiveText("SM2", 2);
        server.failFiles(403, 100);
        try (SmsClient client = client().build()) {
            client.startPolling(every(Duration.ofMillis(10)), intake);
            await().until(() -> came.size() == 2);
        }

        assertThat(came.get(0).attributes()).containsEntry("unreadable-media", "true");
        assertThat(came.get(1).attributes()).isEmpty();
        assertThat(given).isEmpty();
        assertThat(errors).singleElement().isInstanceOf(PbxAuthenticationException.class);
    }

    @Test
    void picturesThatNobodyTellsOfAreWaitedForForAnHour() {
        receivePicture("MM1", 1);
        receiveText("SM2", 2);
        server.failFiles(503, Integer.MAX_VALUE);

        firstComesAfterAnHour(client(), 2);
    }

    @Test
    void aProviderThatBreaksHoldsNobodyUpForLonger() {
        SmsProvider broken =
                new OneTextProvider(
                        () -> {
                            throw new IllegalStateException("broken");
                        });

        firstComesAfterAnHour(SmsClient.builder().provider(broken).store(store), 1);
    }

    private void firstComesAfterAnHour(SmsClient.Builder builder, int texts) {
        ManualTime time = ManualTime.startingAt(start.plusSeconds(60));
        try (PbxResources resources = PbxResources.builder().time(time).build();
                SmsClient client =
                        builder.resources(resources).timeout(Duration.ofHours(9)).build()) {
            client.startPolling(every(Duration.ofMinutes(4)), intake);
            await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> {
                                if (isDue(time)) {
                                    time.advance(Duration.ofMinutes(5));
                                }
                                return came.size() == texts;
                            });
        }

        Duration waited = Duration.between(start.plusSeconds(60), time.now());
        assertThat(waited).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(80));
        assertThat(came.get(0).attributes()).containsEntry("unreadable-media", "true");
        assertThat(given).isEmpty();
    }

    private static boolean isDue(ManualTime time) {
        return time.pending().stream()
                .anyMatch(pause -> pause.compareTo(Duration.ofMinutes(5)) <= 0);
    }

    @Test
    void theGuardIsNotAskedForAPartOfReceiving() {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        receiveText("SM1", 1);
        receivePicture("MM2", 2);
        try (SmsClient client = client().guard(operation -> asked.add(operation.name())).build()) {
            client.startPolling(every(Duration.ofMillis(10)), intake);
            await().until(() -> came.size() == 2);
        }

        assertThat(came.get(1).media()).hasSize(1);
        assertThat(asked).contains("receive").doesNotContain("complete");
    }

    @Test
    void anInboxShowsWhatIsThereAndThePicturesLater() {
        receivePicture("MM1", 1);
        receiveText("SM2", 2);
        receivePicture("MM3", 3);
        server.failFiles(503, 1);
        try (SmsClient client = client().build();
                SmsInbox inbox = client.inbox()) {
            inbox.refresh();
            assertThat(inbox.messages())
                    .extracting(TextMessage::text)
                    .containsExactly("MM3", "SM2", "MM1");
            inbox.markRead(inbox.messages().get(2));

            inbox.refresh();

            assertThat(inbox.messages())
                    .extracting(text -> text.text() + " " + text.media().size())
                    .containsExactly("MM3 1", "SM2 0", "MM1 1");
            assertThat(inbox.unread()).isEqualTo(2);
            inbox.refresh();
            assertThat(server.requests())
                    .as("whole ones are not asked for again")
                    .filteredOn(request -> request.path().endsWith("/Media.json"))
                    .hasSize(3);
        }
    }

    @Test
    void pollingThatEndsWaitsForNoAnswer() throws Exception {
        CompletableFuture<Subscription> polling = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        SmsProvider closing =
                new OneTextProvider(
                        () -> {
                            endMeanwhile(polling.join(), closed);
                            return new CompletableFuture<>();
                        });
        try (SmsClient client = SmsClient.builder().provider(closing).build()) {
            polling.complete(client.startPolling(every(Duration.ofMillis(10)), intake));

            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void endMeanwhile(Subscription polling, CountDownLatch closed) {
        Thread closing =
                new Thread(
                        () -> {
                            polling.close();
                            closed.countDown();
                        });
        closing.start();
        await().until(() -> closing.getState() == Thread.State.WAITING);
    }

    /** Lists one text, of which it tells the rest as the test says. */
    private record OneTextProvider(Supplier<CompletableFuture<SmsEvent>> completion)
            implements SmsProvider {

        @Override
        public SmsOrigin origin() {
            return new SmsOrigin("one", "text");
        }

        @Override
        public SmsCapabilities capabilities() {
            return SmsCapabilities.builder()
                    .addFeature(Feature.POLLING)
                    .addFeature(Feature.COMPLETION)
                    .build();
        }

        @Override
        public CompletableFuture<ProviderReceipt> sendAsync(
                OutgoingMessage message, ProviderHttp http) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("only lists"));
        }

        @Override
        public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
            return CompletableFuture.completedFuture(
                    List.of(
                            new MessageReceivedEvent(
                                    origin(),
                                    TextMessage.builder(TextMessage.Direction.INBOUND)
                                            .id(MessageId.of("m1"))
                                            .text("Text")
                                            .sentAt(since.plusSeconds(1))
                                            .build())));
        }

        @Override
        public CompletableFuture<SmsEvent> completeAsync(SmsEvent received, ProviderHttp http) {
            return completion.get();
        }
    }
}
