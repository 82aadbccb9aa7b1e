package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads as much of GraphQL as clients of FreePBX write: one operation, arguments, variables. */
final class GraphQlText {

    private final String text;
    private final Map<?, ?> variables;
    private int at;

    private GraphQlText(String text, Map<?, ?> variables) {
        this.text = text;
        this.variables = variables;
    }

    /**
     * A field that is asked for.
     *
     * @param name in the schema
     * @param alias in the answer
     */
    record Field(
            String name,
            String alias,
            Map<String, @Nullable Object> arguments,
            List<Field> fields) {}

    /** An operation. */
    record Operation(boolean mutation, List<Field> fields) {}

    /** What can't be read, in the words of the server. */
    static final class SyntaxException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SyntaxException(String message) {
            super(message);
        }
    }

    static Operation read(String text, Map<?, ?> variables) {
        GraphQlText reading = new GraphQlText(text, variables);
        try {
            return reading.operation();
        } catch (StringIndexOutOfBoundsException e) {
            throw new SyntaxException("Syntax Error: Expected Name, found <EOF>");
        }
    }

    private Operation operation() {
        boolean mutation = false;
        if (next() != '{') {
            mutation = name().equals("mutation");
            if (next() != '{' && next() != '(') {
                name();
            }
            if (next() == '(') {
                at = text.indexOf(')', at) + 1;
            }
        }
        return new Operation(mutation, fields());
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        expect('{');
        while (next() != '}') {
            if (text.startsWith("...", at)) {
                at += 3;
                name();
                name();
                fields.addAll(fields());
            } else {
                fields.add(field());
            }
        }
        at++;
        return fields;
    }

    private Field field() {
        String alias = name();
        String name = alias;
        if (next() == ':') {
            at++;
            name = name();
        }
        Map<String, @Nullable Object> arguments = Map.of();
        if (next() == '(') {
            at++;
            arguments = members(')');
        }
        return new Field(name, alias, arguments, next() == '{' ? fields() : List.of());
    }

    private Map<String, @Nullable Object> members(char end) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (next() != end) {
            String name = name();
            expect(':');
            members.put(name, value());
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return members;
    }

    private @Nullable Object value() {
        char first = next();
        if (first == '$') {
            at++;
            return variables.get(name());
        }
        if (first == '{') {
            at++;
            return members('}');
        }
        if (first == '[') {
            return list();
        }
        if (first == '"') {
            int from = at;
            do {
                at++;
            } while (text.charAt(at) != '"' || text.charAt(at - 1) == '\\');
            at++;
            return Json.read(text.substring(from, at));
        }
        String word = name();
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> word;
        };
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> items = new ArrayList<>();
        at++;
        while (next() != ']') {
            items.add(value());
            if (next() == ',') {
                at++;
            }
        }
        at++;
        return items;
    }

    private String name() {
        next();
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at))
                        || "_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (from == at) {
            throw new SyntaxException("Syntax Error: Expected Name, found " + text.charAt(at));
        }
        return text.substring(from, at);
    }

    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new SyntaxException("Syntax Error: Expected " + wanted);
        }
        at++;
    }
}
