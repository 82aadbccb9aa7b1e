package io.github.pbxsdk.freepbx;

/**
 * A group of the phone book.
 *
 * @param raw everything the PBX told
 */
public record ContactGroup(FreePbxObject raw) {

    /** Returns the id. */
    public String id() {
        return raw.text("id");
    }

    /** Returns what it is called. */
    public String name() {
        return raw.text("name");
    }

    /** Returns the person whose group it is, or {@code -1} for one that all share. */
    public String owner() {
        return raw.filled("owner").orElse("-1");
    }

    /** Returns what kind of contacts it has: {@code internal}, {@code external}. */
    public String type() {
        return raw.text("type");
    }

    @Override
    public String toString() {
        return "ContactGroup[" + id() + ", " + name() + "]";
    }
}
