package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as the server wrote it: every member, in its order, also those that have no method
 * of their own.
 *
 * <p>Immutable; equal when members and order are. {@link #toString()} shows names only: values can
 * be personal or secret.
 */
public final class AriObject {

    private static final AriObject EMPTY = parse("{}");

    private final JsonText json;
    private final int place;

    AriObject(JsonText json, int place) {
        this.json = json;
        this.place = place;
    }

    /** Returns an object without members. */
    public static AriObject empty() {
        return EMPTY;
    }

    /**
     * Reads a JSON text.
     *
     * @throws PbxProtocolException if it is not one JSON object
     */
    public static AriObject parse(String json) {
        return new AriObject(JsonText.of(json), JsonText.ROOT);
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the names of the members, in the server's order. */
    public List<String> names() {
        return members(json::name);
    }

    /** Tells whether there is a member that is not null. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** Tells whether there is no member. */
    public boolean isEmpty() {
        return json.after(place) == json.first(place);
    }

    /** Returns a text, number or truth value as a text; empty if there is none. */
    public Optional<String> find(String name) {
        Object value = value(name);
        return value == null || value instanceof AriObject || value instanceof List
                ? Optional.empty()
                : Optional.of(value.toString());
    }

    /** Returns a text, number or truth value as a text; the empty one if there is none. */
    public String text(String name) {
        return value(name) instanceof String text ? text : find(name).orElse("");
    }

    /** Returns a whole number, if there is one. */
    public OptionalLong number(String name) {
        return value(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** Returns a number, if there is one. */
    public OptionalDouble decimal(String name) {
        return value(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** Tells whether there is a {@code true}. */
    public boolean is(String name) {
        return Boolean.TRUE.equals(value(name));
    }

    /** Returns a time, if there is one that can be read. */
    public Optional<Instant> instant(String name) {
        return AriTime.find(text(name));
    }

    /** Returns an object; an empty one if there is none. */
    public AriObject object(String name) {
        return value(name) instanceof AriObject object ? object : EMPTY;
    }

    /** Returns an object, if there is one. */
    public Optional<AriObject> findObject(String name) {
        return value(name) instanceof AriObject object ? Optional.of(object) : Optional.empty();
    }

    /** Returns the objects of a list; none if there is no list. */
    public List<AriObject> objects(String name) {
        return elements(name)
                .filter(AriObject.class::isInstance)
                .map(AriObject.class::cast)
                .toList();
    }

    /** Returns the texts of a list; none if there is no list. */
    public List<String> texts(String name) {
        return elements(name).map(String::valueOf).toList();
    }

    private Stream<?> elements(String name) {
        return value(name) instanceof List<?> list ? list.stream() : Stream.empty();
    }

    /** Returns those objects that are there, by paths such as {@code refer_to.bridge}. */
    public List<AriObject> objectsAt(String... paths) {
        List<AriObject> found = new ArrayList<>(paths.length);
        for (String path : paths) {
            int dot = path.indexOf('.');
            Optional<AriObject> object =
                    dot < 0
                            ? findObject(path)
                            : object(path.substring(0, dot)).findObject(path.substring(dot + 1));
            object.ifPresent(found::add);
        }
        return found;
    }

    /** Returns all members that are texts, numbers or truth values. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : names()) {
            find(name).ifPresent(text -> map.put(name, text));
        }
        return map;
    }

    /** Returns the object as a JSON text, as it was written. */
    public String toJson() {
        return json.source(place);
    }

    /** A handful of members is found sooner by looking than by hashing. */
    private @Nullable Object value(String name) {
        int member = json.find(place, name);
        return member < 0 ? null : json.value(member);
    }

    private <T extends @Nullable Object> List<T> members(IntFunction<T> reading) {
        List<T> all = new ArrayList<>();
        int end = json.after(place);
        for (int member = json.first(place); member < end; member = json.after(member)) {
            all.add(reading.apply(member));
        }
        return Collections.unmodifiableList(all);
    }

    private List<@Nullable Object> values() {
        return members(json::value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AriObject that
                && names().equals(that.names())
                && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return 31 * names().hashCode() + values().hashCode();
    }

    /** Returns the names only: values can be personal or secret. */
    @Override
    public String toString() {
        return names().toString();
    }

    /** Collects an {@link AriObject}; not thread-safe. */
    public static final class Builder {

        private final Map<String, Object> members = new LinkedHashMap<>();

        private Builder() {}

        /** Puts a text. */
        public Builder put(String name, String value) {
            return member(name, value);
        }

        /** Puts a number. */
        public Builder put(String name, long value) {
            return member(name, value);
        }

        /** Puts a truth value. */
        public Builder put(String name, boolean value) {
            return member(name, value);
        }

        /** Puts an object. */
        public Builder put(String name, AriObject value) {
            return member(name, value);
        }

        /** Puts a list of objects. */
        public Builder put(String name, List<AriObject> value) {
            return member(name, List.copyOf(value));
        }

        /** Puts what is a text, a number, a truth value, an object, or a list of such. */
        Builder member(String name, Object value) {
            members.put(
                    Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Returns the object. */
        public AriObject build() {
            return parse(AriJson.write(members));
        }
    }
}
