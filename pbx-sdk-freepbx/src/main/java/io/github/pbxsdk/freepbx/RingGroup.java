package io.github.pbxsdk.freepbx;

import java.time.Duration;
import java.util.List;

/**
 * Telephones that ring together.
 *
 * @param raw everything the PBX told
 */
public record RingGroup(FreePbxObject raw) {

    /** Returns the number. */
    public String number() {
        return raw.text("groupNumber");
    }

    /** Returns what it is called. */
    public String description() {
        return raw.text("description");
    }

    /** Returns who rings; a number outside of the PBX ends with {@code #}. */
    public List<String> members() {
        String list = raw.text("groupList");
        return list.isEmpty() ? List.of() : List.of(list.split("-", -1));
    }

    /** Returns in what order they ring. */
    public RingStrategy strategy() {
        return RingStrategy.read(raw.text("strategy"));
    }

    /** Returns for how long they ring. */
    public Duration ringTime() {
        return Duration.ofSeconds(raw.number("groupTime").orElse(0));
    }

    @Override
    public String toString() {
        return "RingGroup[" + number() + ", " + strategy() + "]";
    }
}
