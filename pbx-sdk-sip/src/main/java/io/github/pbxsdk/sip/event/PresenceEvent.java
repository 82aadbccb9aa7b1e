package io.github.pbxsdk.sip.event;

import java.util.Objects;

/** What the telephone of a watched extension does, when the watching begins and on each change. */
public final class PresenceEvent implements WatchEvent {

    private final String extension;
    private final String watched;
    private final Activity activity;
    private final String note;

    /** Creates an event. */
    public PresenceEvent(String extension, String watched, Activity activity, String note) {
        this.extension = Objects.requireNonNull(extension, "extension");
        this.watched = Objects.requireNonNull(watched, "watched");
        this.activity = Objects.requireNonNull(activity, "activity");
        this.note = Objects.requireNonNull(note, "note");
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

    /** Returns what it does. */
    public Activity activity() {
        return activity;
    }

    /** Returns the server's own word, such as {@code On the phone}. */
    public String note() {
        return note;
    }

    @Override
    public String toString() {
        return "PresenceEvent[" + watched + ": " + activity + " (" + note + ")]";
    }

    /** What a telephone does. */
    public enum Activity {
        /** Registered and not in a call. */
        IDLE,
        /** It rings. */
        RINGING,
        /** In a call, or on hold. */
        BUSY,
        /** Not registered. */
        OFFLINE,
        /** The server said something else; see {@link PresenceEvent#note()}. */
        OTHER
    }
}
