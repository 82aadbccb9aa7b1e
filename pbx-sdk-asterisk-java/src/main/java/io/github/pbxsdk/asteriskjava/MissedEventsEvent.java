package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.core.event.GapEvent;
import org.asteriskjava.manager.event.ManagerEvent;

/**
 * Events may be missing here: the connection was down, or the listeners were too slow for too long.
 *
 * <p>It stands in the stream of events where they are missing.
 */
public final class MissedEventsEvent extends ManagerEvent {

    private static final long serialVersionUID = 1L;

    private final transient GapEvent gap;

    MissedEventsEvent(Object source, GapEvent gap) {
        super(source);
        this.gap = gap;
    }

    /** Returns why, from when to when, and how many where that is known. */
    public GapEvent gap() {
        return gap;
    }

    @Override
    public String toString() {
        return "MissedEventsEvent[" + gap + "]";
    }
}
