package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.internal.state.DiskFiles;
import io.github.pbxsdk.core.internal.state.StateFiles;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private final ManualTime time = ManualTime.startingAt(START);

    @TempDir Path parent;

    private Path folder = Path.of("");

    @BeforeEach
    void chooseFolder() {
        folder = parent.resolve("deep/state");
    }

    private FileStateStore open() {
        return FileStateStore.builder().folder(folder).time(time).open();
    }

    private static StateChange put(String key, String value) {
        return StateChange.put("a", key, value);
    }

    @Nested
    class OpenedAgain {

        @Test
        void knowsEverything() {
            long version;
            try (FileStateStore store = open()) {
                store.commit(put("gone", "v"));
                version = store.commit(put("k", "new").ttl(Duration.ofHours(1)));
                store.commit(StateChange.delete("a", "gone"));
            }

            try (FileStateStore store = open()) {
                StateEntry entry = store.get("a", "k");
                assertThat(entry.text()).isEqualTo("new");
                assertThat(entry.version()).isEqualTo(version);
                assertThat(entry.expiresAt()).contains(START.plus(Duration.ofHours(1)));
                assertThat(store.find("a", "gone")).isEmpty();
            }
        }

        @Test
        void givesNoVersionAndNoTokenAgain() {
            long version;
            long token;
            try (FileStateStore store = open()) {
                store.commit(put("k", "v"));
                version = store.commit(StateChange.delete("a", "k"));
                token = store.lease("job", Duration.ofDays(1)).orElseThrow().token();
            }

            try (FileStateStore store = open()) {
                assertThat(store.commit(put("k", "v"))).isGreaterThan(version);
                assertThat(store.lease("job", Duration.ofDays(1)))
                        .as("nobody holds the lease of a process that has ended")
                        .hasValueSatisfying(
                                lease -> assertThat(lease.token()).isGreaterThan(token));
            }
        }

        @Test
        void givesNoTokenAgainAfterACrash() throws IOException {
            Path copy = parent.resolve("as it was at the crash");
            long token = 0;
            try (FileStateStore store = open()) {
                for (int i = 0; i < 1500; i++) {
                    Lease lease = store.lease("job", Duration.ofDays(1)).orElseThrow();
                    token = lease.token();
                    lease.close();
                }
                Files.createDirectory(copy);
                Files.copy(folder.resolve("state.log"), copy.resolve("state.log"));
            }

            try (FileStateStore store = FileStateStore.builder().folder(copy).open()) {
                assertThat(store.lease("job", Duration.ofDays(1)).orElseThrow().token())
                        .isGreaterThan(token);
            }
        }

        @Test
        void hasForgottenWhatExpiredMeanwhile() {
            try (FileStateStore store = open()) {
                store.commit(put("short", "v").ttl(Duration.ofMinutes(1)));
                store.commit(put("long", "v").ttl(Duration.ofHours(2)));
            }
            time.advance(Duration.ofHours(1));

            try (FileStateStore store = open()) {
                assertThat(store.stream("a").map(StateEntry::key)).containsExactly("long");
            }
        }
    }

    @Nested
    class WhenTheClockIsSet {

        @Test
        void bringsNothingBackAndEndsNothingEarly() {
            try (FileStateStore store = open()) {
                store.commit(put("short", "v").ttl(Duration.ofMinutes(1)));
                store.commit(put("long", "v").ttl(Duration.ofMinutes(10)));
                Lease lease = store.lease("job", Duration.ofMinutes(10)).orElseThrow();
                time.advance(Duration.ofMinutes(2));
                time.jump(Duration.ofDays(-1));
                assertThat(store.find("a", "short")).isEmpty();

                time.jump(Duration.ofDays(2));
                assertThat(store.find("a", "long")).isPresent();
                assertThat(store.lease("job", Duration.ofMinutes(1))).isEmpty();
                lease.renew();
            }
        }

        @Test
        void bringsNothingBackWhenItIsOpenedAgain() {
            try (FileStateStore store = open()) {
                store.commit(put("short", "v").ttl(Duration.ofMinutes(1)));
                time.advance(Duration.ofMinutes(2));
                assertThat(store.find("a", "short")).isEmpty();
            }
            time.jump(Duration.ofDays(-1));

            try (FileStateStore store = open()) {
                assertThat(store.find("a", "short")).isEmpty();
                store.commit(put("next", "v").ttl(Duration.ofMinutes(1)));
                assertThat(store.find("a", "next")).isPresent();
                time.advance(Duration.ofMinutes(1));
                assertThat(store.find("a", "next")).isEmpty();
            }
        }
    }

    @Nested
    class TheFolder {

        @Test
        void isRefusedToASecondStoreAndStaysWithTheFirst() {
            try (FileStateStore store = open()) {
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(FileStateStoreTest.this::open)
                            .isInstanceOf(StateException.class)
                            .hasMessage(
                                    "the state in "
                                            + folder
                                            + " is open in this process: close it there, or give"
                                            + " this store a folder of its own");
                }
                store.commit(put("k", "v"));
            }

            try (FileStateStore store = open()) {
                assertThat(store.find("a", "k")).isPresent();
            }
        }

        @Test
        @EnabledOnOs(
                value = {OS.LINUX, OS.MAC},
                disabledReason = "Windows has no such permissions")
        void isReadableForItsOwnerOnly() throws IOException {
            open().close();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }

        @Test
        void mustBeAFolder() throws IOException {
            Files.createDirectories(folder.getParent());
            Files.writeString(folder, "a file");

            assertThatThrownBy(FileStateStoreTest.this::open)
                    .isInstanceOf(StateException.class)
                    .hasMessageStartingWith("cannot open the state in " + folder);
        }

        @Test
        void mustBeChosen() {
            assertThatThrownBy(() -> FileStateStore.builder().open())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("set folder(...) before open()");
        }
    }

    @Nested
    class TheLog {

        @Test
        void staysSmallWhenEntriesAreReplaced() throws IOException {
            String value = "x".repeat(60_000);
            try (FileStateStore store = open()) {
                for (int i = 0; i < 100; i++) {
                    store.commit(put("k" + i % 5, value + i));
                }
                assertThat(Files.size(folder.resolve("state.log"))).isLessThan(2 << 20);
            }

            try (FileStateStore store = open()) {
                for (int i = 0; i < 5; i++) {
                    assertThat(store.get("a", "k" + i).text()).isEqualTo(value + (95 + i));
                }
            }
        }

        @Test
        void staysSmallWhenEntriesExpire() throws IOException {
            String value = "x".repeat(60_000);
            try (FileStateStore store = open()) {
                for (int i = 0; i < 100; i++) {
                    store.commit(put("k" + i, value).ttl(Duration.ofSeconds(5)));
                    time.advance(Duration.ofSeconds(1));
                }
                assertThat(Files.size(folder.resolve("state.log"))).isLessThan(2 << 20);
                assertThat(store.stream("a").count()).isEqualTo(4);
            }
        }

        @Test
        void keepsVersionsAndTokensWhenItIsCompacted() throws IOException {
            String value = "x".repeat(60_000);
            long kept;
            long token;
            long last = 0;
            try (FileStateStore store = open()) {
                kept = store.commit(put("kept", "v"));
                token = store.lease("job", Duration.ofDays(1)).orElseThrow().token();
                for (int i = 0; i < 40; i++) {
                    store.commit(put("k", value));
                    last = store.commit(StateChange.delete("a", "k"));
                }
                assertThat(Files.size(folder.resolve("state.log"))).isLessThan(40 * 60_000L);
            }

            try (FileStateStore store = open()) {
                assertThat(store.get("a", "kept").version()).isEqualTo(kept);
                assertThat(store.lease("job", Duration.ofDays(1)).orElseThrow().token())
                        .isGreaterThan(token);
                assertThat(store.commit(put("k", "v"))).isGreaterThan(last);
            }
        }

        @Test
        void doesNotMindWhatAnInterruptedCompactionLeft() throws IOException {
            try (FileStateStore store = open()) {
                store.commit(put("k", "v"));
            }
            Path left = folder.resolve("state.log.new");
            Files.writeString(left, "half a log");

            try (FileStateStore store = open()) {
                assertThat(store.find("a", "k")).isPresent();
                assertThat(left).doesNotExist();
            }
        }
    }

    @Nested
    class Threads {

        @Test
        void areNotHurtByAnInterrupt() {
            try (FileStateStore store = open()) {
                Thread.currentThread().interrupt();
                store.commit(put("k", "x".repeat(60_000)));
                for (int i = 0; i < 40; i++) {
                    store.commit(put("k", "x".repeat(60_000)));
                }
                assertThat(Thread.interrupted()).as("the flag is left as it was").isTrue();

                store.commit(put("k", "after"));
                assertThat(store.get("a", "k").text()).isEqualTo("after");
            }
        }

        @Test
        void shareOneWaitForTheDisk() throws Exception {
            GatedFiles files = new GatedFiles();
            ExecutorService threads = Executors.newCachedThreadPool();
            try (FileStateStore store =
                    FileStateStore.builder().folder(folder).files(files).open()) {
                int before = files.syncs.get();
                List<Future<Long>> commits = new ArrayList<>();
                whileTheDiskIsBusy(
                        store,
                        files,
                        threads,
                        () -> {
                            for (int i = 0; i < 15; i++) {
                                String key = "k" + i;
                                commits.add(threads.submit(() -> store.commit(put(key, "v"))));
                            }
                            awaitWaiting(15);
                        });

                for (Future<Long> commit : commits) {
                    assertThat(commit.get()).isPositive();
                }
                assertThat(files.syncs.get() - before).as("two groups").isEqualTo(2);
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        void seeTheirOwnStackInAFailure() throws Exception {
            GatedFiles files = new GatedFiles();
            ExecutorService threads = Executors.newCachedThreadPool();
            try (FileStateStore store =
                    FileStateStore.builder().folder(folder).files(files).open()) {
                List<Future<StateConflictException>> failures = new ArrayList<>();
                whileTheDiskIsBusy(
                        store,
                        files,
                        threads,
                        () -> {
                            failures.add(threads.submit(() -> conflictOfOne(store)));
                            failures.add(threads.submit(() -> conflictOfAnother(store)));
                            awaitWaiting(2);
                        });

                assertThat(failures.get(0).get())
                        .hasMessage("put a/first refused: there is an entry already")
                        .hasStackTraceContaining("conflictOfOne");
                assertThat(failures.get(1).get()).hasStackTraceContaining("conflictOfAnother");
            } finally {
                threads.shutdownNow();
            }
        }

        private static StateConflictException conflictOfOne(StateStore store) {
            return catchThrowableOfType(
                    StateConflictException.class, () -> store.commit(put("first", "v").ifAbsent()));
        }

        private static StateConflictException conflictOfAnother(StateStore store) {
            return catchThrowableOfType(
                    StateConflictException.class,
                    () -> store.commit(put("first", "v").ifVersion(99)));
        }

        /** Runs the step while a commit waits for the disk, which nobody may see yet. */
        private static void whileTheDiskIsBusy(
                StateStore store, GatedFiles files, ExecutorService threads, Runnable step)
                throws Exception {
            files.gate = new CountDownLatch(1);
            try {
                int before = files.syncs.get();
                threads.execute(() -> store.commit(put("first", "v")));
                Awaitility.await().until(() -> files.syncs.get() == before + 1);
                assertThat(store.find("a", "first")).as("not on the disk yet").isEmpty();
                step.run();
            } finally {
                files.gate.countDown();
            }
        }

        private static void awaitWaiting(int count) {
            Awaitility.await()
                    .until(
                            () ->
                                    Thread.getAllStackTraces().values().stream()
                                                    .filter(Threads::waitsForItsTurn)
                                                    .count()
                                            == count);
        }

        private static boolean waitsForItsTurn(StackTraceElement[] stack) {
            return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("takeTurn"))
                    && Arrays.stream(stack)
                            .anyMatch(frame -> frame.getMethodName().startsWith("await"));
        }

        @Test
        void doNotWaitForTheDiskWhenTheyNeedNot() {
            GatedFiles files = new GatedFiles();
            try (FileStateStore store =
                    FileStateStore.builder()
                            .folder(folder)
                            .files(files)
                            .durability(Durability.OPERATING_SYSTEM)
                            .open()) {
                int before = files.syncs.get();
                store.commit(put("k", "v"));

                assertThat(files.syncs.get()).isEqualTo(before);
                assertThat(store.find("a", "k")).isPresent();
            }
        }
    }

    @Test
    void endsLeasesWhenClosed() {
        Lease lease;
        try (FileStateStore store = open()) {
            lease = store.lease("job", Duration.ofDays(1)).orElseThrow();
        }

        try (FileStateStore store = open()) {
            Batch late = Batch.builder().add(put("k", "v")).under(lease).build();
            assertThatThrownBy(() -> store.commit(late)).isInstanceOf(LeaseLostException.class);
            assertThat(store.lease("job", Duration.ofDays(1))).isNotEqualTo(Optional.empty());
        }
    }

    /** The file system of the machine, with a gate in front of the disk. */
    private static final class GatedFiles implements StateFiles {

        private final DiskFiles files = new DiskFiles();
        private final AtomicInteger syncs = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public boolean exists(Path path) {
            return files.exists(path);
        }

        @Override
        public LogFile open(Path path) throws IOException {
            return new GatedFile(files.open(path));
        }

        @Override
        public void replace(Path source, Path target) throws IOException {
            files.replace(source, target);
        }

        @Override
        public void delete(Path path) throws IOException {
            files.delete(path);
        }

        @Override
        public void syncFolder(Path path) throws IOException {
            files.syncFolder(path);
        }

        private final class GatedFile implements LogFile {

            private final LogFile file;

            GatedFile(LogFile file) {
                this.file = file;
            }

            @Override
            public long length() throws IOException {
                return file.length();
            }

            @Override
            public int read(long position, byte[] bytes) throws IOException {
                return file.read(position, bytes);
            }

            @Override
            public void write(long position, byte[] bytes) throws IOException {
                file.write(position, bytes);
            }

            @Override
            public void truncate(long length) throws IOException {
                file.truncate(length);
            }

            @Override
            public void sync() throws IOException {
                syncs.incrementAndGet();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                file.sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
