package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import java.util.Collection;
import java.util.List;
import org.asteriskjava.manager.ResponseEvents;
import org.asteriskjava.manager.event.ResponseEvent;
import org.asteriskjava.manager.response.ManagerResponse;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an action and the events that belong to it.
 *
 * <p>Immutable. It can lack the answer or the last events where the action did not come to its end;
 * {@link #isComplete()} tells.
 */
public final class PbxResponseEvents implements ResponseEvents {

    private final @Nullable ManagerResponse response;
    private final List<ResponseEvent> events;
    private final List<AmiFields> fields;
    private final boolean complete;

    PbxResponseEvents(
            @Nullable ManagerResponse response,
            List<ResponseEvent> events,
            List<AmiFields> fields,
            boolean complete) {
        this.response = response;
        this.events = List.copyOf(events);
        this.fields = List.copyOf(fields);
        this.complete = complete;
    }

    /** Returns the answer; null if the connection ended before it came. */
    @Override
    public @Nullable ManagerResponse getResponse() {
        return response;
    }

    /** Returns the events in the server's order, the one that ends them included. */
    @Override
    public Collection<ResponseEvent> getEvents() {
        return events;
    }

    /** Returns the lines of each event, in the order of {@link #getEvents()}. */
    public List<AmiFields> fields() {
        return fields;
    }

    /** Tells whether the server said that this is all. */
    public boolean isComplete() {
        return complete;
    }

    @Override
    public String toString() {
        return "PbxResponseEvents["
                + (events.size() + " events, " + (complete ? "complete" : "incomplete"))
                + "]";
    }
}
