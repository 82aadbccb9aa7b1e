package io.github.pbxsdk.recordings;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.StartOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;

/**
 * What is known of a recording as JSON, as it lies beside a file and in the state store: format
 * {@code pbx-recording}, version 1. What is written stays readable for ever.
 */
final class RecordingJson {

    static final String FORMAT = "pbx-recording";
    private static final int VERSION = 1;

    private RecordingJson() {}

    static String write(CallRecording recording) {
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.setIndent("  ");
            json.beginObject();
            json.name("kind").value(FORMAT);
            json.name("version").value(VERSION);
            for (Map.Entry<String, String> member : members(recording).entrySet()) {
                json.name(member.getKey()).value(member.getValue());
            }
            writeRaw(json, recording.raw());
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return buffer.readUtf8();
    }

    private static Map<String, String> members(CallRecording recording) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("pbx", recording.pbx());
        members.put("name", recording.name());
        members.put("revision", String.valueOf(recording.revision()));
        put(members, "uniqueid", recording.uniqueid());
        put(members, "linkedid", recording.linkedid());
        put(members, "source", recording.source());
        put(members, "road", recording.road());
        members.put("direction", recording.direction().name());
        put(members, "from", recording.from().map(Address::text));
        put(members, "fromKey", recording.from().map(Address::key));
        put(members, "to", recording.to().map(Address::text));
        put(members, "toKey", recording.to().map(Address::key));
        put(members, "start", recording.start());
        members.put("startOrigin", recording.startOrigin().name());
        put(members, "duration", recording.duration());
        put(members, "format", recording.format());
        recording.size().ifPresent(size -> members.put("size", String.valueOf(size)));
        put(members, "sha256", recording.sha256());
        return members;
    }

    private static void put(Map<String, String> members, String name, Optional<?> value) {
        value.ifPresent(known -> members.put(name, known.toString()));
    }

    private static void writeRaw(JsonWriter json, RawFields raw) throws IOException {
        json.name("raw").beginArray();
        for (RawFields.Field field : raw.list()) {
            json.beginArray().value(field.name()).value(field.value()).endArray();
        }
        json.endArray();
    }

    /**
     * Reads what {@link #write} wrote, now or years ago.
     *
     * @throws PbxProtocolException if it is something else, or of a newer version
     */
    static CallRecording read(String text) {
        try {
            return parse(text);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new PbxProtocolException(
                    "this does not describe a recording: " + e.getMessage(), text, e);
        }
    }

    private static CallRecording parse(String text) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        RawFields raw = RawFields.empty();
        try (JsonReader json = JsonReader.of(new Buffer().writeUtf8(text))) {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                if (name.equals("raw")) {
                    raw = readRaw(json);
                } else if (json.peek() == JsonReader.Token.STRING
                        || json.peek() == JsonReader.Token.NUMBER) {
                    members.put(name, json.nextString());
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
        }
        requireKnown(members);
        return recording(members, raw);
    }

    private static void requireKnown(Map<String, String> members) {
        if (!FORMAT.equals(members.get("kind"))) {
            throw new IllegalArgumentException("another kind of JSON");
        }
        if (Integer.parseInt(required(members, "version")) > VERSION) {
            throw new IllegalArgumentException(
                    "written by a newer version of pbx-sdk; update this one");
        }
    }

    private static RawFields readRaw(JsonReader json) throws IOException {
        RawFields.Builder raw = RawFields.builder();
        json.beginArray();
        while (json.hasNext()) {
            json.beginArray();
            raw.add(json.nextString(), json.nextString());
            json.endArray();
        }
        json.endArray();
        return raw.build();
    }

    private static CallRecording recording(Map<String, String> members, RawFields raw) {
        CallRecording.Builder recording =
                CallRecording.builder(required(members, "pbx"), required(members, "name"))
                        .revision(Integer.parseInt(required(members, "revision")))
                        .direction(CallDirection.valueOf(required(members, "direction")))
                        .raw(raw);
        find(members, "uniqueid").ifPresent(recording::uniqueid);
        find(members, "linkedid").ifPresent(recording::linkedid);
        find(members, "source").ifPresent(recording::source);
        find(members, "road").ifPresent(recording::road);
        find(members, "fromKey").map(Address::ofKey).ifPresent(recording::from);
        find(members, "toKey").map(Address::ofKey).ifPresent(recording::to);
        find(members, "start")
                .ifPresent(
                        start ->
                                recording.start(
                                        Instant.parse(start),
                                        StartOrigin.valueOf(required(members, "startOrigin"))));
        find(members, "duration").map(Duration::parse).ifPresent(recording::duration);
        find(members, "format").ifPresent(recording::format);
        find(members, "size").map(Long::parseLong).ifPresent(recording::size);
        find(members, "sha256").ifPresent(recording::sha256);
        return recording.build();
    }

    private static Optional<String> find(Map<String, String> members, String name) {
        return Optional.ofNullable(members.get(name));
    }

    private static String required(Map<String, String> members, String name) {
        return find(members, name).orElseThrow(() -> missing(name));
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("no member " + name);
    }
}
