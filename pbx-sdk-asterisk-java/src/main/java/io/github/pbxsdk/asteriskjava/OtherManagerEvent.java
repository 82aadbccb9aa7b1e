package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import org.asteriskjava.manager.event.ManagerEvent;

/** An event for which asterisk-java has no class. */
public final class OtherManagerEvent extends ManagerEvent implements UnknownEvent {

    private static final long serialVersionUID = 1L;

    private final transient AmiFields fields;

    OtherManagerEvent(Object source, AmiFields fields) {
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
        return "OtherManagerEvent[" + name() + ", " + fields + "]";
    }
}
