package io.github.pbxsdk.sip.event;

import java.util.Objects;

/** The server ended or refused a watch; it is not begun again by itself. */
public final class WatchEndedEvent implements WatchEvent {

    private final String extension;
    private final String watched;
    private final String reason;

    /** Creates an event. */
    public WatchEndedEvent(String extension, String watched, String reason) {
        this.extension = Objects.requireNonNull(extension, "extension");
        this.watched = Objects.requireNonNull(watched, "watched");
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String extension() {
        return extension;
    }

    /** Returns the extension that was watched. */
    public String watched() {
        return watched;
    }

    /** Returns why, in words. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return "WatchEndedEvent[" + watched + ": " + reason + "]";
    }
}
