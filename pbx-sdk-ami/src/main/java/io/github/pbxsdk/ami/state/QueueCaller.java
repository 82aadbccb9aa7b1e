package io.github.pbxsdk.ami.state;

import java.time.Instant;

/** Somebody who waits in a queue. */
public sealed interface QueueCaller permits Values.Caller {

    /** {@return the queue} */
    String queue();

    /** {@return the unique id of the channel} */
    String channelId();

    /** {@return the number of the caller, empty if it isn't told} */
    String number();

    /** {@return the name of the caller, empty if it isn't told} */
    String name();

    /** {@return since when the caller waits, by this machine's clock} */
    Instant waitingSince();
}
