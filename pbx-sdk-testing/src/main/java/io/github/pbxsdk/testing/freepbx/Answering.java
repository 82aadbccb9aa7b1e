package io.github.pbxsdk.testing.freepbx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What answers of all modules have in common. */
final class Answering {

    private Answering() {}

    static Resolver.Refusal internal() {
        return new Resolver.Refusal("Internal server error");
    }

    static Map<String, @Nullable Object> done(@Nullable String message) {
        return FakeRow.of("status", true, "message", message);
    }

    static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> row, String name, @Nullable Object value) {
        row.put(name, value);
        return row;
    }

    static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> row, Map<String, @Nullable Object> fields) {
        row.putAll(fields);
        return row;
    }
}
