package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.ChannelSnapshot;
import io.github.pbxsdk.ami.event.ChannelState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one channel. Its owner guards it. */
final class ChannelModel {

    final String uniqueId;
    final long createdAt;
    final List<RunningRecording> recordings = new ArrayList<>();

    /**
     * The files that it was or is to be recorded into, as far as it was told; the last one last.
     */
    final List<String> recordingFiles = new ArrayList<>();

    CallModel call;
    String name;
    Instant startedAt;
    String dialed;
    ChannelState state = ChannelState.DOWN;
    @Nullable BridgeModel bridge;
    @Nullable ParkedCall parked;

    /** How many events had come when it was parked, or taken back. */
    long parkingChangedAt;

    @Nullable String queue;
    String recordingFile = "";
    boolean onHold;

    private String callerIdNumber = "";
    private String callerIdName = "";
    private String connectedLineNumber = "";
    private String connectedLineName = "";
    private String accountCode = "";

    /**
     * Creates a channel.
     *
     * @param createdAt how many events came before
     */
    ChannelModel(ChannelSnapshot seen, CallModel call, Instant startedAt, long createdAt) {
        this.uniqueId = seen.uniqueId();
        this.name = seen.name();
        this.call = call;
        this.startedAt = startedAt;
        this.createdAt = createdAt;
        this.dialed = seen.extension();
        take(seen);
    }

    /** Takes over what a report on the channel itself says. */
    void take(ChannelSnapshot seen) {
        state = seen.state();
        callerIdNumber = seen.callerIdNumber();
        callerIdName = seen.callerIdName();
        connectedLineNumber = seen.connectedLineNumber();
        connectedLineName = seen.connectedLineName();
        accountCode = seen.accountCode();
    }

    /** Is parked from now on, or no more. */
    void parks(@Nullable ParkedCall value, long position) {
        parked = value;
        parkingChangedAt = position;
    }

    LiveChannel value() {
        return new Values.Channel(
                uniqueId,
                name,
                call.id,
                state,
                callerIdNumber,
                callerIdName,
                connectedLineNumber,
                connectedLineName,
                dialed,
                accountCode,
                startedAt,
                Optional.ofNullable(bridge).map(in -> in.id),
                onHold);
    }
}
