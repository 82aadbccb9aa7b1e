package io.github.pbxsdk.ami.state;

import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * A call: all channels that belong together, by their {@code Linkedid}.
 *
 * <p>When calls are joined, by a transfer or when a parked one is fetched, one of them ends and
 * {@linkplain #continuesAs() goes on} in the other, which then knows the {@linkplain #aliases()
 * ids} of both. The server doesn't report such a change by itself: it shows with the next event of
 * a channel.
 */
public sealed interface LiveCall permits Values.Call {

    /** {@return the {@code Linkedid}} */
    String id();

    /** {@return the ids of calls that went on in this one} */
    Set<String> aliases();

    /** {@return how far it is} */
    CallPhase phase();

    /** {@return its channels, oldest first; empty when it has ended} */
    List<LiveChannel> channels();

    /** {@return when its first channel began, by this machine's clock} */
    Instant startedAt();

    /** {@return since when two have talked, if they have} */
    Optional<Instant> talkingSince();

    /** {@return when its last channel went, if it did} */
    Optional<Instant> endedAt();

    /** {@return the call in which this one went on, if it was joined with another} */
    Optional<String> continuesAs();

    /** {@return its recordings that run or are paused} */
    List<RunningRecording> recordings();

    /** {@return who of it is parked} */
    List<ParkedCall> parked();

    /** {@return the queue in which its caller waits, if one does} */
    Optional<String> queue();

    /** {@return its channels that have a telephone or a trunk: all but {@code Local} ones} */
    default List<LiveChannel> parties() {
        return channels().stream().filter(channel -> !channel.isLocal()).toList();
    }

    /** {@return the oldest channel with a telephone or a trunk, if one lives} */
    default Optional<LiveChannel> caller() {
        return channels().stream().filter(channel -> !channel.isLocal()).findFirst();
    }

    /** {@return the channel with this unique id, if it is in the call} */
    default Optional<LiveChannel> findChannel(String uniqueId) {
        return channels().stream()
                .filter(channel -> channel.uniqueId().equals(uniqueId))
                .findFirst();
    }

    /**
     * Returns the channel with this unique id.
     *
     * @throws NoSuchElementException if it is not in the call
     */
    default LiveChannel channel(String uniqueId) {
        return findChannel(uniqueId)
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "no channel " + uniqueId + " in call " + id()));
    }
}
