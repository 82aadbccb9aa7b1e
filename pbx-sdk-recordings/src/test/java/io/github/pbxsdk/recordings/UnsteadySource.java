package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A directory behind a line that breaks, or stands still, after so many bytes. */
final class UnsteadySource implements RecordingSource {

    private final RecordingSource directory;
    private final Set<SourceCapability> capabilities;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Long> offsets = new CopyOnWriteArrayList<>();

    UnsteadySource(Path directory, Set<SourceCapability> capabilities) {
        this.directory = DirectorySource.of(directory);
        this.capabilities = EnumSet.copyOf(capabilities);
    }

    static UnsteadySource of(Path directory) {
        return new UnsteadySource(directory, EnumSet.allOf(SourceCapability.class));
    }

    static UnsteadySource withoutRanges(Path directory) {
        return new UnsteadySource(directory, EnumSet.of(SourceCapability.LIST));
    }

    /** What happens after so many bytes of a transfer. */
    private record Fault(int after, Event event) {}

    private interface Event {
        void happen() throws IOException;
    }

    /** Has the next transfer break off. */
    UnsteadySource breakAfter(int bytes) {
        return breakAfter(bytes, () -> {});
    }

    /** Has the next transfer break off, and something happen before. */
    UnsteadySource breakAfter(int bytes, Runnable before) {
        return on(
                bytes,
                () -> {
                    before.run();
                    throw new IOException("connection reset");
                });
    }

    /** Has the next transfer wait until it is let go on, or interrupted. */
    Pause pauseAfter(int bytes) {
        Pause pause = new Pause(new CountDownLatch(1), new CountDownLatch(1));
        on(bytes, pause::stand);
        return pause;
    }

    private UnsteadySource on(int bytes, Event event) {
        faults.add(new Fault(bytes, event));
        return this;
    }

    /** A transfer that stands still. */
    record Pause(CountDownLatch reached, CountDownLatch over) {

        void awaitReached() throws InterruptedException {
            if (!reached.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("no transfer came so far");
            }
        }

        void end() {
            over.countDown();
        }

        private void stand() throws IOException {
            reached.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    /** Returns where transfers began. */
    List<Long> offsets() {
        return List.copyOf(offsets);
    }

    @Override
    public String name() {
        return "unsteady line";
    }

    @Override
    public String road() {
        return "unsteady";
    }

    @Override
    public Set<SourceCapability> capabilities() {
        return EnumSet.copyOf(capabilities);
    }

    @Override
    public Stream<RecordingEntry> stream() {
        return directory.stream();
    }

    @Override
    public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
        long start = capabilities.contains(SourceCapability.RANGES) ? offset : 0;
        Optional<RecordingContent> content = directory.open(entry, start);
        content.ifPresent(found -> offsets.add(found.offset()));
        Fault fault = faults.poll();
        return fault == null ? content : content.map(found -> faulty(found, fault));
    }

    private static RecordingContent faulty(RecordingContent content, Fault fault) {
        return RecordingContent.builder(new FaultyStream(content.stream(), fault))
                .offset(content.offset())
                .length(content.length().orElseThrow())
                .build();
    }

    /** Gives the bytes before the fault, which then happens once. */
    private static final class FaultyStream extends FilterInputStream {

        private final Fault fault;
        private int left;
        private boolean happened;

        FaultyStream(InputStream in, Fault fault) {
            super(in);
            this.fault = fault;
            this.left = fault.after();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0 && !happened) {
                happened = true;
                fault.event().happen();
            }
            int most = happened ? length : Math.min(length, left);
            int count = super.read(target, offset, most);
            left -= happened ? 0 : Math.max(0, count);
            return count;
        }
    }
}
