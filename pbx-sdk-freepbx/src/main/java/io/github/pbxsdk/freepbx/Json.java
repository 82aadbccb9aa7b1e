package io.github.pbxsdk.freepbx;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON; whoever calls bounds the text. */
final class Json {

    private Json() {}

    /**
     * Reads any value: a text or number as {@code String}, {@code Boolean}, {@code List}, {@link
     * FreePbxObject}, or null.
     *
     * @throws IllegalArgumentException if the text is no JSON; the message quotes nothing
     */
    static @Nullable Object parse(String json) {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            Object value = read(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new IllegalArgumentException("there is more behind the JSON");
            }
            return value;
        } catch (IOException | JsonDataException e) {
            // The failure quotes the text, which can be secret: it stays here.
            throw new IllegalArgumentException("this is not JSON");
        }
    }

    private static @Nullable Object read(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case NULL -> reader.nextNull();
            case BOOLEAN -> reader.nextBoolean();
            default -> reader.nextString();
        };
    }

    private static FreePbxObject object(JsonReader reader) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            Object value = read(reader);
            if (value != null) {
                members.put(name, value);
            }
        }
        reader.endObject();
        return FreePbxObject.of(members);
    }

    private static List<Object> array(JsonReader reader) throws IOException {
        List<Object> values = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            Object value = read(reader);
            if (value != null) {
                values.add(value);
            }
        }
        reader.endArray();
        return values;
    }

    /** Writes maps, lists, texts, numbers, truths and nulls. */
    static String write(@Nullable Object value) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.setSerializeNulls(true);
            write(writer, value);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return buffer.readUtf8();
    }

    private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                writer.name(String.valueOf(entry.getKey()));
                write(writer, entry.getValue());
            }
            writer.endObject();
        } else if (value instanceof List<?> list) {
            writer.beginArray();
            for (Object item : list) {
                write(writer, item);
            }
            writer.endArray();
        } else if (value instanceof Boolean truth) {
            writer.value(truth);
        } else if (value instanceof Number number) {
            writer.value(number);
        } else if (value instanceof String text) {
            writer.value(text);
        } else if (value == null) {
            writer.nullValue();
        } else {
            throw new IllegalArgumentException("no JSON can be made of a " + value.getClass());
        }
    }
}
