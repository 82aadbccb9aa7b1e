package io.github.pbxsdk.sip.event;

import java.util.Objects;

/** The number of voicemail messages, when the watching begins and after each change. */
public final class MailboxEvent implements WatchEvent {

    private final String extension;
    private final boolean waiting;
    private final int newMessages;
    private final int oldMessages;

    /** Creates an event. */
    public MailboxEvent(String extension, boolean waiting, int newMessages, int oldMessages) {
        this.extension = Objects.requireNonNull(extension, "extension");
        this.waiting = waiting;
        this.newMessages = newMessages;
        this.oldMessages = oldMessages;
    }

    @Override
    public String extension() {
        return extension;
    }

    /** Tells whether a message waits to be heard. */
    public boolean isWaiting() {
        return waiting;
    }

    /** Returns how many were not heard yet. */
    public int newMessages() {
        return newMessages;
    }

    /** Returns how many were heard and kept. */
    public int oldMessages() {
        return oldMessages;
    }

    @Override
    public String toString() {
        return "MailboxEvent[" + extension + ": " + newMessages + " new, " + oldMessages + " old]";
    }
}
