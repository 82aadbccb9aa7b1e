package io.github.pbxsdk.ari;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Checks names before they get into a URL, and writes them so that the server reads them back. */
final class Names {

    private static final String HEX = "0123456789ABCDEF";
    private static final String UNRESERVED = "-._~";

    private Names() {}

    /**
     * Checks a name that stands for one thing.
     *
     * @param what the name of the parameter, for the message
     * @throws IllegalArgumentException if it is empty, holds a control character or half a
     *     character, or leads out of its folder
     */
    static String checked(String what, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        if (name.chars().anyMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0))) {
            throw new IllegalArgumentException(what + " holds a control character");
        }
        if (leadsOut(name)) {
            throw new IllegalArgumentException(what + " leads out of its folder: " + name);
        }
        bytes(what, name);
        return name;
    }

    /**
     * Checks the name of a recording, which is a path below a folder of the server.
     *
     * @throws IllegalArgumentException as {@link #checked}, or if it is no relative path
     */
    static String checkedRecording(String what, String name) {
        checked(what, name);
        if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
            throw new IllegalArgumentException(what + " must be a relative path: " + name);
        }
        return name;
    }

    /** Also looks at what a server that decodes twice would see. */
    private static boolean leadsOut(String name) {
        String before = name;
        String plain = decoded(name);
        while (!plain.equals(before)) {
            before = plain;
            plain = decoded(plain);
        }
        return Arrays.stream(plain.split("[/\\\\]", -1))
                .anyMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static String decoded(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "\\")
                .replace("%25", "%");
    }

    /** Returns a text percent-encoded: a slash and a plus too, which the server would misread. */
    static String encoded(String what, String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        ByteBuffer bytes = bytes(what, text);
        while (bytes.hasRemaining()) {
            int b = bytes.get() & 0xff;
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(int b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || UNRESERVED.indexOf(b) >= 0;
    }

    private static ByteBuffer bytes(String what, String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(what + " holds half a character", e);
        }
    }
}
