package io.github.pbxsdk.sip;

import java.time.Duration;
import java.util.Objects;

/**
 * How to register an extension.
 *
 * <p>Immutable.
 */
public final class RegisterOptions {

    private static final RegisterOptions DEFAULTS =
            new RegisterOptions(Duration.ofHours(1), OtherDevices.KEEP);

    private final Duration expires;
    private final OtherDevices otherDevices;

    private RegisterOptions(Duration expires, OtherDevices otherDevices) {
        this.expires = expires;
        this.otherDevices = otherDevices;
    }

    /** Returns the defaults: an hour, and other devices are left alone. */
    public static RegisterOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options that ask for another time; one hour by default. Servers may grant more or
     * less, and it is prolonged before it runs out.
     *
     * @throws IllegalArgumentException if it is less than a second or more than a day
     */
    public RegisterOptions expires(Duration value) {
        if (value.toSeconds() < 1 || value.toSeconds() > 86_400) {
            throw new IllegalArgumentException(
                    "expires must be between a second and a day, not " + value);
        }
        return new RegisterOptions(value, otherDevices);
    }

    /**
     * Returns options for when another device is registered; {@link OtherDevices#KEEP} by default.
     */
    public RegisterOptions otherDevices(OtherDevices value) {
        return new RegisterOptions(expires, Objects.requireNonNull(value, "otherDevices"));
    }

    /** Returns options that end the registrations of other devices first. */
    public RegisterOptions takeOver() {
        return otherDevices(OtherDevices.TAKE_OVER);
    }

    /** Returns the time asked for. */
    public Duration expires() {
        return expires;
    }

    /** Returns what happens when another device is registered. */
    public OtherDevices otherDevices() {
        return otherDevices;
    }

    @Override
    public String toString() {
        return "RegisterOptions[" + expires + ", " + otherDevices + "]";
    }
}
