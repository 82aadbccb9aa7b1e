package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.DeviceState;
import java.time.Instant;
import java.util.Optional;

/** An agent of a queue. */
public sealed interface QueueMember permits Values.Member {

    /** {@return the queue} */
    String queue();

    /** {@return the member's name} */
    String name();

    /** {@return what the queue dials, such as {@code Local/200@from-queue/n}} */
    String memberInterface();

    /**
     * {@return the extension: {@code 200} for {@code Local/200@from-queue/n} and for {@code
     * PJSIP/200}}
     */
    String extension();

    /** {@return what the member is doing} */
    AgentState state();

    /** {@return the state of the member's device, paused or not} */
    DeviceState device();

    /** Tells whether the member is in a call of the queue. */
    boolean inCall();

    /** Tells whether the member has paused. */
    boolean isPaused();

    /** {@return the reason for the pause, empty if none was given} */
    String pauseReason();

    /** {@return since when the member has paused, if the server says so, by its clock} */
    Optional<Instant> pausedSince();

    /** {@return how many calls the member has taken since the server began to count} */
    int callsTaken();

    /** {@return when the member's last call ended, by the server's clock} */
    Optional<Instant> lastCall();

    /** {@return the penalty: members with a lower one are called first} */
    int penalty();
}
