package io.github.pbxsdk.freepbx;

import java.util.List;
import java.util.Optional;

/**
 * Somebody in the phone book.
 *
 * @param raw everything the PBX told, without the hash of a password
 */
public record ContactEntry(FreePbxObject raw) {

    /** Takes the hash out, which a person of User Manager can have. */
    public ContactEntry {
        raw = raw.without("password");
    }

    /** Returns the id. */
    public String id() {
        return raw.filled("uid").orElseGet(() -> raw.text("id"));
    }

    /** Returns the name to be shown, or first and last name where there is none. */
    public String name() {
        return raw.filled("displayname")
                .orElseGet(() -> (raw.text("fname") + " " + raw.text("lname")).strip());
    }

    /** Returns the company. */
    public Optional<String> company() {
        return raw.filled("company");
    }

    /** Returns the numbers; who is in User Manager has an extension among them. */
    public List<Phone> phones() {
        return raw.values("numbers").stream()
                .filter(row -> row.filled("number").isPresent())
                .map(row -> new Phone(row.text("number"), row.text("type")))
                .toList();
    }

    /** Returns the addresses for mail. */
    public List<String> emails() {
        return raw.values("emails").stream().flatMap(row -> row.filled("email").stream()).toList();
    }

    @Override
    public String toString() {
        return "ContactEntry[" + id() + "]";
    }

    /**
     * A number of a contact.
     *
     * @param number as somebody has written it
     * @param type what it is, such as {@code cell}, {@code work}, {@code extension}
     */
    public record Phone(String number, String type) {}
}
