package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SendOutcome.State;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of each recipient of a {@linkplain SmsBulk bulk}. Immutable. */
public final class BulkReport {

    private final List<SendOutcome> outcomes;
    private final Map<State, Integer> counts = new EnumMap<>(State.class);
    private final @Nullable String stopped;

    BulkReport(List<SendOutcome> outcomes, @Nullable String stopped) {
        this.outcomes = List.copyOf(outcomes);
        this.stopped = stopped;
        outcomes.forEach(outcome -> counts.merge(outcome.state(), 1, Integer::sum));
    }

    /** Returns one outcome for each recipient, in the order in which they were given. */
    public List<SendOutcome> outcomes() {
        return outcomes;
    }

    /** Returns how many recipients ended in a state. */
    public int count(State state) {
        return counts.getOrDefault(state, 0);
    }

    /**
     * Returns the messages that certainly were not sent, and that another run may send: those that
     * were skipped, that came too fast, or that the policy lets pass at another time.
     *
     * <p>Give them to the run of the same name. Those of which nobody knows are not among them.
     */
    public List<TextMessage> retryable() {
        return outcomes.stream()
                .filter(SendOutcome::isRetryable)
                .map(SendOutcome::message)
                .toList();
    }

    /** Returns why the run was stopped before its end, if it was. */
    public Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }

    @Override
    public String toString() {
        return "BulkReport" + counts + (stopped == null ? "" : ", stopped: " + stopped);
    }
}
