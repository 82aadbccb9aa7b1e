package io.github.pbxsdk.freepbx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for one root field: with two, a failure of the one would drop the result of the other,
 * or stay unnoticed.
 */
final class GraphQlRequest {

    private static final List<String> SUBJECTS =
            List.of("extensionId", "groupNumber", "startExtension", "extension", "id", "keyword");

    private final String field;
    private final boolean mutation;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private String selection = "";
    private boolean tellsStatus = true;

    private GraphQlRequest(String field, boolean mutation) {
        this.field = field;
        this.mutation = mutation;
    }

    static GraphQlRequest query(String field) {
        return new GraphQlRequest(field, false);
    }

    /** Returns a mutation with its one argument. */
    static GraphQlRequest mutation(String field, String inputType, Map<String, ?> input) {
        return new GraphQlRequest(field, true).argument("input", inputType + "!", input);
    }

    GraphQlRequest argument(String name, String type, Object value) {
        types.put(name, type);
        variables.put(name, value);
        return this;
    }

    /** Selects fields, and status and message with them: only they tell whether all went well. */
    GraphQlRequest select(String fields) {
        selection = fields;
        return this;
    }

    /** Says that the result has no status of its own, as the lists by Relay's rules. */
    GraphQlRequest withoutStatus() {
        tellsStatus = false;
        return this;
    }

    /** Returns the request for messages: the field, and what it is about. */
    String describe() {
        Map<?, ?> named = variables.get("input") instanceof Map<?, ?> input ? input : variables;
        return SUBJECTS.stream()
                .map(named::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(subject -> field + " " + subject)
                .orElse(field);
    }

    String field() {
        return field;
    }

    boolean isMutation() {
        return mutation;
    }

    boolean tellsStatus() {
        return tellsStatus;
    }

    Map<String, @Nullable Object> variables() {
        return variables;
    }

    String text() {
        StringBuilder declared = new StringBuilder();
        StringBuilder given = new StringBuilder();
        types.forEach(
                (name, type) -> {
                    declared.append(declared.isEmpty() ? "($" : ",$").append(name);
                    declared.append(':').append(type);
                    given.append(given.isEmpty() ? "(" : ",").append(name);
                    given.append(":$").append(name);
                });
        if (!types.isEmpty()) {
            declared.append(')');
            given.append(')');
        }
        String status = tellsStatus ? "status message " : "";
        return (mutation ? "mutation" : "query")
                + (declared + "{" + field + given + "{" + status + selection + "}}");
    }
}
