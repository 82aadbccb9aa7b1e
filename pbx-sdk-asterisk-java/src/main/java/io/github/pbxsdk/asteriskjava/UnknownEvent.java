package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;

/**
 * An event for which asterisk-java has no class; that library drops it, this connection does not.
 *
 * <p>What implements this extends the class of asterisk-java that fits: {@link OtherManagerEvent},
 * {@link OtherResponseEvent} for items of lists, {@link OtherUserEvent}.
 */
public sealed interface UnknownEvent permits OtherManagerEvent, OtherResponseEvent, OtherUserEvent {

    /** Returns the name as the server wrote it, such as {@code ContactStatus}. */
    default String name() {
        return fields().text("Event");
    }

    /** Returns everything the server sent, in its order. */
    AmiFields fields();
}
