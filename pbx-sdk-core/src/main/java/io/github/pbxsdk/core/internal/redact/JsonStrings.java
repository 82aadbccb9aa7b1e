package io.github.pbxsdk.core.internal.redact;

import java.util.HexFormat;

/** What stands between the quotes of a JSON string. */
final class JsonStrings {

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private JsonStrings() {}

    /** Returns the position of the closing quote, or the end of a text that was cut off. */
    static int end(String text, int start) {
        int position = start;
        while (position < text.length() && text.charAt(position) != '"') {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        return Math.min(position, text.length());
    }

    static String decode(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder decoded = new StringBuilder(raw.length());
        int position = 0;
        while (position < raw.length()) {
            position += decodeOne(raw, position, decoded);
        }
        return decoded.toString();
    }

    private static int decodeOne(String raw, int position, StringBuilder decoded) {
        char c = raw.charAt(position);
        if (c != '\\' || position + 1 == raw.length()) {
            decoded.append(c);
            return 1;
        }
        char escape = raw.charAt(position + 1);
        if (escape == 'u' && isHex(raw, position + 2)) {
            decoded.append((char) HexFormat.fromHexDigits(raw, position + 2, position + 6));
            return 6;
        }
        int known = ESCAPED.indexOf(escape);
        decoded.append(known < 0 ? escape : MEANT.charAt(known));
        return 2;
    }

    private static boolean isHex(String text, int from) {
        return from + 4 <= text.length()
                && text.chars().skip(from).limit(4).allMatch(HexFormat::isHexDigit);
    }

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int known = c == '/' ? -1 : MEANT.indexOf(c);
            if (known >= 0) {
                encoded.append('\\').append(ESCAPED.charAt(known));
            } else if (c < ' ') {
                encoded.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }
}
