package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import org.asteriskjava.manager.event.UserEvent;

/** A {@code UserEvent} for which no class was registered; its own name is in {@code UserEvent}. */
public final class OtherUserEvent extends UserEvent implements UnknownEvent {

    private static final long serialVersionUID = 1L;

    private final transient AmiFields fields;

    OtherUserEvent(Object source, AmiFields fields) {
        super(source);
        this.fields = fields;
    }

    @Override
    public AmiFields fields() {
        return fields;
    }

    /** Shows the names of the lines only: values can be secrets, numbers or texts of people. */
    @Override
    public String toString() {
        return "OtherUserEvent[" + name() + ", " + fields + "]";
    }
}
