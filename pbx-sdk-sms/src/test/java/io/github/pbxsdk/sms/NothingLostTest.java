package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Polling, webhooks that repeat, a handler that fails, restarts: each text is stored once. */
class NothingLostTest {

    private static final int TEXTS = 600;
    private static final int RESTARTS = 6;

    private final Instant start = Instant.now().minusSeconds(TEXTS);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final ListingProvider provider = new ListingProvider();

    @Test
    void eachTextIsStoredOnceByAHandlerThatCommitsWithUs() {
        try (StateStore store = StateStore.inMemory()) {
            SmsIntake intake =
                    SmsIntake.builder().store(store).committing(this::storeOrFail).build();
            for (int i = 0; i < RESTARTS; i++) {
                try (SmsClient client = SmsClient.builder().provider(provider).build()) {
                    client.startPolling(
                            PollingOptions.every(Duration.ofMillis(1)).from(start).onError(e -> {}),
                            intake);
                    publish(intake, i * TEXTS / RESTARTS, (i + 1) * TEXTS / RESTARTS);
                }
            }
            try (SmsClient client = SmsClient.builder().provider(provider).build()) {
                client.startPolling(
                        PollingOptions.every(Duration.ofMillis(1)).onError(e -> {}), intake);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> store.stream("inbox").count() == TEXTS);
            }
            assertThat(conflicts).as("a text that would have been stored twice").hasValue(0);
        }
    }

    private void storeOrFail(SmsEvent event, Consumer<StateChange> commit) {
        if (calls.incrementAndGet() % 50 == 0) {
            throw new IllegalStateException("the database is away");
        }
        String id = ((MessageReceivedEvent) event).message().id().orElseThrow().value();
        commit.accept(StateChange.put("inbox", id, "text").ifAbsent());
    }

    /** A third of the texts also come by webhook, some of them twice. */
    private void publish(SmsIntake intake, int from, int to) {
        for (int i = from; i < to; i++) {
            SmsEvent event = text(i);
            provider.events.add(event);
            for (int times = i % 3; times > 0; times--) {
                try {
                    intake.accept(event);
                } catch (StateConflictException e) {
                    conflicts.incrementAndGet();
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("away");
                }
            }
        }
    }

    private SmsEvent text(int i) {
        return new MessageReceivedEvent(
                provider.origin(),
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .id(MessageId.of("m" + i))
                        .text("Text")
                        .sentAt(start.plusSeconds(i))
                        .build());
    }

    private static final class ListingProvider implements SmsProvider {

        private final List<SmsEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public SmsOrigin origin() {
            return new SmsOrigin("listing", "one");
        }

        @Override
        public SmsCapabilities capabilities() {
            return SmsCapabilities.builder().addFeature(Feature.POLLING).build();
        }

        @Override
        public CompletableFuture<ProviderReceipt> sendAsync(
                OutgoingMessage message, ProviderHttp http) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("only lists"));
        }

        @Override
        public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
            return CompletableFuture.completedFuture(
                    events.stream().filter(event -> !isBefore(event, since)).toList());
        }

        private static boolean isBefore(SmsEvent event, Instant since) {
            return ((MessageReceivedEvent) event).message().sentAt().orElseThrow().isBefore(since);
        }
    }
}
