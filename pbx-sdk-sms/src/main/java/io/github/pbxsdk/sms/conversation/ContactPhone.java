package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.message.Address;
import java.util.Objects;

/**
 * One of the phones of a contact.
 *
 * @param label what people call it, such as {@code Mobile} or {@code Emergency contact}
 * @param address where texts reach it
 */
public record ContactPhone(String label, Address address) {

    /** Checks that nothing is missing. */
    public ContactPhone {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(address, "address");
    }

    /** Returns label and shortened address. */
    @Override
    public String toString() {
        return label + " " + address.masked();
    }
}
