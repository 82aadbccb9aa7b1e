package io.github.pbxsdk.freepbx;

import java.util.Objects;

/**
 * The versions of a PBX, and whether its Asterisk is up.
 *
 * @param system what FreePBX told of itself
 * @param asterisk what FreePBX told of its Asterisk
 */
public record SystemStatus(FreePbxObject system, FreePbxObject asterisk) {

    /** Checks that nothing is null. */
    public SystemStatus {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(asterisk, "asterisk");
    }

    /** Returns the version of FreePBX, such as {@code 16.0.40.7}. */
    public String version() {
        return system.text("version");
    }

    /** Returns the major version of FreePBX, or 0 if it can't be told. */
    public int majorVersion() {
        String major = version().replaceFirst("\\..*", "");
        return major.matches("[0-9]{1,4}") ? Integer.parseInt(major) : 0;
    }

    /** Returns the version of Asterisk. */
    public String asteriskVersion() {
        return asterisk.filled("asteriskVersion").orElseGet(() -> system.text("engine"));
    }

    /** Tells whether Asterisk runs and FreePBX is connected to it. */
    public boolean isAsteriskUp() {
        return asterisk.text("asteriskStatus").equals("Running")
                && asterisk.text("amiStatus").equals("Connected");
    }
}
