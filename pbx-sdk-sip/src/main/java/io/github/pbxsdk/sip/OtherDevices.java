package io.github.pbxsdk.sip;

/**
 * What happens when another device is registered for the same extension.
 *
 * <p>A stock FreePBX has room for one device and lets a new one push the old one out, without a
 * word to either ({@code max_contacts=1}, {@code remove_existing=yes}).
 */
public enum OtherDevices {
    /** We stay away: the registration is refused, and the failure says who is there. */
    KEEP,
    /** We register beside it; for extensions with room for several devices. */
    SHARE,
    /** Its registration is ended, then we register. */
    TAKE_OVER
}
