package io.github.pbxsdk.freepbx;

import java.util.Optional;

/**
 * A fork of calls by the time of day.
 *
 * @param raw everything the PBX told
 */
public record TimeCondition(FreePbxObject raw) {

    /** Returns its number, for {@link Destination#timeCondition}. */
    public int id() {
        return raw.number("timeconditions_id").orElse(0);
    }

    /** Returns what it is called. */
    public String name() {
        return raw.text("displayname");
    }

    /** Returns where calls go within its times. */
    public Optional<Destination> within() {
        return Destination.read(raw.text("truegoto"));
    }

    /** Returns where calls go at all other times. */
    public Optional<Destination> otherwise() {
        return Destination.read(raw.text("falsegoto"));
    }

    @Override
    public String toString() {
        return "TimeCondition[" + id() + ", " + name() + "]";
    }
}
