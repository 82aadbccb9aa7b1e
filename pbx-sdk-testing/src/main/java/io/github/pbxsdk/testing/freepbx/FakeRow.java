package io.github.pbxsdk.testing.freepbx;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes maps in which a value may be null. */
final class FakeRow {

    private FakeRow() {}

    static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    static String text(Map<?, ?> row, String name) {
        Object value = row.get(name);
        return value == null ? "" : String.valueOf(value);
    }
}
