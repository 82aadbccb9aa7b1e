package io.github.pbxsdk.testing.ami;

import java.util.ArrayList;
import java.util.List;

/**
 * The JSON of amiws, both ways: objects of texts and numbers, with arrays or repeated names where a
 * header repeats.
 */
final class FlatJson {

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /**
     * Reads a flat object; an array makes one line for each of its values.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static AmiMessage read(String json) {
        FlatJson reading = new FlatJson(json);
        List<AmiMessage.Line> lines = new ArrayList<>();
        reading.expect('{');
        while (reading.next() != '}') {
            String name = reading.string();
            reading.expect(':');
            reading.values(name, lines);
            reading.skip(',');
        }
        return new AmiMessage(lines);
    }

    private void values(String name, List<AmiMessage.Line> lines) {
        if (next() != '[') {
            lines.add(new AmiMessage.Line(name, value()));
            return;
        }
        expect('[');
        while (next() != ']') {
            lines.add(new AmiMessage.Line(name, value()));
            skip(',');
        }
        expect(']');
    }

    private String value() {
        if (next() == '"') {
            return string();
        }
        int from = at;
        while (",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at).strip();
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (text.charAt(at) != '"') {
            value.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at++));
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        char kind = text.charAt(at + 1);
        at += 2;
        return switch (kind) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> kind;
        };
    }

    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new IllegalArgumentException("no " + wanted + " at " + at);
        }
        at++;
    }

    private void skip(char unwanted) {
        if (next() == unwanted) {
            at++;
        }
    }

    /** Returns the lines as an object in which names repeat as they do on the wire. */
    static String write(AmiMessage message) {
        StringBuilder json = new StringBuilder("{");
        for (AmiMessage.Line line : message.lines()) {
            json.append(json.length() == 1 ? "" : ",")
                    .append(quoted(line.name()))
                    .append(':')
                    .append(quoted(line.value()));
        }
        return json.append('}').toString();
    }

    /** Returns a text in quotes. */
    static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
