package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.OriginateResult.Outcome;
import io.github.pbxsdk.ami.event.DialStatus;
import io.github.pbxsdk.ami.event.HangupCause;
import io.github.pbxsdk.ami.event.OriginateReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way, and what is known about its first leg.
 *
 * <p>The server's own verdict is poor: a SIP telephone that is busy or refuses gives reason 0. The
 * truth is in {@code DialEnd} and {@code Hangup} of the channel, which come before the verdict or
 * after it. Half of a {@code Local} channel often ends with cause 0; then the other half knows.
 */
final class Origination {

    /** Causes that say that somebody hung up, or nothing at all. */
    private static final Set<Integer> SAY_LITTLE = Set.of(0, 16, 31, 127);

    private static final Set<Integer> NOBODY_ANSWERED = Set.of(18, 19);

    private static final Set<Integer> CONGESTED = Set.of(34, 42);

    private final List<String> channelIds;
    private final CompletableFuture<OriginateResult> outcome = new CompletableFuture<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, HangupCause> causes = new HashMap<>();
    private Phase phase = Phase.SENDING;
    private String channelName = "";
    private boolean channelSeen;
    private DialStatus dialStatus = DialStatus.OTHER;

    /**
     * Creates a call.
     *
     * @param channelIds the id of the channel and, for a {@code Local} one, of its other half
     */
    Origination(List<String> channelIds) {
        this.channelIds = List.copyOf(channelIds);
    }

    private enum Phase {
        /** The server has not said that it took the call. */
        SENDING,
        /** The server is at it. */
        CALLING,
        /** It is not known whether the server is at it: the connection was lost. */
        LOST,
        /** It failed, and the channel may tell why. */
        FAILING
    }

    List<String> channelIds() {
        return channelIds;
    }

    CompletableFuture<OriginateResult> outcome() {
        return outcome;
    }

    /** Notes that the server took the call. */
    void queued() {
        enter(Phase.CALLING);
    }

    /** Notes that the connection was lost before the server said whether it took the call. */
    void lost() {
        enter(Phase.LOST);
    }

    private void enter(Phase next) {
        lock.lock();
        try {
            phase = next;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether the server may be calling, so that a new connection must find out. */
    boolean isOutThere() {
        lock.lock();
        try {
            return phase != Phase.SENDING && !outcome.isDone();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a channel with one of our ids began. */
    void began(String id, String name) {
        lock.lock();
        try {
            if (id.equals(channelIds.get(0))) {
                channelSeen = true;
                channelName = name;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes how the dial of our channel ended. */
    void dialled(String id, DialStatus status) {
        lock.lock();
        try {
            if (id.equals(channelIds.get(0))) {
                dialStatus = status;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes why a channel with one of our ids ended. */
    void hungUp(String id, HangupCause cause) {
        boolean complete;
        lock.lock();
        try {
            causes.put(id, cause);
            complete = phase == Phase.FAILING && knowsAllCauses();
        } finally {
            lock.unlock();
        }
        if (complete) {
            explain();
        }
    }

    /**
     * Takes the verdict of the server.
     *
     * @return whether it is to be explained by events that are still on their way
     */
    boolean verdict(boolean answered, String name, OriginateReason reason) {
        if (answered) {
            answered(name);
            return false;
        }
        switch (reason) {
            case NO_ANSWER -> end(Outcome.NO_ANSWER, "it rang until the time was over");
            case BUSY -> end(Outcome.BUSY, "the line was busy");
            case CONGESTION -> end(Outcome.CONGESTION, "the way there was congested");
            default -> {
                return failing();
            }
        }
        return false;
    }

    private boolean failing() {
        boolean waiting;
        lock.lock();
        try {
            phase = Phase.FAILING;
            // Even the beginning of the channel may come after the verdict: the topics race.
            waiting = !knowsAllCauses();
        } finally {
            lock.unlock();
        }
        if (!waiting) {
            explain();
        }
        return waiting;
    }

    private boolean knowsAllCauses() {
        return causes.keySet().containsAll(channelIds);
    }

    /** Ends it as answered. */
    void answered(String name) {
        lock.lock();
        try {
            channelName = name;
        } finally {
            lock.unlock();
        }
        end(Outcome.ANSWERED, "answered");
    }

    /** Ends it without an outcome. */
    void unknown(String reason) {
        end(Outcome.UNKNOWN, reason);
    }

    /** Ends a call that failed with what is known about its channel. */
    void explain() {
        if (!channelSeen) {
            end(
                    Outcome.FAILED,
                    "no channel was made: what is called is not registered, or does not exist");
            return;
        }
        HangupCause cause = cause();
        Outcome kind = failure(cause == null ? 0 : cause.code(), dialStatus);
        end(kind, cause == null || cause.code() == 0 ? words(kind) : cause.text());
    }

    private static Outcome failure(int cause, DialStatus status) {
        if (cause == HangupCause.USER_BUSY.code() || status == DialStatus.BUSY) {
            return Outcome.BUSY;
        }
        if (CONGESTED.contains(cause) || status == DialStatus.CONGESTION) {
            return Outcome.CONGESTION;
        }
        if (NOBODY_ANSWERED.contains(cause)
                || (status == DialStatus.NO_ANSWER && SAY_LITTLE.contains(cause))) {
            return Outcome.NO_ANSWER;
        }
        return Outcome.FAILED;
    }

    private static String words(Outcome kind) {
        return switch (kind) {
            case BUSY -> "the line was busy";
            case NO_ANSWER -> "nobody answered";
            case CONGESTION -> "the way there was congested";
            default -> "it failed, and the server gives no cause";
        };
    }

    /** Returns the cause that says most, of our channel or of its other half. */
    private @Nullable HangupCause cause() {
        lock.lock();
        try {
            List<HangupCause> known =
                    channelIds.stream().filter(causes::containsKey).map(causes::get).toList();
            return known.stream()
                    .filter(cause -> !SAY_LITTLE.contains(cause.code()))
                    .findFirst()
                    .orElse(known.isEmpty() ? null : known.get(0));
        } finally {
            lock.unlock();
        }
    }

    private void end(Outcome kind, String reason) {
        HangupCause cause = kind == Outcome.ANSWERED ? null : cause();
        outcome.complete(new OriginateResult(kind, channelIds.get(0), channelName, cause, reason));
    }
}
