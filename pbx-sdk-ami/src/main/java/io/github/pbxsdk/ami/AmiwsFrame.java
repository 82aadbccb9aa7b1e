package io.github.pbxsdk.ami;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.github.pbxsdk.core.PbxProtocolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One message of an amiws proxy: which server it is of, what kind, and its lines.
 *
 * <p>Repeated headers are repeated names in the JSON, which a parser that fills a map would lose.
 *
 * @param type what the proxy takes it for
 * @param serverId the number of the server, -1 where the proxy does not tell
 * @param serverName its name, empty where the proxy does not tell
 */
record AmiwsFrame(int type, int serverId, String serverName, AmiFields fields) {

    /** The types that AMI itself knows; what is of another type has no header that says so. */
    private static final List<String> NAMES_OF_TYPES =
            List.of("amiws-unknown", "amiws-prompt", "", "", "", "", "amiws-queues");

    private static final int MAX_DEPTH = 8;
    private static final int SHOWN_BYTES = 1024;

    /**
     * Reads a message.
     *
     * @throws PbxProtocolException if it is not one of amiws
     */
    static AmiwsFrame read(byte[] json) {
        try (JsonReader reader = JsonReader.of(new Buffer().write(json))) {
            AmiwsFrame frame = new Reading(reader).frame();
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw unreadable(json, null);
            }
            return frame;
        } catch (IOException | JsonDataException | IllegalStateException e) {
            throw unreadable(json, e);
        }
    }

    private static PbxProtocolException unreadable(
            byte[] json, @Nullable Exception cause) {
        return new PbxProtocolException(
                "the proxy sent something else than a message of amiws",
                new String(json, 0, Math.min(json.length, SHOWN_BYTES), StandardCharsets.UTF_8),
                cause);
    }

    /** Returns the JSON of an action: a flat object, with arrays for names that repeat. */
    static String write(AmiFields action, OptionalInt serverId) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (AmiFields.Field field : action) {
            byName.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field.value());
        }
        Buffer json = new Buffer();
        try (JsonWriter writer = JsonWriter.of(json)) {
            writer.beginObject();
            for (Map.Entry<String, List<String>> entry : byName.entrySet()) {
                write(writer.name(entry.getKey()), entry.getValue());
            }
            if (serverId.isPresent()) {
                writer.name("AMIServerID").value(serverId.getAsInt());
            }
            writer.endObject();
        } catch (IOException e) {
            throw new IllegalStateException("a buffer in memory does not fail", e);
        }
        return json.readUtf8();
    }

    private static void write(JsonWriter writer, List<String> values) throws IOException {
        if (values.size() == 1) {
            writer.value(values.get(0));
            return;
        }
        writer.beginArray();
        for (String value : values) {
            writer.value(value);
        }
        writer.endArray();
    }

    /** Reads one message, member by member. */
    private static final class Reading {

        private final JsonReader reader;
        private final List<AmiFields.Field> lines = new ArrayList<>();
        private int type;
        private int serverId = -1;
        private String serverName = "";

        Reading(JsonReader reader) {
            this.reader = reader;
        }

        AmiwsFrame frame() throws IOException {
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "type" -> type = reader.nextInt();
                    case "server_id" -> serverId = reader.nextInt();
                    case "server_name" -> serverName = reader.nextString();
                    case "data" -> value("", 1);
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
            return new AmiwsFrame(type, serverId, serverName, AmiFields.of(named()));
        }

        /** What AMI has no name for becomes an event under a name of ours. */
        private List<AmiFields.Field> named() {
            boolean plain = type < 0 || type >= NAMES_OF_TYPES.size();
            String name = plain ? "amiws-" + type : NAMES_OF_TYPES.get(type);
            if (name.isEmpty() || has("Event") || has("Response")) {
                return lines;
            }
            List<AmiFields.Field> all = new ArrayList<>();
            all.add(new AmiFields.Field("Event", name));
            all.addAll(lines);
            return all;
        }

        private boolean has(String name) {
            return lines.stream().anyMatch(line -> line.name().equalsIgnoreCase(name));
        }

        /** Takes a value: a line, or for an object or array one for each thing in it. */
        private void value(String name, int depth) throws IOException {
            if (depth > MAX_DEPTH || lines.size() > AmiParser.MAX_LINES) {
                throw new JsonDataException("too deep, or too many lines");
            }
            switch (reader.peek()) {
                case BEGIN_OBJECT -> {
                    reader.beginObject();
                    while (reader.hasNext()) {
                        String inner = reader.nextName();
                        value(depth == 1 ? inner : name + "." + inner, depth + 1);
                    }
                    reader.endObject();
                }
                case BEGIN_ARRAY -> {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        value(name, depth + 1);
                    }
                    reader.endArray();
                }
                case NULL -> {
                    reader.nextNull();
                    lines.add(new AmiFields.Field(name, ""));
                }
                case BOOLEAN ->
                        lines.add(
                                new AmiFields.Field(name, String.valueOf(reader.nextBoolean())));
                default -> lines.add(new AmiFields.Field(name, reader.nextString()));
            }
        }
    }
}
