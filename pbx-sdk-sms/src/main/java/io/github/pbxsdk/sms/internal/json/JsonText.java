package io.github.pbxsdk.sms.internal.json;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import okio.Buffer;

/** Writes JSON into a text. */
public final class JsonText {

    private JsonText() {}

    /** Returns what the content writes. */
    public static String of(Content content) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            content.writeTo(writer);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return buffer.readUtf8();
    }

    /** Writes one value. */
    @FunctionalInterface
    public interface Content {

        /** Writes it. */
        void writeTo(JsonWriter writer) throws IOException;
    }
}
