package io.github.pbxsdk.pbx;

import java.util.Objects;

/**
 * An extension, from the API of the FreePBX, or over AMI where there is none.
 *
 * @param number its number
 * @param name whose it is; an empty text over AMI, which does not tell
 * @param presence whether a telephone is there, where AMI tells
 * @param road by which road it was read: {@code freepbx} or {@code ami}
 */
public record PbxExtension(String number, String name, Presence presence, String road) {

    /** Checks that nothing is null. */
    public PbxExtension {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(presence, "presence");
        Objects.requireNonNull(road, "road");
    }

    /** Whether a telephone is there. */
    public enum Presence {
        /** A device can be reached. */
        ONLINE,
        /** No device can be reached. */
        OFFLINE,
        /** Nobody tells: AMI is not set up, or did not answer. */
        UNKNOWN
    }
}
