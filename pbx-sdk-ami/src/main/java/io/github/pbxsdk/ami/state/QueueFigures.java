package io.github.pbxsdk.ami.state;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What a queue did today, as a wallboard shows it: since midnight in the zone of the PBX.
 *
 * <p>It is counted from events. Who begins to follow at noon knows nothing of the morning, and what
 * happens while the connection is away is not counted: {@link #isComplete()} tells.
 */
public sealed interface QueueFigures permits Values.Figures {

    /** {@return from when on it is counted: midnight, or when following began} */
    Instant since();

    /** Tells whether nothing is missing since midnight. */
    boolean isComplete();

    /** {@return how many callers joined} */
    int offered();

    /** {@return how many of them an agent answered} */
    int answered();

    /** {@return how many of them hung up before} */
    int abandoned();

    /** {@return how many left in another way: time-out, key, removed} */
    int leftOtherwise();

    /** {@return how many were answered within the service level of the queue} */
    int answeredInTime();

    /** {@return the longest wait of a caller who was answered or hung up; of today} */
    Duration longestWait();

    /** {@return the average wait of those who were answered; zero if nobody was} */
    Duration averageWait();

    /**
     * Returns the service level: those answered in time among those answered or abandoned, from 0
     * to 1; empty if there are none, or the queue has no service level.
     */
    OptionalDouble serviceLevel();
}
