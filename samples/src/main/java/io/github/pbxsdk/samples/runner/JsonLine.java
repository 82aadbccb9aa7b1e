package io.github.pbxsdk.samples.runner;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One object of a sample's machine output, with its fields in the order they were added.
 *
 * <p>Values are texts, numbers, booleans, null, other lines, and collections of these; enums,
 * instants and durations are written as text.
 */
public final class JsonLine {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private JsonLine() {}

    /** Returns a line with its first field. */
    public static JsonLine of(String name, @Nullable Object value) {
        return new JsonLine().and(name, value);
    }

    /**
     * Adds a field; null is written as null.
     *
     * @throws IllegalStateException if the line has that field
     */
    public JsonLine and(String name, @Nullable Object value) {
        if (fields.containsKey(name)) {
            throw new IllegalStateException("the line has a field " + name);
        }
        fields.put(name, plain(value));
        return this;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonLine line) {
            return line.fields;
        }
        if (value instanceof Collection<?> elements) {
            return elements.stream().map(JsonLine::plain).toList();
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        return value.toString();
    }

    /** Returns the object as one line of JSON. */
    @Override
    public String toString() {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.setSerializeNulls(true);
            writer.jsonValue(fields);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return buffer.readUtf8();
    }
}
