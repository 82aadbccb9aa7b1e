package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateChange;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final String NOTED = "twilio|AC1|in%007CSM1";

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
    private static final class SilentStore extends StoreBefore {

        private int renewals;

        SilentStore(StateStore store) {
            super(store);
        }

        @Override
        public long commit(Batch batch) {
            long version = super.commit(batch);
            if (isRenewal(batch) && renewals++ % 2 == 0) {
                throw new StateException("no answer", null, true);
            }
            return version;
        }
    }

    @Test
    void aHandlerKeepsItsTextThoughTheStoreIsAwayForLongerThanTheClaimLives() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        StateStore failingOver =
                new StoreBefore(store) {
                    @Override
                    public long commit(Batch batch) {
                        if (away.get()) {
                            throw new StateException("the database is away");
                        }
                        return super.commit(batch);
                    }
                };
        Future<Outcome> slow = handling(failingOver, time);
        away.set(true);
        advanceByRenewals(Duration.ofSeconds(30));
        time.awaitPending(1);
        assertThat(store.find("sms.seen", NOTED)).isEmpty();

        away.set(false);
        go.countDown();

        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.HANDLED);
        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.SEEN);
    }

    @Test
    void aClaimThatExpiredIsThereAgainWhenTheStoreIs() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        StateStore failingOver =
                new StoreBefore(store) {
                    @Override
                    public long commit(Batch batch) {
                        if (isRenewal(batch) && away.get()) {
                            throw new StateException("the database is away");
                        }
                        return super.commit(batch);
                    }
                };
        Future<Outcome> slow = handling(failingOver, time);
        advanceByRenewals(Duration.ofSeconds(30));
        time.awaitPending(1);

        away.set(false);
        time.advanceToNext();
        time.awaitPending(1);

        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.IN_PROGRESS);
        go.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.HANDLED);
    }

    @Test
    void aRenewalThatIsMadeLateDoesNotMakeAHandlerFail() throws Exception {
        Future<Outcome> slow = handling(new LateStore(store), time);
        advanceByRenewals(Duration.ofSeconds(6));
        time.awaitPending(1);

        go.countDown();

        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.HANDLED);
    }

    /** Makes the first renewal when the next change comes, and says before that it is away. */
    private static final class LateStore extends StoreBefore {

        private final Queue<Batch> late = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean first = new AtomicBoolean(true);

        LateStore(StateStore store) {
            super(store);
        }

        @Override
        public long commit(Batch batch) {
            if (isRenewal(batch) && first.getAndSet(false)) {
                late.add(batch);
                throw new StateException("no answer", null, true);
            }
            for (Batch next = late.poll(); next != null; next = late.poll()) {
                super.commit(next);
            }
            return super.commit(batch);
        }
    }

    @Test
    void aRenewalThatBreaksIsNotTheLast() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        StateStore breaking =
                new StoreBefore(store) {
                    @Override
                    public long commit(Batch batch) {
                        if (isRenewal(batch) && broken.getAndSet(false)) {
                            throw new StackOverflowError("broken");
                        }
                        return super.commit(batch);
                    }
                };
        Future<Outcome> slow = handling(breaking, time);
        time.awaitPending(1);
        time.advanceToNext();
        await().untilAsserted(() -> assertThat(time.pending()).hasSize(1));
        advanceByRenewals(Duration.ofSeconds(30));

        assertThat(quick().accept(TEXT)).isEqualTo(Outcome.IN_PROGRESS);
        go.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.HANDLED);
    }

    @Test
    void whatIsGivenUpIsNotHandledAgainThoughItsClaimCouldNotBeGivenBack() {
        StateStore keeping =
                new StoreBefore(store) {
                    @Override
                    public long commit(Batch batch) {
                        if (batch.changes().get(0).value().isEmpty()) {
                            throw new StateException("the database is away");
                        }
                        return super.commit(batch);
                    }
                };
        SmsIntake failing =
                SmsIntake.builder()
                        .store(keeping)
                        .time(time)
                        .handler(
                                event -> {
                                    throw new IllegalStateException("can't");
                                })
                        .build();
        assertThatThrownBy(() -> poll(failing)).isInstanceOf(IllegalStateException.class);

        failing.giveUp(TEXT, KEY);

        time.advance(Duration.ofSeconds(21));
        assertThat(poll(failing)).isEqualTo(Outcome.SEEN);
    }

    @Test
    void whatSomebodyElseHandlesIsNotGivenUp() throws Exception {
        Future<Outcome> slow = handling(store, time);

        quick().giveUp(TEXT, KEY);
        go.countDown();

        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.HANDLED);
    }

    @Test
    void whatWasHandledIsSeenThoughTheStoreCanNotBeWrittenTo() {
        AtomicBoolean writable = new AtomicBoolean(true);
        StateStore readOnly =
                new StoreBefore(store) {
                    @Override
                    public long commit(Batch batch) {
                        if (!writable.get()) {
                            throw new StateException("read-only");
                        }
                        return super.commit(batch);
                    }
                };
        SmsIntake intake =
                SmsIntake.builder().store(readOnly).time(time).handler(event -> {}).build();
        intake.accept(TEXT);

        writable.set(false);

        assertThat(poll(intake)).isEqualTo(Outcome.SEEN);
    }

    private static boolean isRenewal(Batch batch) {
        StateChange change = batch.changes().get(0);
        return change.expectedVersion().orElse(0) > 0
                && change.ttl().filter(ttl -> ttl.compareTo(Duration.ofMinutes(1)) < 0).isPresent();
    }

    /** Passes all on; the test closes what is behind. */
    private static class StoreBefore implements StateStore {

        private final StateStore store;

        StoreBefore(StateStore store) {
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
            return store.commit(batch);
        }

        @Override
        public Optional<Lease> lease(String name, Duration ttl) {
            return store.lease(name, ttl);
        }

        @Override
        public void close() {}
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
        return intake.acceptPolled(TEXT, KEY);
    }

    private StateEntry noted() {
        return store.get("sms.seen", NOTED);
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
    void aReaderOfItsOwnBeginsByItsOwnRules() {
        PollingCursor only = new PollingCursor(store, TEXT.origin(), "");
        only.put(START);

        PollingCursor listeners = new PollingCursor(store, TEXT.origin(), "listeners");
        assertThat(listeners.get(START.plusSeconds(60))).isEqualTo(START.plusSeconds(60));

        listeners.put(START.plusSeconds(70));
        assertThat(only.get(START)).isEqualTo(START);
    }
}
