package io.github.pbxsdk.recordings;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.github.pbxsdk.core.PbxProtocolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okio.Buffer;

/** A JSON object of texts and numbers, all read as texts; other members are skipped. */
final class FlatJson {

    private FlatJson() {}

    static String write(Map<String, String> members) {
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.beginObject();
            for (Map.Entry<String, String> member : members.entrySet()) {
                json.name(member.getKey()).value(member.getValue());
            }
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return buffer.readUtf8();
    }

    /**
     * Reads an object.
     *
     * @throws PbxProtocolException if it is none
     */
    static Map<String, String> read(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonReader json = JsonReader.of(new Buffer().writeUtf8(text))) {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                switch (json.peek()) {
                    case STRING, NUMBER -> members.put(name, json.nextString());
                    default -> json.skipValue();
                }
            }
            json.endObject();
        } catch (IOException | RuntimeException e) {
            throw new PbxProtocolException("this is no JSON object", text, e);
        }
        return members;
    }
}
