package io.github.pbxsdk.freepbx;

/**
 * A module of FreePBX.
 *
 * @param raw everything the PBX told
 */
public record FreePbxModule(FreePbxObject raw) {

    /** Returns its name, such as {@code ringgroups}. */
    public String name() {
        return raw.text("name");
    }

    /** Returns its version. */
    public String version() {
        return raw.text("version");
    }

    /** Returns its state in the words of the PBX, such as {@code Enabled}. */
    public String state() {
        return raw.text("state");
    }
}
