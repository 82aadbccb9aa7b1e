package io.github.pbxsdk.sip.event;

import io.github.pbxsdk.sip.event.PresenceEvent.Activity;
import java.util.Objects;

/** Which calls a watched extension is in, when the watching begins and on each change. */
public final class DialogEvent implements WatchEvent {

    private final String extension;
    private final String watched;
    private final Activity activity;
    private final String state;

    /** Creates an event. */
    public DialogEvent(String extension, String watched, Activity activity, String state) {
        this.extension = Objects.requireNonNull(extension, "extension");
        this.watched = Objects.requireNonNull(watched, "watched");
        this.activity = Objects.requireNonNull(activity, "activity");
        this.state = Objects.requireNonNull(state, "state");
    }

    /** {@inheritDoc} This is the one that watches. */
    @Override
    public String extension() {
        return extension;
    }

    /** Returns the extension that is watched. */
    public String watched() {
        return watched;
    }

    /** Returns what it does; one that is not registered is idle here. */
    public Activity activity() {
        return activity;
    }

    /** Returns the server's own word for the liveliest call, such as {@code early}, or nothing. */
    public String state() {
        return state;
    }

    @Override
    public String toString() {
        return "DialogEvent[" + watched + ": " + activity + " (" + state + ")]";
    }
}
