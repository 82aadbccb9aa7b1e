package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.recording.RecordingSignal;
import java.util.List;
import java.util.Objects;

/**
 * Tells when the recordings of {@code MixMonitor} end, those of FreePBX among them.
 *
 * <pre>{@code
 * RecordingSignal signal = AmiRecordingSignal.of(ami);
 * }</pre>
 *
 * <p>Asterisk has no event for that: a recording ends with the channel that set {@code
 * MIXMONITOR_FILENAME}, or with {@code MixMonitorStop} where somebody stopped it before. The file
 * is complete some milliseconds later.
 *
 * <p>The client must be connected, with the event classes call and dialplan; a filter that keeps
 * out {@code VarSet} makes the signal deaf. Recordings that run already when a listener is attached
 * are not told of. Thread-safe.
 */
public final class AmiRecordingSignal implements RecordingSignal {

    private final AmiClient ami;

    private AmiRecordingSignal(AmiClient ami) {
        this.ami = ami;
    }

    /**
     * Returns the signal of the PBX that a client is connected to.
     *
     * @param ami stays the caller's to close
     */
    public static AmiRecordingSignal of(AmiClient ami) {
        return new AmiRecordingSignal(Objects.requireNonNull(ami, "ami"));
    }

    @Override
    public String name() {
        return "recordings over AMI";
    }

    @Override
    public Subscription subscribe(FeedListener<? super RecordingEnded> listener) {
        RecordedChannels channels =
                new RecordedChannels(Objects.requireNonNull(listener, "listener"));
        List<Subscription> all =
                List.of(
                        ami.events().subscribe(AmiEvent.class, channels::see),
                        ami.events().subscribe(GapEvent.class, channels::gap));
        return () -> all.forEach(Subscription::close);
    }

    @Override
    public String toString() {
        return "AmiRecordingSignal[" + ami + "]";
    }
}
