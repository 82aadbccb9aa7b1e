package io.github.pbxsdk.ami.state;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A queue: who waits, who works, and how the day went. */
public sealed interface LiveQueue permits Values.Queue {

    /** {@return the name, on FreePBX a number} */
    String name();

    /** {@return the order in which members are called, such as {@code ringall}} */
    String strategy();

    /** {@return those who wait, longest first} */
    List<QueueCaller> callers();

    /** {@return the agents} */
    List<QueueMember> members();

    /** {@return how the day went} */
    QueueFigures today();

    /** {@return within which time a caller should be answered, if the queue says so} */
    Optional<Duration> serviceLevelTarget();

    /** {@return when this was so, by this machine's clock} */
    Instant at();

    /** {@return how many wait} */
    default int waiting() {
        return callers().size();
    }

    /** {@return how long the one who waits longest has waited at that moment; zero if nobody} */
    default Duration longestWait() {
        return longestWait(at());
    }

    /** {@return how long the one who waits longest will have waited at a later moment} */
    default Duration longestWait(Instant moment) {
        return callers().stream()
                .map(caller -> Duration.between(caller.waitingSince(), moment))
                .max(Duration::compareTo)
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }

    /** {@return how many agents are in which state; states that nobody is in are left out} */
    default Map<AgentState, Integer> agentsByState() {
        Map<AgentState, Integer> counts = new EnumMap<>(AgentState.class);
        members().forEach(member -> counts.merge(member.state(), 1, Integer::sum));
        return counts;
    }

    /** {@return how many agents have paused for which reason; no reason is an empty text} */
    default Map<String, Integer> pausedByReason() {
        Map<String, Integer> counts = new TreeMap<>();
        members().stream()
                .filter(QueueMember::isPaused)
                .forEach(member -> counts.merge(member.pauseReason(), 1, Integer::sum));
        return counts;
    }
}
