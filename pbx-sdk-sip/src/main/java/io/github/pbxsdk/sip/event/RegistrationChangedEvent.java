package io.github.pbxsdk.sip.event;

import io.github.pbxsdk.sip.RegistrationState;
import io.github.pbxsdk.sip.RegistrationStatus;
import java.util.Objects;

/**
 * A registration changed its state.
 *
 * <p>Each change is one event, in order.
 */
public final class RegistrationChangedEvent implements RegistrationEvent {

    private final String extension;
    private final RegistrationStatus before;
    private final RegistrationStatus now;

    /** Creates an event. */
    public RegistrationChangedEvent(
            String extension, RegistrationStatus before, RegistrationStatus now) {
        this.extension = Objects.requireNonNull(extension, "extension");
        this.before = Objects.requireNonNull(before, "before");
        this.now = Objects.requireNonNull(now, "now");
    }

    @Override
    public String extension() {
        return extension;
    }

    /** Returns how it was. */
    public RegistrationStatus before() {
        return before;
    }

    /** Returns how it is now, with the reason. */
    public RegistrationStatus now() {
        return now;
    }

    /** Returns the new state; the same as {@code now().state()}. */
    public RegistrationState state() {
        return now.state();
    }

    @Override
    public String toString() {
        return "RegistrationChangedEvent["
                + (extension + ": " + before.state() + " -> " + now + "]");
    }
}
