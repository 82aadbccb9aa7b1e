package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when something goes wrong in the middle. */
@Timeout(60)
class SyncFaultsTest {

    private static final String NAME = "2026/11/21/internal-102-101-20261121-030000-1795230000.168";
    private static final byte[] SOUND = Wav.of(150_000, 1);
    private static final int MIDDLE = 100_000;

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T04:00:00Z"));
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final StateStore store = StateStore.inMemory(time);
    private final List<CallRecording> arrived = new CopyOnWriteArrayList<>();
    private Duration longestStep = Duration.ZERO;

    @TempDir private Path monitor;
    @TempDir private Path folder;

    @BeforeEach
    void record() {
        record(SOUND);
    }

    private void record(byte[] sound) {
        try {
            Path file = monitor.resolve(NAME + ".wav");
            Files.createDirectories(file.getParent());
            Files.write(file, sound);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        resources.close();
        store.close();
    }

    private RecordingSync.Builder builder(UnsteadySource source) {
        return RecordingSync.builder("pbx-7")
                .source(source)
                .sink(FolderSink.of(folder))
                .store(store)
                .resources(resources)
                .onArrival(arrived::add);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path copy() {
        return folder.resolve(NAME + ".wav");
    }

    private void assertWholeOnce() {
        assertThat(copy()).hasBinaryContent(SOUND);
        assertThat(files()).as("it and its description").hasSize(2);
        assertThat(arrived).hasSize(1);
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItWas() {
        UnsteadySource source =
                UnsteadySource.of(monitor).breakAfter(MIDDLE).breakAfter(MIDDLE / 2);
        try (RecordingSync sync = builder(source).build()) {
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }

        assertThat(source.offsets()).containsExactly(0L, 100_000L, 150_000L);
        assertWholeOnce();
    }

    @Test
    void aTransferThatBreaksOffTooOftenComesAgain() {
        UnsteadySource source = UnsteadySource.of(monitor);
        source.breakAfter(MIDDLE).breakAfter(10).breakAfter(10);
        try (RecordingSync sync = builder(source).build()) {
            assertThat(sync.syncNow().failures())
                    .singleElement()
                    .satisfies(one -> assertThat(one.reason()).isEqualTo("connection reset"));
            assertThat(files()).isEmpty();

            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }

        assertThat(source.offsets()).containsExactly(0L, 100_000L, 100_010L, 0L);
        assertWholeOnce();
    }

    @Test
    void withoutRangesItBeginsAnewTheNextTime() {
        UnsteadySource source = UnsteadySource.withoutRanges(monitor).breakAfter(MIDDLE);
        try (RecordingSync sync = builder(source).build()) {
            assertThat(sync.syncNow().count(SyncOutcome.FAILED)).isEqualTo(1);
            assertThat(files()).isEmpty();

            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }

        assertThat(source.offsets()).containsExactly(0L, 0L);
        assertWholeOnce();
    }

    @Test
    void whatChangedBehindABrokenLineIsNotPutTogether() {
        byte[] other = Wav.of(120_000, 2);
        UnsteadySource source = UnsteadySource.of(monitor).breakAfter(MIDDLE, () -> record(other));
        try (RecordingSync sync = builder(source).build()) {
            assertThat(sync.syncNow().failures().get(0).reason())
                    .isEqualTo("the recording changed while it was read");

            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }

        assertThat(copy()).hasBinaryContent(other);
    }

    @Test
    void closingInTheMiddleLeavesNothingHalf() throws Exception {
        UnsteadySource source = UnsteadySource.of(monitor);
        UnsteadySource.Pause pause = source.pauseAfter(MIDDLE);
        CompletableFuture<SyncReport> running;
        try (RecordingSync sync = builder(source).build()) {
            running = sync.syncNowAsync();
            pause.awaitReached();
            assertThat(files()).as("what is under way").hasSize(1);
        }

        SyncReport report = running.get(10, TimeUnit.SECONDS);
        assertThat(report.stopped()).contains("interrupted");
        assertThat(report.delivered()).isZero();
        assertThat(files()).isEmpty();
        try (RecordingSync next = builder(source).build()) {
            assertThat(next.syncNow().delivered()).isEqualTo(1);
        }
        assertWholeOnce();
    }

    @Test
    void afterTheCloseNothingIsDone() {
        RecordingSync sync = builder(UnsteadySource.of(monitor)).build();
        sync.close();
        sync.close();

        assertThatIllegalStateException()
                .isThrownBy(sync::syncNow)
                .withMessage("RecordingSync[pbx-7] is closed");
        assertThat(files()).isEmpty();
    }

    @Test
    void cancellingEndsATransferAndNotTheSync() throws Exception {
        UnsteadySource source = UnsteadySource.of(monitor);
        UnsteadySource.Pause pause = source.pauseAfter(MIDDLE);
        try (RecordingSync sync = builder(source).build()) {
            CompletableFuture<SyncReport> running = sync.syncNowAsync();
            pause.awaitReached();

            assertThat(running.cancel(true)).isTrue();

            assertThat(sync.syncNow().delivered()).as("without a word to the pause").isEqualTo(1);
        }
        assertWholeOnce();
    }

    @Test
    void whoHangsLosesItsTurnAndCommitsNothing() throws Exception {
        UnsteadySource source = UnsteadySource.of(monitor);
        UnsteadySource.Pause pause = source.pauseAfter(MIDDLE);
        try (RecordingSync sync = builder(source).build()) {
            CompletableFuture<SyncReport> running = sync.syncNowAsync();
            pause.awaitReached();
            time.advance(Duration.ofMinutes(17));
            try (Lease other =
                    store.lease("recordings.pbx-7", Duration.ofMinutes(1)).orElseThrow()) {
                assertThat(other.token()).isGreaterThan(1);
                pause.end();

                SyncReport report = running.get(10, TimeUnit.SECONDS);
                assertThat(report.stopped()).contains("another instance has taken over");
                assertThat(report.delivered()).isZero();
                assertThat(arrived).isEmpty();
            }
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
        assertWholeOnce();
    }

    /** The lease is renewed by another thread: each time it says when it wants to do it again. */
    private void pass(Duration all) throws InterruptedException {
        Instant end = time.now().plus(all);
        while (time.now().isBefore(end)) {
            time.awaitPending(1);
            time.advanceToNext();
        }
        time.awaitPending(1);
    }

    /** Once it lost the turn after a quarter of an hour, and got the recording for ever. */
    @Test
    void aHandlerThatTakesAnHourGetsTheRecordingOnce() {
        AtomicInteger calls = new AtomicInteger();
        RecordingHandler handler =
                (recording, sound) -> {
                    calls.incrementAndGet();
                    pass(Duration.ofHours(1));
                };
        try (RecordingSync sync =
                builder(UnsteadySource.of(monitor)).sink(CallbackSink.of(handler)).build()) {
            SyncReport report = sync.syncNow();

            assertThat(report.stopped()).isEmpty();
            assertThat(report.failures()).isEmpty();
            assertThat(report.delivered()).isEqualTo(1);
            assertThat(sync.syncNow().count(SyncOutcome.KNOWN)).isEqualTo(1);
        }
        assertThat(calls).hasValue(1);
        assertWholeOnce();
    }

    /** Lets time pass while the sync waits for it, a little at a time. */
    private SyncReport passTimeUntilDone(CompletableFuture<SyncReport> running) throws Exception {
        int waiting = 2; // The renewal of the lease, and a transfer.
        while (!running.isDone()) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> running.isDone() || time.pending().size() >= waiting);
            if (!running.isDone()) {
                longestStep = Collections.max(List.of(longestStep, time.pending().get(0)));
                time.advanceToNext();
            }
        }
        return running.get(10, TimeUnit.SECONDS);
    }

    @Test
    void allTransfersTogetherStayBelowTheBandwidth() throws Exception {
        Path second = monitor.resolve(NAME.replace(".168", ".169") + ".wav");
        Files.write(second, Wav.of(150_000, 2));
        try (RecordingSync sync = builder(UnsteadySource.of(monitor)).bandwidth(20_000).build()) {
            SyncReport report = passTimeUntilDone(sync.syncNowAsync());

            assertThat(report.delivered()).isEqualTo(2);
            assertThat(report.bytes()).isEqualTo(2L * SOUND.length);
            assertThat(report.elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(32));
        }
    }

    /** A server that can't send for a minute hangs up, and a turn ends when nobody renews it. */
    @Test
    void aNarrowBandwidthIsAThinStreamAndDoesNotLoseTheTurn() throws Exception {
        try (RecordingSync sync = builder(UnsteadySource.of(monitor)).bandwidth(1_000).build()) {
            SyncReport report = passTimeUntilDone(sync.syncNowAsync());

            assertThat(report.stopped()).isEmpty();
            assertThat(report.elapsed()).isGreaterThan(Duration.ofMinutes(5));
            assertThat(longestStep).isLessThanOrEqualTo(Duration.ofSeconds(1));
        }
        assertWholeOnce();
    }

    private static RecordingHandler failingFirst(AtomicInteger calls) {
        return (recording, file) -> {
            if (calls.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("a library of the application");
            }
        };
    }

    @Test
    void anErrorOfTheApplicationIsTold() {
        RecordingHandler handler = failingFirst(new AtomicInteger());
        try (RecordingSync sync =
                builder(UnsteadySource.of(monitor)).sink(CallbackSink.of(handler)).build()) {
            assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(sync::syncNow);

            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
        assertWholeOnce();
    }

    @Test
    void anErrorOfTheApplicationEndsTheRunAndNotTheLoop() {
        AtomicInteger calls = new AtomicInteger();
        RecordingHandler handler = failingFirst(calls);
        try (RecordingSync sync =
                        builder(UnsteadySource.of(monitor)).sink(CallbackSink.of(handler)).build();
                Subscription every = sync.syncEvery(Duration.ofMinutes(10))) {
            assertThat(every).isNotNull();
            await("the first run").until(() -> calls.get() == 1 && !time.pending().isEmpty());
            assertThat(arrived).isEmpty();

            await("the second run")
                    .until(
                            () -> {
                                time.advance(Duration.ofMinutes(1));
                                return arrived.size() == 1;
                            });
        }
        assertWholeOnce();
    }
}
