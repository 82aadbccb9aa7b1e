package io.github.pbxsdk.sms.conversation;

/** A conversation as a list shows it. Immutable. */
public final class ConversationSummary {

    private final StoredMessage last;
    private final int unread;

    ConversationSummary(StoredMessage last, int unread) {
        this.last = last;
        this.unread = unread;
    }

    /** Returns which one. */
    public ConversationKey key() {
        return last.conversation();
    }

    /** Returns the newest text. */
    public StoredMessage last() {
        return last;
    }

    /** Returns how many received texts nobody has marked as read. */
    public int unread() {
        return unread;
    }

    @Override
    public String toString() {
        return "ConversationSummary[" + key() + ", " + unread + " unread]";
    }
}
