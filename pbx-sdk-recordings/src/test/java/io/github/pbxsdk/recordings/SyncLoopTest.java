package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.recording.RecordingSignal;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a sync looks again. */
@Timeout(60)
class SyncLoopTest {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T04:00:00Z"));
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final StateStore store = StateStore.inMemory(time);
    private final Bell bell = new Bell();
    private final List<CallRecording> arrived = new CopyOnWriteArrayList<>();
    private final AtomicInteger runs = new AtomicInteger();

    @TempDir private Path monitor;
    @TempDir private Path folder;

    @AfterEach
    void close() {
        resources.close();
        store.close();
    }

    /** A signal that the test gives. */
    private static final class Bell implements RecordingSignal {

        private final List<FeedListener<? super RecordingEnded>> listeners =
                new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "bell";
        }

        @Override
        public Subscription subscribe(FeedListener<? super RecordingEnded> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        void ring(String file) throws Exception {
            for (FeedListener<? super RecordingEnded> listener : listeners) {
                listener.onEvent(RecordingEnded.builder().file(file).build());
            }
        }
    }

    private static String name(int number) {
        return "internal-102-101-20261121-030000-1795230000." + number + ".wav";
    }

    private void record(int number) throws IOException {
        Path file = monitor.resolve("2026/11/21").resolve(name(number));
        Files.createDirectories(file.getParent());
        Files.write(file, Wav.of(16_000, number));
    }

    private RecordingSync sync(UnsteadySource source) {
        return RecordingSync.builder("pbx-7")
                .source(source)
                .signal(bell)
                .sink(FolderSink.of(folder))
                .store(counting())
                .resources(resources)
                .settle(SETTLE)
                .onArrival(arrived::add)
                .build();
    }

    private void awaitPending(Duration... pauses) {
        await().untilAsserted(() -> assertThat(time.pending()).containsExactly(pauses));
    }

    /** The signal once had to wait as long as the other. */
    @Test
    void aSignalIsFollowedSoonWhileAnotherRecordingHasToWait() throws Exception {
        record(1);
        try (RecordingSync sync = sync(UnsteadySource.withoutRanges(monitor).breakAfter(10));
                Subscription every = sync.syncEvery(INTERVAL)) {
            assertThat(every).isNotNull();
            awaitPending(Duration.ofMinutes(1), INTERVAL);

            record(2);
            bell.ring(name(2));
            assertThat(time.pending()).containsExactly(SETTLE, INTERVAL);
            bell.ring(name(2));
            assertThat(time.pending()).as("one look for both").containsExactly(SETTLE, INTERVAL);

            time.advance(SETTLE);
            await().untilAsserted(() -> assertThat(arrived).hasSize(1));
            assertThat(arrived.get(0).uniqueid()).contains("1795230000.2");
            awaitPending(Duration.ofMinutes(1).minus(SETTLE), INTERVAL.minus(SETTLE));

            time.advance(Duration.ofMinutes(1));
            await().untilAsserted(() -> assertThat(arrived).hasSize(2));
        }
        assertThat(time.pending()).isEmpty();
    }

    /** Each signal once had a thread of its own wait for the end of the run, and look then. */
    @Test
    void whatIsToldDuringALongRunWaitsTogether() throws Exception {
        record(1);
        UnsteadySource source = UnsteadySource.withoutRanges(monitor);
        UnsteadySource.Pause longRun = source.pauseAfter(10);
        try (RecordingSync sync = sync(source);
                Subscription every = sync.syncEvery(INTERVAL)) {
            assertThat(every).isNotNull();
            longRun.awaitReached();
            for (int i = 2; i < 7; i++) {
                record(i);
                ringUntilALookIsPlanned(name(i));
                time.advance(SETTLE);
            }
            longRun.end();

            await().until(
                            () -> {
                                time.advance(SETTLE);
                                return arrived.size() == 6;
                            });
            assertThat(arrived).extracting(CallRecording::key).doesNotHaveDuplicates();
            assertThat(runs)
                    .as(
                            "the long one, one that waited, and for what came behind it; not one for each")
                    .hasValueLessThanOrEqualTo(4);
        }
    }

    /** The look before may have begun without having said so. */
    private void ringUntilALookIsPlanned(String file) {
        await().until(
                        () -> {
                            bell.ring(file);
                            return time.pending().contains(SETTLE);
                        });
    }

    /** Counts runs, for each of which takes the lease. */
    private StateStore counting() {
        InvocationHandler counting =
                (proxy, method, arguments) -> {
                    if (method.getName().equals("lease")) {
                        runs.incrementAndGet();
                    }
                    return method.invoke(store, arguments);
                };
        return (StateStore)
                Proxy.newProxyInstance(
                        StateStore.class.getClassLoader(),
                        new Class<?>[] {StateStore.class},
                        counting);
    }
}
