package io.github.pbxsdk.freepbx;

import java.util.List;

/**
 * Who rings when an extension is called.
 *
 * @param raw everything the PBX told
 */
public record FollowMeStatus(FreePbxObject raw) {

    /** Tells whether it is on. */
    public boolean isEnabled() {
        return raw.isOn("enabled");
    }

    /** Returns who rings; a number outside of the PBX ends with {@code #}. */
    public List<String> numbers() {
        String list = raw.text("followMeList");
        return list.isEmpty() ? List.of() : List.of(list.split("-", -1));
    }
}
