package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.security.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One operation as it goes out: method, path, query, body, and which releases have it. */
final class AriCall {

    private final String operation;
    private final Operation.Access access;
    private final String method;
    private final StringBuilder path = new StringBuilder();
    private final StringBuilder query = new StringBuilder();
    private final AriObject.Builder members = AriObject.builder();
    private final Map<String, Object> arguments = new HashMap<>();
    private final List<Requirement> requirements = new ArrayList<>();
    private boolean hasMembers;
    private @Nullable AriObject content;

    AriCall(String operation, Operation.Access access, String method) {
        this.operation = operation;
        this.access = access;
        this.method = method;
    }

    /** Something that only some releases have. */
    private record Requirement(String what, String releases) {}

    /** A function with arguments is run by the server, and some of them change things. */
    static Operation.Access accessToVariable(String variable) {
        return variable.indexOf('(') < 0 ? Operation.Access.READ : Operation.Access.CHANGE;
    }

    /** Tells as {@link #accessToVariable(String)} does, for several. */
    static Operation.Access accessToVariable(List<String> variables) {
        return accessToVariable(String.join(",", variables));
    }

    static @Nullable Long seconds(@Nullable Duration value) {
        return value == null ? null : value.toSeconds();
    }

    static @Nullable Long millis(@Nullable Duration value) {
        return value == null ? null : value.toMillis();
    }

    static @Nullable AriObject variables(Map<String, String> values) {
        if (values.isEmpty()) {
            return null;
        }
        AriObject.Builder object = AriObject.builder();
        values.forEach(object::put);
        return object.build();
    }

    static List<AriObject> attributes(Map<String, String> values) {
        return values.entrySet().stream()
                .map(
                        one ->
                                AriObject.builder()
                                        .put("attribute", one.getKey())
                                        .put("value", one.getValue())
                                        .build())
                .toList();
    }

    static String recordingName(String what, String name) {
        return Names.checkedRecording(what, name);
    }

    /** Adds a literal part to the path. */
    void path(String literal) {
        path.append('/').append(literal);
    }

    /** Adds a name to the path. */
    void name(String what, String value) {
        arguments.put(what, value);
        path.append('/').append(Names.encoded(what, Names.checked(what, value)));
    }

    /** Adds the name of a recording to the path. */
    void recording(String what, String value) {
        name(what, Names.checkedRecording(what, value));
    }

    /** Adds a parameter to the query, unless there is no value. */
    void query(String name, @Nullable Object value) {
        if (value == null || isAbsent(value)) {
            return;
        }
        arguments.put(name, value);
        query.append(query.length() == 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(Names.encoded(name, text(name, value)));
    }

    /** Adds a parameter that only some releases have. */
    void query(String name, @Nullable Object value, String releases) {
        require(name, value, releases);
        query(name, value);
    }

    /** Adds a member to the body, unless there is no value. */
    void member(String name, @Nullable Object value) {
        if (value == null || isAbsent(value)) {
            return;
        }
        hasMembers = true;
        arguments.put(name, value);
        members.member(name, value instanceof Integer number ? Long.valueOf(number) : value);
    }

    /** Adds a member that only some releases have. */
    void member(String name, @Nullable Object value, String releases) {
        require(name, value, releases);
        member(name, value);
    }

    /** Sets the whole body. */
    void content(@Nullable AriObject value) {
        content = value;
    }

    /** Says which releases have the operation. */
    void since(String releases) {
        requirements.add(new Requirement(operation, releases));
    }

    private void require(String name, @Nullable Object value, String releases) {
        if (!isAbsent(value)) {
            requirements.add(new Requirement(operation + " with " + name, releases));
        }
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null || (value instanceof List<?> list && list.isEmpty());
    }

    private static String text(String name, Object value) {
        return value instanceof List<?> list
                ? list.stream().map(one -> withoutComma(name, one)).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    private static String withoutComma(String name, @Nullable Object value) {
        String text = String.valueOf(value);
        if (text.indexOf(',') >= 0) {
            throw new IllegalArgumentException(
                    "a value of " + name + " holds a comma, which the server takes for two values");
        }
        return text;
    }

    /**
     * Checks that a release has all that this needs.
     *
     * @throws AriRejectedException if it does not
     */
    void requireIn(Release server, String peer) {
        for (Requirement requirement : requirements) {
            if (!server.has(requirement.releases())) {
                throw AriRejectedException.tooOld(
                        describe(peer), requirement.what(), requirement.releases(), server);
            }
        }
    }

    String operation() {
        return operation;
    }

    /** Returns the texts that a parameter was given; none if it was not. */
    List<String> argument(String name) {
        Object value = arguments.get(name);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    Operation.Access access() {
        return access;
    }

    String method() {
        return method;
    }

    /** Returns path and query, beginning with a slash, below the address of ARI. */
    String target() {
        return path.toString() + query;
    }

    /** Returns the body as JSON, if there is one. */
    Optional<String> body() {
        if (content != null) {
            return Optional.of(content.toJson());
        }
        return hasMembers ? Optional.of(members.build().toJson()) : Optional.empty();
    }

    /** Returns the operation in words, for messages; without the query, which can be personal. */
    String describe(String peer) {
        return operation + " " + path + " on " + peer;
    }
}
