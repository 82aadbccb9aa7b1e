package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Finds out that a peer is gone although its connection stands: an idle server says nothing, and
 * neither does a dead one.
 *
 * <p>When nothing was heard for a while it asks. Whatever is heard then is a sign of life: answers
 * stand in a queue behind a slow action.
 */
final class KeepAlive {

    private final HostAndPort host;
    private final Duration interval;
    private final Duration timeout;
    private final Time time;
    private final Consumer<Runnable> threads;
    private final Consumer<PbxException> drop;
    private volatile Time.Alarm next = () -> {};
    private volatile boolean over;

    /**
     * Creates one for a connection.
     *
     * @param threads starts a thread
     * @param drop ends the connection
     */
    KeepAlive(
            HostAndPort host,
            AmiSettings settings,
            Time time,
            Consumer<Runnable> threads,
            Consumer<PbxException> drop) {
        this.host = host;
        this.interval = settings.pingInterval();
        this.timeout = settings.pingTimeout();
        this.time = time;
        this.threads = threads;
        this.drop = drop;
    }

    void begin(AmiSession session) {
        after(interval, () -> check(session));
    }

    void end() {
        over = true;
        next.cancel();
    }

    private void after(Duration wait, Runnable step) {
        if (over) {
            return;
        }
        next = time.schedule(wait, step);
        if (over) {
            next.cancel();
        }
    }

    private void check(AmiSession session) {
        Duration left = interval.minus(session.idle());
        if (left.isZero() || left.isNegative()) {
            long asked = time.nanos();
            // Not on the clock's thread: sending blocks when the peer is dead, which is the point.
            threads.accept(() -> ping(session));
            after(timeout, () -> judge(session, asked));
        } else {
            after(left, () -> check(session));
        }
    }

    private void ping(AmiSession session) {
        PendingAnswer answer =
                new PendingAnswer(
                        "Ping", new CollectedItems("Ping", 0), timeout, time, new Nobody());
        try {
            session.send(PingAction.create(), session.ids().next(), answer);
        } catch (PbxException e) {
            drop.accept(e);
        }
    }

    /** Counts what was heard since we asked: the alarm itself may be late. */
    private void judge(AmiSession session, long asked) {
        Duration sinceAsked = Duration.ofNanos(time.nanos() - asked);
        if (session.idle().compareTo(sinceAsked) >= 0) {
            drop.accept(
                    new PbxConnectionException(
                            host + " does not answer any more, not even a ping", null, true));
        } else {
            check(session);
        }
    }

    /** Any sign of life will do: the answer itself is not waited for. */
    private static final class Nobody implements PendingAnswer.Asker {

        @Override
        public boolean mayLeave() {
            return true;
        }

        @Override
        public void listBegins() {
            // Nobody waits.
        }

        @Override
        public void answered(AmiResponse response) {
            // Nobody waits.
        }

        @Override
        public void failed(Throwable failure) {
            // Nobody waits.
        }
    }
}
