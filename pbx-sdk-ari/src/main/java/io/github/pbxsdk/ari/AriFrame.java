package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A message of the event socket, of which only the type has been read.
 *
 * @param type empty if it has none
 */
record AriFrame(String text, String type) {

    private static final String TYPE = "\"type\":\"";

    /**
     * Returns a frame.
     *
     * @throws PbxProtocolException if its type cannot be read
     */
    static AriFrame of(String text) {
        String type = typeNearTheBegin(text);
        return new AriFrame(text, type == null ? JsonScan.findText(text, "type") : type);
    }

    /**
     * Returns the type where only plain texts and numbers come before it, as in nearly all events:
     * those that nobody wants are not copied for it. Null if it has to be looked for.
     */
    private static @Nullable String typeNearTheBegin(String text) {
        int at = text.startsWith("{") ? 1 : -1;
        while (text.startsWith("\"", at)) {
            if (text.startsWith(TYPE, at)) {
                int begin = at + TYPE.length();
                int end = endOfText(text, begin);
                return end < 0 ? null : text.substring(begin, end);
            }
            at = nextMember(text, at);
        }
        return null;
    }

    /** Returns where the member after one begins that is a plain text or number, or -1. */
    private static int nextMember(String text, int from) {
        int name = endOfText(text, from + 1);
        if (name < 0 || !text.startsWith(":", name + 1)) {
            return -1;
        }
        int value = name + 2;
        int comma =
                text.startsWith("\"", value)
                        ? endOfText(text, value + 1) + 1
                        : endOfDigits(text, value);
        return comma > value && text.startsWith(",", comma) ? comma + 1 : -1;
    }

    /** Returns where the quote is that ends a text without escapes, or -1. */
    private static int endOfText(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char sign = text.charAt(at);
            if (sign == '"' || sign == '\\') {
                return sign == '"' ? at : -1;
            }
        }
        return -1;
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
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
