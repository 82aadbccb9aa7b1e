package io.github.pbxsdk.core.internal.redact;

/** How far the value behind a secret name reaches; in doubt too far. */
public enum Extent {

    /** To the end of the line and of the lines folded into it: AMI, headers of HTTP and SIP. */
    LINE {
        @Override
        int end(String text, int start, Separator separator) {
            int end = endOfLine(text, start);
            int next = afterLineEnd(text, end);
            while (next < text.length() && isBlank(text.charAt(next))) {
                end = endOfLine(text, next);
                next = afterLineEnd(text, end);
            }
            return end;
        }
    },

    /** A quoted text, or else to the next {@code &} or white space: URLs, sentences. */
    WORD {
        @Override
        int end(String text, int start, Separator separator) {
            if (isQuote(text, start)) {
                return endOfQuoted(text, start);
            }
            int position = start;
            while (position < text.length()
                    && text.charAt(position) != '&'
                    && !Character.isWhitespace(text.charAt(position))) {
                position++;
            }
            return position;
        }
    },

    /** To the next {@code &} or the end of the line; in markup to the next tag: forms. */
    FORM {
        @Override
        int end(String text, int start, Separator separator) {
            int end = separator == Separator.TAG ? text.length() : endOfLine(text, start);
            return switch (separator) {
                case EQUALS -> before(text, '&', start, end);
                case TAG -> before(text, '<', start, end);
                case COLON -> end;
            };
        }
    },

    /** A quoted text, a whole bracket, or a bare word: GraphQL and JSON that cannot be read. */
    SYNTAX {
        @Override
        int end(String text, int start, Separator separator) {
            if (isQuote(text, start)) {
                return endOfQuoted(text, start);
            }
            if (start < text.length() && "[{(".indexOf(text.charAt(start)) >= 0) {
                return endOfBracket(text, start);
            }
            String ends = separator == Separator.EQUALS ? "&\"\r\n" : ",)}]\r\n";
            int position = start;
            while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
                position += text.charAt(position) == '\\' ? 2 : 1;
            }
            return Math.min(position, text.length());
        }
    };

    private static final String BLOCK_QUOTE = "\"\"\"";

    abstract int end(String text, int start, Separator separator);

    private static int endOfLine(String text, int start) {
        int end = text.indexOf('\n', start);
        if (end < 0) {
            return text.length();
        }
        return end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private static int afterLineEnd(String text, int end) {
        int next = end < text.length() && text.charAt(end) == '\r' ? end + 1 : end;
        return next + 1;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static int before(String text, char stop, int start, int limit) {
        int found = text.indexOf(stop, start);
        return found < 0 ? limit : Math.min(found, limit);
    }

    private static boolean isQuote(String text, int position) {
        return position < text.length()
                && (text.charAt(position) == '"' || text.charAt(position) == '\'');
    }

    private static int endOfQuoted(String text, int start) {
        if (text.startsWith(BLOCK_QUOTE, start)) {
            int end = text.indexOf(BLOCK_QUOTE, start + 3);
            return end < 0 ? text.length() : end + 3;
        }
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i + 1;
            }
        }
        return text.length();
    }

    /** Returns the position behind the bracket that opens at the start, or the end of the text. */
    static int endOfBracket(String text, int start) {
        int depth = 0;
        int position = start;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                position = endOfQuoted(text, position);
                continue;
            }
            position++;
            depth += "[{(".indexOf(c) >= 0 ? 1 : "]})".indexOf(c) >= 0 ? -1 : 0;
            if (depth == 0) {
                return position;
            }
        }
        return text.length();
    }

    /** What stands between a name and its value. */
    enum Separator {
        COLON,
        EQUALS,
        TAG
    }
}
