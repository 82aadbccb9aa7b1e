package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.message.Address;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Somebody to write to, with all phones; the first one is the default.
 *
 * <p>Several contacts may share a number, as families do. Immutable.
 */
public final class Contact {

    private final String id;
    private final String name;
    private final List<ContactPhone> phones;

    private Contact(String id, String name, List<ContactPhone> phones) {
        this.id = Objects.requireNonNull(id, "id");
        this.name = Objects.requireNonNull(name, "name");
        this.phones = List.copyOf(phones);
    }

    /**
     * Returns a contact.
     *
     * @param id yours, such as the number of a patient
     * @param phones the default one first; there may be none
     */
    public static Contact of(String id, String name, List<ContactPhone> phones) {
        return new Contact(id, name, phones);
    }

    /** Returns your id. */
    public String id() {
        return id;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the phones, the default one first. */
    public List<ContactPhone> phones() {
        return phones;
    }

    /** Returns the phone to write to unless somebody chooses another one. */
    public Optional<ContactPhone> defaultPhone() {
        return phones.stream().findFirst();
    }

    Set<Address> addresses() {
        return phones.stream().map(ContactPhone::address).collect(Collectors.toSet());
    }

    /** Returns the label of a phone, unless it is the default one, of which nobody need hear. */
    Optional<String> labelOf(Address address) {
        return phones.stream()
                .filter(phone -> phone.address().equals(address))
                .findFirst()
                .filter(phone -> !phone.equals(phones.get(0)))
                .map(ContactPhone::label);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Contact that
                && id.equals(that.id)
                && name.equals(that.name)
                && phones.equals(that.phones);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, name, phones);
    }

    /** Returns the id and how many phones there are, without the name. */
    @Override
    public String toString() {
        return "Contact[" + id + ", " + phones.size() + " phones]";
    }
}
