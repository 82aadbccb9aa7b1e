package io.github.pbxsdk.freepbx;

/**
 * A group of the phone book.
 *
 * @param raw everything the PBX told
 */
public record ContactGroup(FreePbxObject raw) {

    /** Returns the id; {@code contactmanager/groups/<id>} of {@link Rest} has what is in it. */
    public String id() {
        return raw.text("id");
    }

    /** Returns what it is called. */
    public String name() {
        return raw.text("name");
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
