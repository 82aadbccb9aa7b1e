package io.github.pbxsdk.ami.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one queue. Its owner guards it. */
final class QueueModel {

    final String name;
    final Map<String, Waiting> callers = new LinkedHashMap<>();
    final Map<String, QueueMember> members = new LinkedHashMap<>();

    /** What was told last; null before the first time. */
    @Nullable LiveQueue told;

    private String strategy = "";
    private Duration target = Duration.ZERO;
    private Instant since;
    private boolean complete;
    private int offered;
    private int answered;
    private int abandoned;
    private int inTime;
    private Duration longest = Duration.ZERO;
    private Duration total = Duration.ZERO;

    QueueModel(String name, Instant since) {
        this.name = name;
        this.since = since;
    }

    /** A caller who waits, or has waited in a call that lives. */
    static final class Waiting {

        final QueueCaller caller;
        final long joinedAt;
        boolean waits = true;
        boolean decided;

        /** How many events had come when he left. */
        long leftAt;

        Waiting(QueueCaller caller, long joinedAt) {
            this.caller = caller;
            this.joinedAt = joinedAt;
        }
    }

    void settings(String newStrategy, Duration newTarget) {
        strategy = newStrategy;
        target = newTarget;
    }

    void startDay(Instant midnight, boolean nothingMissing) {
        since = midnight;
        complete = nothingMissing;
        offered = (int) callers.values().stream().filter(caller -> caller.waits).count();
        answered = 0;
        abandoned = 0;
        inTime = 0;
        longest = Duration.ZERO;
        total = Duration.ZERO;
    }

    void incomplete() {
        complete = false;
    }

    void countOffered() {
        offered++;
    }

    void countAnswered(Duration wait) {
        answered++;
        total = total.plus(wait);
        if (!target.isZero() && wait.compareTo(target) <= 0) {
            inTime++;
        }
        waited(wait);
    }

    void countAbandoned(Duration wait) {
        abandoned++;
        waited(wait);
    }

    private void waited(Duration wait) {
        longest = wait.compareTo(longest) > 0 ? wait : longest;
    }

    LiveQueue value(Instant now) {
        List<QueueCaller> waiting =
                callers.values().stream()
                        .filter(caller -> caller.waits)
                        .map(caller -> caller.caller)
                        .sorted(Comparator.comparing(QueueCaller::waitingSince))
                        .toList();
        boolean hasTarget = !target.isZero();
        QueueFigures today =
                new Values.Figures(
                        since,
                        complete,
                        offered,
                        answered,
                        abandoned,
                        waiting.size(),
                        inTime,
                        longest,
                        total,
                        hasTarget);
        return new Values.Queue(
                name,
                strategy,
                waiting,
                List.copyOf(members.values()),
                today,
                hasTarget ? Optional.of(target) : Optional.empty(),
                now);
    }
}
