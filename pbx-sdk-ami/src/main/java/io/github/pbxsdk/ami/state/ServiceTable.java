package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.ChannelSnapshot;
import io.github.pbxsdk.ami.event.MixMonitorMuteEvent;
import io.github.pbxsdk.ami.event.MixMonitorStartEvent;
import io.github.pbxsdk.ami.event.MixMonitorStopEvent;
import io.github.pbxsdk.ami.event.ParkedCallEvent;
import io.github.pbxsdk.ami.event.ParkedCallGiveUpEvent;
import io.github.pbxsdk.ami.event.ParkedCallSwapEvent;
import io.github.pbxsdk.ami.event.ParkedCallTimeoutEvent;
import io.github.pbxsdk.ami.event.StatusEvent;
import io.github.pbxsdk.ami.event.UnparkedCallEvent;
import io.github.pbxsdk.ami.event.VarSetEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What happens to a channel beside talking: it is recorded, or parked. Not thread-safe. */
final class ServiceTable {

    /** The variable with the file of a recording, set just before it starts. */
    static final String RECORDING_FILE = "MIXMONITOR_FILENAME";

    /** Nobody records one channel so often. */
    private static final int MOST_RECORDINGS = 20;

    private static final String NOT_SET = "(null)";

    private final Watch watch;
    private final CallTable calls;
    private final Handlers handlers = new Handlers().on(VarSetEvent.class, this::variable);

    /** What was taken over once must not be gone through again: no list undoes it. */
    private final Handlers handlersOnce =
            new Handlers()
                    .on(ParkedCallEvent.class, this::parked)
                    .on(ParkedCallSwapEvent.class, this::swapped)
                    .on(UnparkedCallEvent.class, event -> unparked(event.parkee()))
                    .on(ParkedCallTimeoutEvent.class, event -> unparked(event.parkee()))
                    .on(ParkedCallGiveUpEvent.class, event -> unparked(event.parkee()))
                    .on(MixMonitorStartEvent.class, event -> started(event.channel()))
                    .on(MixMonitorStopEvent.class, event -> stopped(event.channel()))
                    .on(MixMonitorMuteEvent.class, this::muted);

    ServiceTable(Watch watch, CallTable calls) {
        this.watch = watch;
        this.calls = calls;
    }

    /**
     * Takes over what an event says.
     *
     * @param isNew whether it isn't gone through again
     */
    void apply(AmiEvent event, boolean isNew) {
        handlers.handle(event);
        if (isNew) {
            handlersOnce.handle(event);
        }
    }

    private void parked(ParkedCallEvent event) {
        park(
                event.parkee(),
                event.parkingLot(),
                event.parkingSpace(),
                event.parkerDialString(),
                event.parkingDuration(),
                event.parkingTimeout());
    }

    /** Another channel has taken the place of the one that was parked. */
    private void swapped(ParkedCallSwapEvent event) {
        unparked(event.parker());
        park(
                event.parkee(),
                event.parkingLot(),
                event.parkingSpace(),
                event.parkerDialString(),
                event.parkingDuration(),
                event.parkingTimeout());
    }

    private void park(
            ChannelSnapshot parkee,
            String lot,
            String space,
            String returnsTo,
            Optional<Duration> elapsed,
            Optional<Duration> left) {
        Instant since = watch.now().minus(elapsed.orElse(Duration.ZERO));
        Optional<Duration> timeout =
                left.map(rest -> rest.plus(elapsed.orElse(Duration.ZERO)))
                        .filter(whole -> !whole.isZero());
        calls.change(
                parkee,
                channel -> {
                    ParkedCall before = channel.parked;
                    Instant parkedAt = before == null ? since : before.parkedAt();
                    channel.parks(
                            new Values.Parked(
                                    channel.uniqueId, lot, space, returnsTo, parkedAt, timeout),
                            watch.position());
                });
    }

    private void unparked(ChannelSnapshot parkee) {
        calls.change(parkee, channel -> channel.parks(null, watch.position()));
    }

    private void variable(VarSetEvent event) {
        if (event.variable().equals(RECORDING_FILE)) {
            calls.channel(event.channel().uniqueId())
                    .ifPresent(channel -> willRecordInto(channel, event.value()));
        }
    }

    private static void willRecordInto(ChannelModel channel, String file) {
        channel.recordingFile = file;
        remember(channel, file);
    }

    private static void remember(ChannelModel channel, String file) {
        channel.recordingFiles.remove(file);
        channel.recordingFiles.add(file);
        if (channel.recordingFiles.size() > MOST_RECORDINGS) {
            channel.recordingFiles.remove(0);
        }
    }

    /** The server may have been asked between the start and the event that tells of it. */
    private void started(ChannelSnapshot seen) {
        calls.change(
                seen,
                channel -> {
                    if (!isKnown(channel, channel.recordingFile)) {
                        add(channel, channel.recordingFile);
                    }
                });
    }

    private static boolean isKnown(ChannelModel channel, String file) {
        return !file.isEmpty()
                && channel.recordings.stream().anyMatch(known -> known.file().equals(file));
    }

    private void add(ChannelModel channel, String file) {
        if (channel.recordings.size() < MOST_RECORDINGS) {
            channel.recordings.add(
                    new Values.Recording(channel.uniqueId, file, watch.now(), false));
        }
    }

    /** The event names the channel only, so of several recordings the first one goes. */
    private void stopped(ChannelSnapshot seen) {
        calls.change(
                seen,
                channel -> {
                    if (!channel.recordings.isEmpty()) {
                        channel.recordings.remove(0);
                    }
                });
    }

    /** Only what is silent both ways is paused. */
    private void muted(MixMonitorMuteEvent event) {
        if (event.direction().equals("both")) {
            calls.change(
                    event.channel(),
                    channel ->
                            channel.recordings.replaceAll(
                                    recording ->
                                            new Values.Recording(
                                                    recording.channelId(),
                                                    recording.file(),
                                                    recording.startedAt(),
                                                    event.muted())));
        }
    }

    /**
     * Takes over who is parked.
     *
     * @param began how many events had come when the server was asked: what they told since counts
     */
    void replaceParked(List<ParkedCallEvent> items, long began) {
        List<String> listed = items.stream().map(item -> item.parkee().uniqueId()).toList();
        for (ChannelModel channel : calls.channels()) {
            if (channel.parked != null
                    && channel.parkingChangedAt <= began
                    && !listed.contains(channel.uniqueId)) {
                channel.parks(null, watch.position());
                calls.touch(channel.call);
            }
        }
        items.stream().filter(item -> isListedAfterAll(item, began)).forEach(this::parked);
    }

    private boolean isListedAfterAll(ParkedCallEvent item, long began) {
        return calls.channel(item.parkee().uniqueId())
                .filter(channel -> channel.parkingChangedAt <= began)
                .isPresent();
    }

    /**
     * Takes over what is recorded. A server has no list of that: a channel whose variable has a
     * file that no event told of began to be recorded unseen.
     *
     * @param meanwhile what was told since the server was asked, of which it may know already
     */
    void replaceRecordings(List<StatusEvent> statuses, List<VarSetEvent> meanwhile) {
        for (VarSetEvent told : meanwhile) {
            calls.channel(told.channel().uniqueId())
                    .ifPresent(channel -> remember(channel, told.value()));
        }
        for (StatusEvent status : statuses) {
            String file = Objects.requireNonNullElse(status.variables().get(RECORDING_FILE), "");
            calls.channel(status.channel().uniqueId())
                    .filter(channel -> isNew(file, channel))
                    .ifPresent(
                            channel -> {
                                willRecordInto(channel, file);
                                add(channel, file);
                                calls.touch(channel.call);
                            });
        }
    }

    private static boolean isNew(String file, ChannelModel channel) {
        return !file.isEmpty()
                && !file.equals(NOT_SET)
                && !file.equals(channel.recordingFile)
                && !channel.recordingFiles.contains(file);
    }

    List<ParkedCall> parkedCalls() {
        return calls.channels().stream()
                .map(channel -> channel.parked)
                .filter(Objects::nonNull)
                .toList();
    }

    List<RunningRecording> recordings() {
        return calls.channels().stream().flatMap(channel -> channel.recordings.stream()).toList();
    }
}
