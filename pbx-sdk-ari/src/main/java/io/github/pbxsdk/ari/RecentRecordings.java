package io.github.pbxsdk.ari;

/**
 * Notices events that come twice: with all events subscribed, the server sends those of the
 * recording of a bridge once for the bridge and once for everything.
 */
final class RecentRecordings {

    private String last = "";

    /** Tells whether this very event was the last one of a recording. */
    boolean isRepeated(String type, String frame) {
        if (!type.startsWith("Recording")) {
            return false;
        }
        boolean repeated = frame.equals(last);
        last = frame;
        return repeated;
    }
}
