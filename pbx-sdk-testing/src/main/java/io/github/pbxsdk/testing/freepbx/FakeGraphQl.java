package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door of GraphQL: which fields there are, what goes wrong next, and how a failure is told. */
final class FakeGraphQl {

    private final Schema schema = Schema.read();
    private final Map<String, Resolver> resolvers = new HashMap<>();
    private final Deque<FreePbxFault> faults = new ArrayDeque<>();
    private final Set<String> hidden = new HashSet<>(SmsResolvers.FIELDS);
    private final Map<String, FreePbxFault> faultsOf = new HashMap<>();
    private final FakeTokens tokens;
    private boolean seventeen;

    FakeGraphQl(FakePbxState state, FakeReloads reloads, FakeTokens tokens) {
        this.tokens = tokens;
        hidden.addAll(MenuResolvers.FIELDS);
        resolvers.putAll(new ExtensionResolvers(state).resolvers());
        resolvers.putAll(new RouteResolvers(state).resolvers());
        resolvers.putAll(new RingGroupResolvers(state).resolvers());
        resolvers.putAll(new PersonResolvers(state).resolvers());
        resolvers.putAll(new PromptResolvers(state).resolvers());
        resolvers.putAll(new CallRecordResolvers(state).resolvers());
        resolvers.putAll(new SystemResolvers(state, reloads).resolvers());
        resolvers.putAll(new SmsResolvers(state).resolvers());
        resolvers.putAll(new MenuResolvers(state).resolvers());
    }

    Schema schema() {
        return schema;
    }

    void hide(List<String> fields) {
        hidden.addAll(fields);
    }

    void show(List<String> fields) {
        fields.forEach(hidden::remove);
    }

    void fail(List<FreePbxFault> next) {
        faults.addAll(next);
    }

    void failOn(String field, FreePbxFault fault) {
        faultsOf.put(field, fault);
    }

    private @Nullable FreePbxFault nextFault(FreePbxRequest request) {
        for (String field : faultsOf.keySet()) {
            if (request.asksFor(field)) {
                return faultsOf.remove(field);
            }
        }
        return faults.poll();
    }

    void behaveAsSeventeen() {
        seventeen = true;
    }

    boolean isSeventeen() {
        return seventeen;
    }

    FakeAnswer answer(FreePbxRequest request) {
        FreePbxFault fault = nextFault(request);
        if (fault != null) {
            switch (fault) {
                case TOKEN_REVOKED -> {
                    tokens.revoke();
                    return FakeTokens.denied("Access token has been revoked", seventeen);
                }
                case STATUS_NULL -> {
                    String field =
                            request.body()
                                    .replaceFirst("(?s).*?\\{\\\\?\"?query.*?\\{(\\w+).*", "$1");
                    return FakeAnswer.json(
                            200,
                            "{\"data\":{\"" + field + "\":{\"status\":null,\"message\":null}}}");
                }
                case HTML_PAGE -> {
                    return FakeAnswer.PAGE;
                }
                case SLIM_ERROR -> {
                    return FakeAnswer.json(
                            500, "{\n    \"message\": \"Slim Application Error\"\n}");
                }
                case DROP -> {
                    return FakeAnswer.HANG_UP;
                }
                case DROP_AFTER_DOING -> {
                    execute(request);
                    return FakeAnswer.HANG_UP;
                }
                case SILENCE_AFTER_DOING -> {
                    execute(request);
                    return FakeAnswer.SILENCE;
                }
                case ERROR_AFTER_DOING -> {
                    execute(request);
                    return error("Internal server error");
                }
            }
        }
        return execute(request);
    }

    private FakeAnswer execute(FreePbxRequest request) {
        Object body;
        try {
            body = Json.read(request.body());
        } catch (IllegalArgumentException e) {
            return FakeAnswer.json(500, "{\n    \"message\": \"Slim Application Error\"\n}");
        }
        if (!(body instanceof Map<?, ?> map) || map.get("query") == null) {
            return error("GraphQL Request must include at least one of those two parameters");
        }
        Map<?, ?> variables = map.get("variables") instanceof Map<?, ?> given ? given : Map.of();
        try {
            return execute(GraphQlText.read(String.valueOf(map.get("query")), variables));
        } catch (GraphQlText.SyntaxException | Resolver.Refusal e) {
            return error(String.valueOf(e.getMessage()));
        }
    }

    private FakeAnswer execute(GraphQlText.Operation operation) {
        for (GraphQlText.Field field : operation.fields()) {
            if (hidden.contains(field.name())) {
                return error(
                        "Cannot query field \""
                                + field.name()
                                + "\" on type \""
                                + (operation.mutation() ? "Mutation" : "Query")
                                + "\".");
            }
        }
        String problem = schema.problem(operation);
        if (problem != null) {
            return error(problem);
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        boolean first = true;
        for (GraphQlText.Field field : operation.fields()) {
            try {
                data.put(field.alias(), field(field));
            } catch (Resolver.Refusal e) {
                boolean internal = "Internal server error".equals(e.getMessage());
                if (first || internal) {
                    boolean told =
                            internal
                                    || field.fields().stream()
                                            .anyMatch(one -> one.name().equals("status"));
                    if (told) {
                        throw e;
                    }
                }
                // Only the first field is looked at, and only if its status was asked for.
                data.put(
                        field.alias(),
                        pruned(
                                FakeRow.of("status", false, "message", e.getMessage()),
                                field.fields()));
            }
            first = false;
        }
        return FakeAnswer.json(200, Json.write(Map.of("data", data)));
    }

    private @Nullable Object field(GraphQlText.Field field) {
        if (field.name().equals("__schema")) {
            return pruned(introspection(), field.fields());
        }
        return pruned(resolve(field), field.fields());
    }

    private Map<String, @Nullable Object> resolve(GraphQlText.Field field) {
        Resolver resolver = resolvers.get(field.name());
        if (resolver == null) {
            throw Answering.internal();
        }
        Map<?, ?> input = field.arguments().get("input") instanceof Map<?, ?> map ? map : Map.of();
        return resolver.resolve(field, field.arguments(), input);
    }

    private Map<String, @Nullable Object> introspection() {
        return FakeRow.of(
                "queryType", FakeRow.of("fields", names("Query")),
                "mutationType", FakeRow.of("fields", names("Mutation")));
    }

    private List<Object> names(String type) {
        List<Object> names = new ArrayList<>();
        for (String name : schema.fieldsOf(type)) {
            if (!hidden.contains(name)) {
                names.add(FakeRow.of("name", name));
            }
        }
        return names;
    }

    private static @Nullable Object pruned(@Nullable Object value, List<GraphQlText.Field> fields) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(pruned(item, fields)));
            return items;
        }
        if (!(value instanceof Map<?, ?> map) || fields.isEmpty()) {
            return value;
        }
        Map<String, @Nullable Object> selected = new LinkedHashMap<>();
        for (GraphQlText.Field field : fields) {
            selected.put(field.alias(), pruned(map.get(field.name()), field.fields()));
        }
        return selected;
    }

    private FakeAnswer error(String message) {
        FakeAnswer sixteen = FakeAnswer.error(message);
        if (!seventeen) {
            return sixteen;
        }
        return FakeAnswer.json(
                200,
                "{\"errors\":[{\"message\":"
                        + Json.write(message)
                        + ",\"locations\":[{\"line\":1,\"column\":2}],\"path\":[\"x\"]}]}");
    }
}
