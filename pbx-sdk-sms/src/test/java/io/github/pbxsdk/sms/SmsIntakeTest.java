package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateConflictException;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.SmsIntake.Outcome;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmsIntakeTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final SmsEvent TEXT =
            new MessageReceivedEvent(
                    new SmsOrigin("twilio", "AC1"),
                    TextMessage.builder(TextMessage.Direction.INBOUND)
                            .id(MessageId.of("SM1"))
                            .text("Yes")
                            .build());

    private static final String KEY = TEXT.repetitionKey().orElseThrow();

    private final ManualTime time = ManualTime.startingAt(START);
    private final StateStore store = StateStore.inMemory(time);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        go.countDown();
        other.shutdown();
        store.close();
    }

    private SmsIntake quick() {
        return SmsIntake.builder().store(store).time(time).handler(event -> {}).build();
    }

    /** Has the text handled on another thread, where the handler stops until it may go on. */
    private Future<Outcome> handling(StateStore at, Time clock) throws InterruptedException {
        SmsIntake slow =
                SmsIntake.builder()
                        .store(at)
                        .time(clock)
                        .handler(
                                event -> {
                                    started.countDown();
                                    go.await();
                                })
                        .build();
        Future<Outcome> outcome = other.submit(() -> slow.accept(TEXT));
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        return outcome;
    }

    private void advanceByRenewals(Duration step) throws InterruptedException {
        for (Instant end = time.now().plus(step); time.now().isBefore(end); ) {
            time.awaitPending(1);
            time.advanceToNext();
        }
    }

    @Test
    void aProcessThatWasKilledInItsHandlerHoldsTheTextForSecondsOnly() throws Exception {
        Future<Outcome> killed = handling(store, ManualTime.startingAt(START));
        time.advance(Duration.ofSeconds(19));
        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.IN_PROGRESS);

        time.advance(Duration.ofSeconds(2));
        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.HANDLED);

        // It had only stood still for long.
        go.countDown();
        assertThatThrownBy(() -> killed.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StateConflictException.class);
        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.SEEN);
    }

    @Test
    void aHandlerThatTakesLongIsLeftAlone() throws Exception {
        Future<Outcome> slow = handling(store, time);
        advanceByRenewals(Duration.ofMinutes(10));
        time.awaitPending(1);

        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.IN_PROGRESS);

        go.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.HANDLED);
        assertThat(time.pending()).isEmpty();
        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.SEEN);
    }

    @Test
    void aHandlerThatHangsDoesNotKeepTheTextFromOthersForEver() throws Exception {
        Future<Outcome> hanging = handling(store, time);
        advanceByRenewals(Duration.ofMinutes(15));

        await().pollInterval(Duration.ofMillis(20)).until(this::isFreeInASecond);

        go.countDown();
        assertThatThrownBy(() -> hanging.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StateConflictException.class);
    }

    private boolean isFreeInASecond() {
        time.advance(Duration.ofSeconds(1));
        return quick().accept(TEXT) == Outcome.HANDLED;
    }

    @Test
    void aHandlerKeepsItsTextThoughTheStoreDoesNotAnswerForAWhile() throws Exception {
        Future<Outcome> slow = handling(new SilentStore(store), time);
        advanceByRenewals(Duration.ofMinutes(1));
        time.awaitPending(1);

        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.IN_PROGRESS);

        go.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.HANDLED);
    }

    /** Makes each second renewal of a claim, and says that it does not know. */
    private static final class SilentStore implements StateStore {

        private final StateStore store;
        private int renewals;

        SilentStore(StateStore store) {
            this.store = store;
        }

        @Override
        public Optional<StateEntry> find(String namespace, String key) {
            return store.find(namespace, key);
        }

        @Override
        public List<StateEntry> scan(String namespace, String afterKey, int limit) {
            return store.scan(namespace, afterKey, limit);
        }

        @Override
        public long commit(Batch batch) {
            long version = store.commit(batch);
            boolean renewal = batch.changes().get(0).expectedVersion().orElse(0) > 0;
            boolean silent = renewal && renewals++ % 2 == 0 && !isTheLast(batch);
            if (silent) {
                throw new StateException("no answer", null, true);
            }
            return version;
        }

        private static boolean isTheLast(Batch batch) {
            return batch.changes().get(0).ttl().orElseThrow().compareTo(Duration.ofHours(1)) > 0;
        }

        @Override
        public Optional<Lease> lease(String name, Duration ttl) {
            return store.lease(name, ttl);
        }

        @Override
        public void close() {
            // The test closes what is behind.
        }
    }

    @Test
    void whatPollingBringsAgainAndAgainIsNotForgotten() {
        SmsIntake intake = quick();
        assertThat(poll(intake)).isEqualTo(Outcome.HANDLED);
        for (int day = 0; day < 100; day++) {
            time.advance(Duration.ofDays(1));
            assertThat(poll(intake)).as("day " + day).isEqualTo(Outcome.SEEN);
        }

        time.advance(Duration.ofDays(26));
        assertThat(poll(intake)).as("polling paused").isEqualTo(Outcome.SEEN);
    }

    @Test
    void theStoreIsNotWrittenToWheneverAListHasTheText() {
        SmsIntake intake = quick();
        poll(intake);
        long version = noted().version();
        for (int hour = 0; hour < 48; hour++) {
            time.advance(Duration.ofHours(1));
            poll(intake);
        }
        assertThat(noted().version()).isEqualTo(version);

        time.advance(Duration.ofDays(2));
        poll(intake);
        assertThat(noted().version()).isGreaterThan(version);
    }

    private static Outcome poll(SmsIntake intake) {
        return intake.acceptPolled(TEXT, KEY, UnaryOperator.identity());
    }

    private StateEntry noted() {
        return store.get("sms.seen", "twilio|AC1|in%007CSM1");
    }

    @Test
    void whatCameByWebhookIsRememberedForLongerOncePollingHasIt() {
        SmsIntake intake = quick();
        intake.accept(TEXT);
        assertThat(noted().expiresAt()).contains(START.plus(Duration.ofDays(3)));

        assertThat(poll(intake)).isEqualTo(Outcome.SEEN);

        assertThat(noted().expiresAt()).contains(START.plus(Duration.ofDays(30)));
    }

    @Test
    void aReaderOfItsOwnHasAMemoryOfItsOwn() {
        SmsIntake listeners =
                SmsIntake.builder().store(store).reader("listeners").handler(event -> {}).build();

        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.HANDLED);
        assertThat(listeners.accept(TEXT)).isEqualTo(Outcome.HANDLED);
        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.SEEN);
        assertThat(listeners.accept(TEXT)).isEqualTo(Outcome.SEEN);
    }

    @Test
    void aReaderOfItsOwnBeginsWhereTheOnlyOneWasAndGoesOnAlone() {
        PollingCursor only = new PollingCursor(store, TEXT.origin(), "");
        only.put(START);

        PollingCursor listeners = new PollingCursor(store, TEXT.origin(), "listeners");
        assertThat(listeners.get(START.plusSeconds(60))).isEqualTo(START);

        only.put(START.plusSeconds(30));
        assertThat(listeners.get(START.plusSeconds(60))).isEqualTo(START);
        listeners.put(START.plusSeconds(10));
        assertThat(only.get(START)).isEqualTo(START.plusSeconds(30));
    }
}
