package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.HangupCause;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the first leg of an originated call ended: whether the one who was called first answered.
 *
 * <p>It knows nothing of the second leg, which is dialled afterwards, nor whether a person or a
 * machine answered. Immutable.
 */
public final class OriginateResult {

    private final Outcome outcome;
    private final String channelId;
    private final String channelName;
    private final @Nullable HangupCause cause;
    private final String reason;

    OriginateResult(
            Outcome outcome,
            String channelId,
            String channelName,
            @Nullable HangupCause cause,
            String reason) {
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.channelId = channelId;
        this.channelName = channelName;
        this.cause = cause;
        this.reason = reason;
    }

    /** Returns what came of it. */
    public Outcome outcome() {
        return outcome;
    }

    /** Tells whether the first leg answered. */
    public boolean isAnswered() {
        return outcome == Outcome.ANSWERED;
    }

    /** Returns the unique id of the channel, which is known even if there never was one. */
    public String channelId() {
        return channelId;
    }

    /** Returns the name of the channel, such as {@code PJSIP/100-0000001a}, if there was one. */
    public Optional<String> channelName() {
        return channelName.isEmpty() ? Optional.empty() : Optional.of(channelName);
    }

    /** Returns why the channel ended, where the server gave a cause. */
    public Optional<HangupCause> cause() {
        return Optional.ofNullable(cause);
    }

    /** Returns the outcome in words for a person. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return outcome + " (" + channelId + "): " + reason;
    }

    /** What can come of calling somebody. */
    public enum Outcome {
        /** It was answered. */
        ANSWERED,
        /** The line was busy. */
        BUSY,
        /** It rang until the time was over. */
        NO_ANSWER,
        /** The way there was congested. */
        CONGESTION,
        /** It failed otherwise: refused, not registered, no such number; the reason says more. */
        FAILED,
        /** The server may have called, and nobody can tell any more what came of it. */
        UNKNOWN
    }
}
