package io.github.pbxsdk.freepbx;

import java.util.Optional;

/**
 * A calendar that time conditions can go by; {@link Listings#findCalendar} tells more of one than
 * the list does.
 *
 * @param raw everything the PBX told, without the password for a calendar elsewhere
 */
public record PbxCalendar(FreePbxObject raw) {

    /** Takes the password out. */
    public PbxCalendar {
        raw = raw.without("password");
    }

    /** Returns the id. */
    public String id() {
        return raw.text("id");
    }

    /** Returns what it is called. */
    public String name() {
        return raw.text("name");
    }

    /** Returns what it is for, in words; not in the list. */
    public Optional<String> description() {
        return raw.filled("description");
    }

    /** Returns the name of its time zone; not in the list. */
    public Optional<String> timeZone() {
        return raw.filled("timezone");
    }

    /** Returns where it comes from, if that is elsewhere; not in the list. */
    public Optional<String> url() {
        return raw.filled("url").or(() -> raw.filled("purl"));
    }

    @Override
    public String toString() {
        return "PbxCalendar[" + id() + ", " + name() + "]";
    }
}
