package io.github.pbxsdk.freepbx;

import java.util.List;

/**
 * A system recording: what menus and announcements play.
 *
 * @param raw everything the PBX told
 */
public record Prompt(FreePbxObject raw) {

    /** Returns its number. */
    public String id() {
        return raw.text("id");
    }

    /** Returns what it is called. */
    public String name() {
        return raw.text("name");
    }

    /** Returns what it says, in words. */
    public String description() {
        return raw.text("description");
    }

    /** Returns the sound files it is made of, without extension, such as {@code custom/menu}. */
    public List<String> files() {
        return raw.texts("playback");
    }

    @Override
    public String toString() {
        return "Prompt[" + id() + ", " + name() + "]";
    }
}
