package io.github.pbxsdk.ami.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Somebody who is parked. */
public sealed interface ParkedCall permits Values.Parked {

    /** {@return the unique id of the channel that is parked} */
    String channelId();

    /** {@return the parking lot} */
    String lot();

    /** {@return the space, which is also the number to dial} */
    String space();

    /** {@return who gets the call back when the time is over, as a dial string} */
    String returnsTo();

    /** {@return since when, by this machine's clock} */
    Instant parkedAt();

    /** {@return after how long the call goes back, if the server said so} */
    Optional<Duration> timeout();
}
