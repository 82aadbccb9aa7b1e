package io.github.pbxsdk.asteriskjava;

import org.asteriskjava.manager.event.UserEvent;

/** What a dialplan reports in the application of these tests. */
public final class TicketEvent extends UserEvent {

    private static final long serialVersionUID = 1L;

    private Integer number;
    private Boolean urgent;

    /** Creates an event. */
    public TicketEvent(Object source) {
        super(source);
    }

    /** Returns the number of the ticket. */
    public Integer getNumber() {
        return number;
    }

    /** Sets the number of the ticket. */
    public void setNumber(Integer value) {
        this.number = value;
    }

    /** Returns whether it is urgent. */
    public Boolean getUrgent() {
        return urgent;
    }

    /** Sets whether it is urgent. */
    public void setUrgent(Boolean value) {
        this.urgent = value;
    }
}
