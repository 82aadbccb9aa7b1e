package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;

/**
 * A message of the event socket, of which only the type has been read.
 *
 * @param type empty if it has none
 */
record AriFrame(String text, String type) {

    private static final String TYPE_FIRST = "{\"type\":\"";

    /**
     * Returns a frame.
     *
     * @throws PbxProtocolException if its type cannot be read
     */
    static AriFrame of(String text) {
        int end = text.startsWith(TYPE_FIRST) ? text.indexOf('"', TYPE_FIRST.length()) : -1;
        return new AriFrame(
                text,
                end < 0
                        ? JsonScan.findText(text, "type")
                        : text.substring(TYPE_FIRST.length(), end));
    }

    /** Tells whether a text is the answer to a request that was sent on the event socket. */
    static boolean isAnswer(String text) {
        return text.contains("\"RESTResponse\"") && isOfType(text, "RESTResponse");
    }

    private static boolean isOfType(String text, String type) {
        try {
            return of(text).type().equals(type);
        } catch (PbxProtocolException e) {
            // It is told as an event that cannot be read.
            return false;
        }
    }

    /**
     * Reads the object.
     *
     * @throws PbxProtocolException if it cannot be read
     */
    AriObject object() {
        return AriObject.parse(text);
    }
}
