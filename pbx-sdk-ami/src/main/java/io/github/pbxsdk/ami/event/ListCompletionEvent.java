package io.github.pbxsdk.ami.event;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.ami.internal.FieldValues;
import java.util.OptionalInt;

/**
 * The end of a list.
 *
 * <p>Servers mark it with {@code EventList: Complete}; the few events that end a list without that
 * line have this type all the same.
 */
public interface ListCompletionEvent extends ListEvent {

    /** Tells whether an event ends a list: it is of this type, or the server says so. */
    static boolean ends(AmiEvent event) {
        AmiFields fields = event.fields();
        return event instanceof ListCompletionEvent
                || fields.is("EventList", "Complete")
                || fields.is("EventList", "Cancelled");
    }

    /** Returns how many items the server says it sent, all kinds of items together. */
    default OptionalInt listItems() {
        return FieldValues.integer(fields(), "ListItems");
    }

    /** Tells whether the server ended the list before it was complete. */
    default boolean isCancelled() {
        return fields().is("EventList", "Cancelled");
    }
}
