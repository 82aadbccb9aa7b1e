package io.github.pbxsdk.recordings;

/** What a run came to with one recording. */
public enum SyncOutcome {
    /** Delivered to all sinks, and written down. */
    DELIVERED,
    /** Delivered before. */
    KNOWN,
    /** There, and still growing, or too young to tell: it is looked at again soon. */
    WAITING,
    /** Closed without a sound: nobody ever spoke. Nothing is delivered. */
    SILENT,
    /**
     * Named by a call record or a signal, and not there: planned only, or not yet written. It is
     * looked for during thirty days.
     */
    ABSENT,
    /** Created outside the wanted time. */
    OUTSIDE,
    /** Without any date where a date is asked for; see {@code includeUndated}. */
    UNDATED,
    /** Something went wrong; it is tried again. */
    FAILED
}
