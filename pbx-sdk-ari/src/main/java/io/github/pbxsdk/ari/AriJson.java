package io.github.pbxsdk.ari;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Writes JSON, without reflection. */
final class AriJson {

    private AriJson() {}

    /** Returns an object with members that are texts, numbers, truth values, objects or lists. */
    static String write(Map<String, Object> members) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.beginObject();
            for (Map.Entry<String, Object> member : members.entrySet()) {
                writer.name(member.getKey());
                write(writer, member.getValue());
            }
            writer.endObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return buffer.readUtf8();
    }

    private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
        if (value instanceof AriObject object) {
            try (BufferedSink sink = writer.valueSink()) {
                sink.writeUtf8(object.toJson());
            }
        } else if (value instanceof List<?> list) {
            writer.beginArray();
            for (Object element : list) {
                write(writer, element);
            }
            writer.endArray();
        } else {
            writer.jsonValue(value);
        }
    }
}
