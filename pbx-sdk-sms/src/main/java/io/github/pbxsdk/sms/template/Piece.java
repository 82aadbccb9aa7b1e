package io.github.pbxsdk.sms.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a template: words as they are, or a gap with its name and what stands in by default.
 */
record Piece(String words, @Nullable String name) {

    private static final Pattern GAP =
            Pattern.compile("\\s*([\\p{L}_][\\p{L}\\p{N}_.-]*)\\s*(\\|.*)?", Pattern.DOTALL);
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /** Takes a text apart. */
    static List<Piece> split(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf(OPEN, at);
            if (open < 0) {
                break;
            }
            pieces.add(new Piece(text.substring(at, open), null));
            if (text.startsWith(OPEN + OPEN, open)) {
                pieces.add(new Piece(OPEN, null));
                at = open + OPEN.length() * 2;
            } else {
                int close = text.indexOf(CLOSE, open);
                pieces.add(gap(text, open, close));
                at = close + CLOSE.length();
            }
        }
        pieces.add(new Piece(text.substring(at), null));
        return pieces;
    }

    private static Piece gap(String text, int open, int close) {
        Matcher gap = GAP.matcher(close < 0 ? "" : text.substring(open + OPEN.length(), close));
        if (!gap.matches()) {
            throw new IllegalArgumentException(
                    "at "
                            + open
                            + " there is no gap such as {{name}} or {{name|there}}; write {{{{ for"
                            + " {{");
        }
        return new Piece(gap.group(2) == null ? "" : gap.group(2), gap.group(1));
    }

    boolean isGap() {
        return name != null;
    }

    /** Returns what stands here, or null if there is neither a value nor a default. */
    @Nullable String filled(Map<String, String> values) {
        if (name == null) {
            return words;
        }
        String value = values.getOrDefault(name, "");
        if (!value.isBlank()) {
            return value;
        }
        return words.isEmpty() ? null : words.substring(1);
    }
}
