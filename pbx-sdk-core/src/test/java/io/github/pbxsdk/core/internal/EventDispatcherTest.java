package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.ConnectionStatus;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.EventQueueOptions.WhenFull;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.observe.PbxMetrics;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventDispatcherTest {

    private static final int KIBIBYTE = 1024;
    private static final int THREADS = 4;
    private static final EventQueueOptions SMALL = EventQueueOptions.defaults().maxBytes(64 * 1024);

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final RecordedFigures figures = new RecordedFigures();
    private final PbxResources resources =
            PbxResources.builder().executor(executor).time(time).observer(figures).build();
    private final AtomicInteger overruns = new AtomicInteger();
    private final BlockingQueue<PbxEvent> received = new LinkedBlockingQueue<>();

    private record Numbered(int number) implements PbxEvent {}

    private record Other() implements PbxEvent {}

    @AfterEach
    void endExecutor() {
        resources.close();
        executor.shutdownNow();
    }

    private EventDispatcher dispatcher(EventQueueOptions options) {
        return new EventDispatcher("test pbx:1", resources, options, overruns::incrementAndGet);
    }

    private PbxEvent next() throws InterruptedException {
        return received.poll(10, TimeUnit.SECONDS);
    }

    /** Holds the executor in a listener until the latch opens. */
    private CountDownLatch blockListener(EventDispatcher events) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        events.subscribe(
                Other.class,
                event -> {
                    inside.countDown();
                    release.await();
                });
        events.publish(new Other(), 1);
        inside.await();
        return release;
    }

    @Test
    void deliversInOrderAndOneAtATime() throws Exception {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        List<Integer> numbers = new CopyOnWriteArrayList<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(5_000);
        events.subscribe(
                Numbered.class,
                event -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    numbers.add(event.number());
                    inside.decrementAndGet();
                    all.countDown();
                });

        IntStream.range(0, 5_000).forEach(i -> events.publish(new Numbered(i), 10));

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(numbers).isSorted().hasSize(5_000);
        assertThat(most).hasValue(1);
    }

    @Test
    void givesATypeAndEverythingBelowIt() throws Exception {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        events.subscribe(PbxEvent.class, received::add);

        events.publish(new Numbered(1), 1);
        events.publish(new Other(), 1);

        assertThat(next()).isEqualTo(new Numbered(1));
        assertThat(next()).isEqualTo(new Other());
    }

    @Test
    void knowsWhatNobodyListensTo() {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        assertThat(events.wants(Numbered.class)).isFalse();

        Subscription subscription = events.subscribe(Numbered.class, received::add);
        assertThat(events.wants(Numbered.class)).isTrue();
        assertThat(events.wants(Other.class)).isFalse();

        subscription.close();
        assertThat(events.wants(Numbered.class)).isFalse();
    }

    @Test
    void aListenerSeesNothingFromBeforeItWasAttached() throws Exception {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        CountDownLatch release = blockListener(events);
        events.subscribe(Numbered.class, event -> {});
        events.publish(new Numbered(1), 1);

        events.subscribe(Numbered.class, received::add);
        events.publish(new Numbered(2), 1);
        release.countDown();

        assertThat(next()).isEqualTo(new Numbered(2));
    }

    @Test
    void aDetachedListenerIsNotCalledEvenWithWhatWaits() throws Exception {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        CountDownLatch release = blockListener(events);
        AtomicInteger calls = new AtomicInteger();
        Subscription detached = events.subscribe(Numbered.class, event -> calls.incrementAndGet());
        events.subscribe(Numbered.class, received::add);
        events.publish(new Numbered(1), 1);

        detached.close();
        release.countDown();

        assertThat(next()).isEqualTo(new Numbered(1));
        assertThat(calls).hasValue(0);
    }

    @Test
    void aFailingListenerHurtsNobodyElse() throws Exception {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        events.subscribe(
                Numbered.class,
                event -> {
                    throw new IllegalStateException("listener fails on purpose");
                });
        events.subscribe(
                Numbered.class,
                event -> {
                    throw new StackOverflowError("listener fails on purpose");
                });
        events.subscribe(Numbered.class, received::add);

        events.publish(new Numbered(1), 1);
        events.publish(new Numbered(2), 1);

        assertThat(next()).isEqualTo(new Numbered(1));
        assertThat(next()).isEqualTo(new Numbered(2));
    }

    @Test
    void whenFullTheOldestGoAndAGapTellsHowMany() throws Exception {
        EventDispatcher events = dispatcher(SMALL);
        CountDownLatch release = blockListener(events);
        events.subscribe(GapEvent.class, received::add);
        events.subscribe(Numbered.class, received::add);

        IntStream.range(0, 100).forEach(i -> events.publish(new Numbered(i), KIBIBYTE));
        release.countDown();

        GapEvent gap = (GapEvent) next();
        int lost = (int) gap.lost().orElseThrow();
        assertThat(gap.cause()).isEqualTo(GapEvent.Cause.QUEUE);
        assertThat(lost).isBetween(36, 50);
        for (int i = lost; i < 100; i++) {
            assertThat(next()).isEqualTo(new Numbered(i));
        }
        assertThat(overruns).hasValue(0);
    }

    @Test
    void whatWeSayOurselvesIsNeverDropped() throws Exception {
        EventDispatcher events = dispatcher(SMALL);
        CountDownLatch release = blockListener(events);
        events.subscribe(ConnectionEvent.class, received::add);
        events.subscribe(Numbered.class, event -> {});
        ConnectionEvent first = connectionEvent(ConnectionState.CONNECTING);
        ConnectionEvent second = connectionEvent(ConnectionState.CONNECTED);

        events.announce(first);
        events.announce(second);
        IntStream.range(0, 500).forEach(i -> events.publish(new Numbered(i), KIBIBYTE));
        events.close();
        release.countDown();

        assertThat(next()).isSameAs(first);
        assertThat(next()).isSameAs(second);
    }

    @Test
    void whenFullTheConnectionEndsIfThatIsChosen() throws Exception {
        EventDispatcher events = dispatcher(SMALL.whenFull(WhenFull.DISCONNECT));
        CountDownLatch release = blockListener(events);
        events.subscribe(Numbered.class, event -> {});

        IntStream.range(0, 100).forEach(i -> events.publish(new Numbered(i), KIBIBYTE));
        release.countDown();

        assertThat(overruns).hasPositiveValue();
    }

    @Test
    void publishingNeverWaitsForAListener() throws Exception {
        EventDispatcher events = dispatcher(SMALL);
        CountDownLatch release = blockListener(events);
        events.subscribe(Numbered.class, received::add);

        // Would hang here, and run into the time-out of this class, if it waited.
        IntStream.range(0, 10_000).forEach(i -> events.publish(new Numbered(i), KIBIBYTE));
        release.countDown();

        assertThat(next()).isInstanceOf(Numbered.class);
    }

    @Test
    void afterCloseNobodyCanListen() {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        events.subscribe(Numbered.class, received::add);
        events.close();

        assertThat(events.wants(Numbered.class)).isFalse();
        assertThatThrownBy(() -> events.subscribe(Numbered.class, received::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("test pbx:1");
    }

    @Test
    void whatWasTakenOverIsToldAfterTheClose() throws Exception {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        CountDownLatch release = blockListener(events);
        events.subscribe(Numbered.class, received::add);

        events.publish(new Numbered(1), 10);
        events.takeOver(new Numbered(2), 10);
        events.close();
        events.takeOver(new Numbered(3), 10);
        events.publish(new Numbered(4), 10);
        release.countDown();

        assertThat(next()).isEqualTo(new Numbered(2));
        assertThat(next()).isEqualTo(new Numbered(3));
        assertThat(received).isEmpty();
    }

    @Test
    void whatWasTakenOverIsToldWhereTheExecutorTakesNothingMore() throws Exception {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        CountDownLatch release = blockListener(events);
        events.subscribe(Numbered.class, received::add);

        IntStream.range(0, 1_000).forEach(i -> events.takeOver(new Numbered(i), 10));
        events.close();
        executor.shutdown();
        release.countDown();

        for (int i = 0; i < 1_000; i++) {
            assertThat(next()).isEqualTo(new Numbered(i));
        }
    }

    @Test
    void whatThereIsNoRoomForIsNotTakenOver() throws Exception {
        EventDispatcher events = dispatcher(SMALL);
        CountDownLatch release = blockListener(events);
        events.subscribe(PbxEvent.class, received::add);

        int taken = 0;
        while (events.takeOver(new Numbered(taken), KIBIBYTE)) {
            taken++;
        }
        IntStream.range(0, 100).forEach(i -> events.publish(new Other(), KIBIBYTE));
        events.close();
        release.countDown();

        assertThat(taken).isBetween(50, 64);
        assertThat(next()).isInstanceOf(GapEvent.class);
        for (int i = 0; i < taken; i++) {
            assertThat(next()).isEqualTo(new Numbered(i));
        }
    }

    @Test
    void whatIsTakenOverGoesBeforeWhatIsOnlyReported() throws Exception {
        EventDispatcher events = dispatcher(SMALL);
        CountDownLatch release = blockListener(events);
        events.subscribe(Numbered.class, received::add);

        IntStream.range(0, 100).forEach(i -> events.publish(new Numbered(i), KIBIBYTE));
        assertThat(events.takeOver(new Numbered(100), 32 * KIBIBYTE)).isTrue();
        events.close();
        release.countDown();

        assertThat(next()).isEqualTo(new Numbered(100));
    }

    @Test
    void whatNobodyListensToIsNotTakenOver() {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        events.subscribe(Other.class, received::add);

        assertThat(events.takeOver(new Numbered(1), 10)).isFalse();
    }

    @Test
    void whatWasTakenOverIsToldToWhoeverListensInstead() throws Exception {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        CountDownLatch release = blockListener(events);
        Subscription before = events.subscribe(Numbered.class, event -> {});
        events.takeOver(new Numbered(1), 10);

        events.subscribe(Numbered.class, received::add);
        before.close();
        release.countDown();

        assertThat(next()).isEqualTo(new Numbered(1));
    }

    @Test
    void nothingIsTakenOverWhereTheExecutorWasEndedAtOnce() {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        events.subscribe(Numbered.class, received::add);
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < THREADS; i++) {
            executor.submit(() -> never.await(60, TimeUnit.SECONDS));
        }
        events.takeOver(new Numbered(1), 10);
        executor.shutdownNow();

        assertThat(events.takeOver(new Numbered(2), 10)).isFalse();
    }

    @Test
    void nothingIsTakenOverWhereTheExecutorTakesNothing() {
        EventDispatcher events = dispatcher(EventQueueOptions.defaults());
        events.subscribe(Numbered.class, received::add);
        executor.shutdown();

        assertThat(events.takeOver(new Numbered(1), 10)).isFalse();
        assertThat(events.takeOver(new Numbered(2), 10)).isFalse();
    }

    private ConnectionEvent connectionEvent(ConnectionState state) {
        ConnectionStatus status = ConnectionStatus.of(state, time.now(), "test");
        return new ConnectionEvent("test pbx:1", status, status);
    }

    @Test
    void theQueueCanBeWatched() throws Exception {
        EventDispatcher events = dispatcher(SMALL);
        CountDownLatch release = blockListener(events);
        events.subscribe(Numbered.class, received::add);

        events.publish(new Numbered(1), KIBIBYTE);
        time.advance(Duration.ofSeconds(3));
        events.publish(new Numbered(2), KIBIBYTE);

        assertThat(figures.level(PbxMetrics.EVENTS)).isEqualTo(3);
        assertThat(figures.level(PbxMetrics.QUEUE_EVENTS)).isEqualTo(2);
        assertThat(figures.level(PbxMetrics.QUEUE_BYTES)).isBetween(2_048L, 2_560L);
        assertThat(figures.level(PbxMetrics.LAG)).isEqualTo(3_000_000_000L);
        assertThat(figures.level(PbxMetrics.EVENTS_LOST)).isZero();
        release.countDown();
    }

    @Test
    void lostEventsAndGapsAreReported() throws Exception {
        EventDispatcher events = dispatcher(SMALL);
        CountDownLatch release = blockListener(events);
        events.subscribe(Numbered.class, received::add);

        IntStream.range(0, 100).forEach(i -> events.publish(new Numbered(i), KIBIBYTE));
        long lost = figures.level(PbxMetrics.EVENTS_LOST);
        release.countDown();

        assertThat(lost).isBetween(36L, 50L);
        assertThat(next()).isEqualTo(new Numbered((int) lost));
        assertThat(figures.next()).isEqualTo("pbx.gaps {client=test, host=pbx:1} 1");
    }

    @Test
    void whatIsClosedIsNotWatched() {
        EventDispatcher events = dispatcher(SMALL);

        events.close();

        assertThat(figures.watchesNothing()).isTrue();
    }
}
