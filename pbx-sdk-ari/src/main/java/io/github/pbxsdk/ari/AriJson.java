package io.github.pbxsdk.ari;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.github.pbxsdk.core.PbxProtocolException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON: in one pass, without reflection, keeping what is not known. */
final class AriJson {

    private static final String[] NAMES = WireNames.all();
    private static final JsonReader.Options KNOWN = JsonReader.Options.of(NAMES);
    private static final JsonReader.Options TYPE = JsonReader.Options.of("type");
    private static final String TYPE_FIRST = "{\"type\":\"";

    private AriJson() {}

    static AriObject parse(String json) {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            AriObject object = object(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new JsonDataException("more than one value");
            }
            return object;
        } catch (IOException | JsonDataException e) {
            throw unreadable(json, e);
        }
    }

    private static PbxProtocolException unreadable(String json, Exception cause) {
        // The reader's words may quote what it read, which can be secret; its kind must do.
        return new PbxProtocolException(
                "not a JSON object (" + cause.getClass().getSimpleName() + ")", json);
    }

    /**
     * Returns the type of an event without decoding it; empty if it has none.
     *
     * @throws PbxProtocolException if it cannot be read
     */
    static String typeOf(String json) {
        if (json.startsWith(TYPE_FIRST)) {
            int end = json.indexOf('"', TYPE_FIRST.length());
            return end < 0 ? searchType(json) : json.substring(TYPE_FIRST.length(), end);
        }
        return searchType(json);
    }

    /** Tells whether a frame is the answer to a request that was sent on the event socket. */
    static boolean isAnswer(String json) {
        try {
            return typeOf(json).equals("RESTResponse");
        } catch (PbxProtocolException e) {
            // It is told as an event that cannot be read.
            return false;
        }
    }

    private static String searchType(String json) {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            reader.beginObject();
            while (reader.hasNext()) {
                if (reader.selectName(TYPE) == 0) {
                    return reader.nextString();
                }
                reader.skipName();
                reader.skipValue();
            }
            return "";
        } catch (IOException | JsonDataException e) {
            throw unreadable(json, e);
        }
    }

    /** Reads the object that comes next. */
    static AriObject object(JsonReader reader) throws IOException {
        List<String> names = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        reader.beginObject();
        while (reader.hasNext()) {
            int known = reader.selectName(KNOWN);
            names.add(known < 0 ? reader.nextName() : NAMES[known]);
            values.add(value(reader));
        }
        reader.endObject();
        return new AriObject(names.toArray(String[]::new), values.toArray());
    }

    private static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> list(reader);
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> reader.nextNull();
            default -> reader.nextString();
        };
    }

    private static List<@Nullable Object> list(JsonReader reader) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            list.add(value(reader));
        }
        reader.endArray();
        return list;
    }

    private static Object number(String text) {
        try {
            return isWhole(text) ? (Object) Long.valueOf(text) : new BigDecimal(text);
        } catch (NumberFormatException e) {
            // Larger than any number that is meant as one: kept as it was written.
            return text;
        }
    }

    private static boolean isWhole(String text) {
        return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    }

    static String write(AriObject object) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.setSerializeNulls(true);
            write(writer, object);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return buffer.readUtf8();
    }

    private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
        if (value instanceof AriObject object) {
            writer.beginObject();
            for (int i = 0; i < object.size(); i++) {
                writer.name(object.nameAt(i));
                write(writer, object.valueAt(i));
            }
            writer.endObject();
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
