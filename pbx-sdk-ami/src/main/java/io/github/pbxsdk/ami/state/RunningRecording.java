package io.github.pbxsdk.ami.state;

import java.time.Instant;

/** A recording by MixMonitor that runs, or is paused. */
public sealed interface RunningRecording permits Values.Recording {

    /** {@return the unique id of the channel it was started on: it ends with this one} */
    String channelId();

    /** {@return the file, as the server names it; empty if it was not told} */
    String file();

    /** {@return when it began, by this machine's clock} */
    Instant startedAt();

    /** Tells whether it records silence at present, both ways. */
    boolean isPaused();
}
