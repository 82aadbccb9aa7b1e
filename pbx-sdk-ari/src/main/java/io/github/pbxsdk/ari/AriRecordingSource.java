package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.RecordingFinishedEvent;
import io.github.pbxsdk.ari.model.LiveRecording;
import io.github.pbxsdk.ari.model.StoredRecording;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSignal;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The recordings of a PBX as ARI has them: those in its directory {@code recording}.
 *
 * <pre>{@code
 * RecordingSource source = AriRecordingSource.of(ari);
 * try (Stream<RecordingEntry> entries = source.stream()) {
 *     entries.forEach(entry -> …);
 * }
 * }</pre>
 *
 * <p>ARI tells names and formats only, no date and no size, and begins a transfer at its start.
 * FreePBX keeps its call recordings elsewhere: ARI has them where an administrator has linked
 * {@code recording} to {@code monitor}. Thread-safe; it needs no closing.
 */
public final class AriRecordingSource implements RecordingSource {

    private static final String CHANNEL = "channel:";

    private final AriClient ari;

    private AriRecordingSource(AriClient ari) {
        this.ari = ari;
    }

    /**
     * Returns the recordings that a client sees.
     *
     * @param ari stays the caller's to close
     */
    public static AriRecordingSource of(AriClient ari) {
        return new AriRecordingSource(Objects.requireNonNull(ari, "ari"));
    }

    @Override
    public String name() {
        return ari.engine().settings().source();
    }

    @Override
    public String road() {
        return "ari";
    }

    @Override
    public Set<SourceCapability> capabilities() {
        return EnumSet.of(SourceCapability.LIST, SourceCapability.FIND);
    }

    @Override
    public Stream<RecordingEntry> stream() {
        return ari.storedRecordings().stream().map(AriRecordingSource::entry);
    }

    @Override
    public Optional<RecordingEntry> find(String recordingName) {
        return ifThere(() -> entry(ari.storedRecordings().get(recordingName)));
    }

    /** While a recording is made, its name answers among the stored ones already. */
    @Override
    public boolean isBeingWritten(RecordingEntry entry) {
        return ifThere(() -> ari.liveRecordings().get(entry.name())).isPresent();
    }

    @Override
    public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
        return ifThere(() -> ari.storedRecordings().open(entry.name()));
    }

    private static <T> Optional<T> ifThere(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (AriRejectedException e) {
            if (e.kind() == AriRejectedException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static RecordingEntry entry(StoredRecording recording) {
        RecordingEntry.Builder entry = RecordingEntry.builder(recording.name());
        return recording.format().isEmpty()
                ? entry.build()
                : entry.format(recording.format()).build();
    }

    /**
     * {@inheritDoc}
     *
     * <p>There is one if the client has an application, and it tells of the recordings that ARI
     * itself has made. Those of {@code MixMonitor}, and so of FreePBX, have no event in ARI.
     */
    @Override
    public Optional<RecordingSignal> signal() {
        return ari.engine().settings().applications().isEmpty()
                ? Optional.empty()
                : Optional.of(new Signal());
    }

    private static RecordingEnded ended(RecordingFinishedEvent event) {
        LiveRecording recording = event.recording();
        RecordingEnded.Builder ended = RecordingEnded.builder().file(file(recording));
        if (recording.targetUri().startsWith(CHANNEL)) {
            ended.uniqueid(recording.targetUri().substring(CHANNEL.length()));
        }
        event.timestamp().ifPresent(ended::endedAt);
        recording.duration().ifPresent(seconds -> ended.duration(Duration.ofSeconds(seconds)));
        return ended.build();
    }

    /** A name alone may end as if it had an extension. */
    private static String file(LiveRecording recording) {
        return recording.format().isEmpty()
                ? recording.name()
                : recording.name() + "." + recording.format();
    }

    /** Tells of the recordings that ARI has made. */
    private final class Signal implements RecordingSignal {

        @Override
        public String name() {
            return AriRecordingSource.this.name();
        }

        @Override
        public Subscription subscribe(FeedListener<? super RecordingEnded> listener) {
            Objects.requireNonNull(listener, "listener");
            Listener<RecordingFinishedEvent> tell = event -> listener.onEvent(ended(event));
            List<Subscription> all =
                    List.of(
                            ari.events().subscribe(RecordingFinishedEvent.class, tell),
                            ari.events().subscribe(GapEvent.class, listener::onGap));
            return () -> all.forEach(Subscription::close);
        }
    }

    @Override
    public String toString() {
        return "AriRecordingSource[" + name() + "]";
    }
}
