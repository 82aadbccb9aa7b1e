package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import org.asteriskjava.manager.event.ResponseEvent;

/** An item of a list, or the end of one, for which asterisk-java has no class. */
public final class OtherResponseEvent extends ResponseEvent implements UnknownEvent {

    private static final long serialVersionUID = 1L;

    private final transient AmiFields fields;

    OtherResponseEvent(Object source, AmiFields fields) {
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
        return "OtherResponseEvent[" + name() + ", " + fields + "]";
    }
}
