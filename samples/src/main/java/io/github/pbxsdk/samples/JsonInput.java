package io.github.pbxsdk.samples;

import com.squareup.moshi.JsonReader;
import io.github.pbxsdk.samples.runner.UsageException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;

/** A line of standard input that may be a JSON object, as programs write it. */
record JsonInput(Map<?, ?> members) {

    static boolean isObject(String line) {
        return line.stripLeading().startsWith("{\"");
    }

    static JsonInput of(String line) {
        try {
            Object value = JsonReader.of(new Buffer().writeUtf8(line)).readJsonValue();
            if (value instanceof Map<?, ?> map) {
                return new JsonInput(map);
            }
        } catch (IOException | RuntimeException e) {
            throw new UsageException("a line of input is no JSON object", e);
        }
        throw new UsageException("a line of input is no JSON object");
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(members.get(name)).map(Object::toString);
    }

    String get(String name) {
        return find(name)
                .orElseThrow(() -> new UsageException("a line of input has no \"" + name + "\""));
    }
}
