package io.github.pbxsdk.freepbx;

/**
 * A conference room.
 *
 * @param raw everything the PBX told, its PINs included
 */
public record Conference(FreePbxObject raw) {

    /** Returns the number to call. */
    public String number() {
        return raw.filled("exten").orElseGet(() -> raw.text("0"));
    }

    /** Returns what it is called. */
    public String name() {
        return raw.filled("description").orElseGet(() -> raw.text("1"));
    }

    @Override
    public String toString() {
        return "Conference[" + number() + "]";
    }
}
