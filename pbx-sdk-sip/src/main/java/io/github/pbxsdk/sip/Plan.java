package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;

/**
 * The one thing that comes next, and when; what was dropped never comes, even if its time had come
 * already.
 *
 * <p>Used by tasks of the engine's actor.
 */
final class Plan {

    private final SipEngine engine;
    private int drops;
    private boolean planned;
    private Time.Alarm alarm = () -> {};

    Plan(SipEngine engine) {
        this.engine = engine;
    }

    /** Has a task come after a while. */
    void in(Duration delay, Runnable task) {
        int before = drops;
        planned = true;
        alarm = engine.time().schedule(delay, () -> engine.execute(() -> run(before, task)));
    }

    private void run(int before, Runnable task) {
        if (before == drops) {
            planned = false;
            task.run();
        }
    }

    /** Has nothing come any more of what was planned. */
    void drop() {
        drops++;
        planned = false;
        alarm.cancel();
    }

    /** Tells whether something is to come. */
    boolean isPlanned() {
        return planned;
    }
}
