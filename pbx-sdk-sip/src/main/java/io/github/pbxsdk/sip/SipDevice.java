package io.github.pbxsdk.sip;

import java.time.Duration;
import java.util.Objects;

/**
 * A device that the server has registered for an extension.
 *
 * <p>Immutable.
 */
public final class SipDevice {

    private final String contact;
    private final Duration expires;
    private final boolean ours;
    private final String address;

    SipDevice(String contact, String address, Duration expires, boolean ours) {
        this.contact = Objects.requireNonNull(contact, "contact");
        this.address = Objects.requireNonNull(address, "address");
        this.expires = Objects.requireNonNull(expires, "expires");
        this.ours = ours;
    }

    /** Returns its address, such as {@code sip:1001@192.0.2.7:5060}. */
    public String contact() {
        return contact;
    }

    /** Returns host and port of its address. */
    String address() {
        return address;
    }

    /** Returns how long its registration lasts unless it is prolonged. */
    public Duration expires() {
        return expires;
    }

    /** Tells whether it is this client, now or before its last restart. */
    public boolean isOurs() {
        return ours;
    }

    @Override
    public String toString() {
        return contact + (ours ? " (this client)" : "") + " for " + expires.toSeconds() + " s";
    }
}
