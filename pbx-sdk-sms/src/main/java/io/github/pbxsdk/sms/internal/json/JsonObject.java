package io.github.pbxsdk.sms.internal.json;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import io.github.pbxsdk.core.RawFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An object as a provider wrote it: unknown members are kept, numbers are texts, null is absent.
 *
 * <p>Whoever calls bounds the text; nesting is bounded by the reader.
 */
public final class JsonObject {

    private static final JsonObject EMPTY = new JsonObject(Map.of());

    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the text is not one; the message quotes nothing
     */
    public static JsonObject parse(String json) {
        if (parseAny(json) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("the JSON is not an object");
    }

    /** Returns the fields of a form as members; of those that repeat, the first. */
    public static JsonObject of(RawFields fields) {
        Map<String, Object> members = new LinkedHashMap<>();
        fields.list().forEach(field -> members.putIfAbsent(field.name(), field.value()));
        return new JsonObject(members);
    }

    /** Reads an object, if the text is one. */
    public static Optional<JsonObject> read(String json) {
        try {
            return Optional.of(parse(json));
        } catch (IllegalArgumentException e) {
            // Then it is something else: that is the answer.
            return Optional.empty();
        }
    }

    /** Reads an object, or the objects of an array. */
    public static List<JsonObject> parseList(String json) {
        Object value = parseAny(json);
        if (value instanceof JsonObject object) {
            return List.of(object);
        }
        return objectsOf(value);
    }

    private static @Nullable Object parseAny(String json) {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            Object value = value(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new IllegalArgumentException("there is more behind the JSON");
            }
            return value;
        } catch (IOException | JsonDataException e) {
            // The failure quotes the text, which is personal: it stays here.
            throw new IllegalArgumentException("this is not JSON");
        }
    }

    private static @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case NULL -> reader.nextNull();
            case BOOLEAN -> String.valueOf(reader.nextBoolean());
            default -> reader.nextString();
        };
    }

    private static JsonObject object(JsonReader reader) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            Object value = value(reader);
            if (value != null) {
                members.put(name, value);
            }
        }
        reader.endObject();
        return new JsonObject(members);
    }

    private static List<Object> array(JsonReader reader) throws IOException {
        List<Object> values = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            Object value = value(reader);
            if (value != null) {
                values.add(value);
            }
        }
        reader.endArray();
        return values;
    }

    /** Returns this object with one more member, an array of objects. */
    public JsonObject with(String name, List<JsonObject> objects) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, objects);
        return new JsonObject(more);
    }

    /** Returns the first of these members that is there as a text, number or truth. */
    public Optional<String> find(String name, String... otherNames) {
        Optional<String> first = text(name);
        for (int i = 0; first.isEmpty() && i < otherNames.length; i++) {
            first = text(otherNames[i]);
        }
        return first;
    }

    private Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Returns a member that is an object, or an empty one. */
    public JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : EMPTY;
    }

    /** Returns the objects of a member that is an array; other items are left out. */
    public List<JsonObject> objects(String name) {
        return objectsOf(members.get(name));
    }

    /** Returns the texts of a member that is an array; other items are left out. */
    public List<String> texts(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
                : List.of();
    }

    /** Tells whether there is such a member, and not null. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    private static List<JsonObject> objectsOf(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    /** Returns every member that is a text; members of objects with a dot before their name. */
    public RawFields raw() {
        RawFields.Builder raw = RawFields.builder();
        addTo(raw, "");
        return raw.build();
    }

    private void addTo(RawFields.Builder raw, String prefix) {
        members.forEach((name, value) -> add(raw, prefix + name, value));
    }

    private static void add(RawFields.Builder raw, String name, Object value) {
        if (value instanceof JsonObject object) {
            object.addTo(raw, name + ".");
        } else if (value instanceof List<?> list) {
            list.forEach(item -> add(raw, name, item));
        } else {
            raw.add(name, value.toString());
        }
    }
}
