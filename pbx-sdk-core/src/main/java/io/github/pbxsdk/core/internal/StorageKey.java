package io.github.pbxsdk.core.internal;

import java.util.HexFormat;

/**
 * Texts made into keys for storage, in a form that stays readable and can be taken back.
 *
 * <p>A key is printable ASCII without blanks, so it fits into every store, line and column. The
 * form is stored by applications: it must not change.
 */
public final class StorageKey {

    private static final char SEPARATOR = '|';
    private static final char ESCAPE = '%';
    private static final int HEX_DIGITS = 4;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private StorageKey() {}

    /** Returns the parts as one key; different parts never give the same key. */
    public static String join(String... parts) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                key.append(SEPARATOR);
            }
            escape(parts[i], key);
        }
        return key.toString();
    }

    /** Returns the text with everything escaped that a key must not hold. */
    public static String escape(String text) {
        int plain = plainUnits(text);
        if (plain == text.length()) {
            return text;
        }
        StringBuilder key = new StringBuilder(text.length() + HEX_DIGITS);
        escape(text, key);
        return key.toString();
    }

    private static int plainUnits(String text) {
        int count = 0;
        while (count < text.length() && isPlain(text.charAt(count))) {
            count++;
        }
        return count;
    }

    private static void escape(String text, StringBuilder key) {
        int plain = plainUnits(text);
        key.append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (isPlain(unit)) {
                key.append(unit);
            } else {
                // Units rather than UTF-8: a lone surrogate from a broken peer survives this way.
                key.append(ESCAPE).append(HEX.toHexDigits(unit));
            }
        }
    }

    /**
     * Returns the text that was escaped.
     *
     * @throws IllegalArgumentException if the key is damaged
     */
    public static String unescape(String key) {
        StringBuilder text = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char unit = key.charAt(i);
            if (unit != ESCAPE) {
                text.append(unit);
                continue;
            }
            text.append(unitAt(key, i + 1));
            i += HEX_DIGITS;
        }
        return text.toString();
    }

    private static char unitAt(String key, int start) {
        int end = start + HEX_DIGITS;
        if (end > key.length()) {
            throw new IllegalArgumentException("a key ends in the middle of an escaped character");
        }
        return (char) HexFormat.fromHexDigits(key, start, end);
    }

    private static boolean isPlain(char unit) {
        return unit > ' ' && unit <= '~' && unit != ESCAPE && unit != SEPARATOR;
    }
}
