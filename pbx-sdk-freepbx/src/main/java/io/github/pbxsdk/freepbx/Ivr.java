package io.github.pbxsdk.freepbx;

/**
 * A menu that callers go through by keys.
 *
 * @param raw everything the PBX told
 * @param road by which road it was read
 */
public record Ivr(FreePbxObject raw, IvrRoad road) {

    /** Returns its number, for {@link Destination#ivr}. */
    public int id() {
        return raw.number("id").orElse(0);
    }

    /** Returns what it is called. */
    public String name() {
        return raw.text("name");
    }

    /** Returns what it is for, in words. */
    public String description() {
        return raw.text("description");
    }

    @Override
    public String toString() {
        return "Ivr[" + id() + ", " + name() + ", by " + road + "]";
    }
}
