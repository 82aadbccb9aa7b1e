package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxProtocolException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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

    private static final AriObject EMPTY = new AriObject(new String[0], new Object[0]);

    /** Asterisk writes no colon into the offset, which {@code OffsetDateTime.parse} asks for. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]XX");

    private final String[] names;
    private final @Nullable Object[] values;

    AriObject(String[] names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
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
        return AriJson.parse(json);
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the names of the members, in the server's order. */
    public List<String> names() {
        return List.of(names);
    }

    /** Tells whether there is a member that is not null. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** Tells whether there is no member. */
    public boolean isEmpty() {
        return names.length == 0;
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
        String text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text, TIME).toInstant());
        } catch (DateTimeException e) {
            // Another form is kept in text(name), which the caller can look at.
            return Optional.empty();
        }
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
        for (String name : names) {
            find(name).ifPresent(text -> map.put(name, text));
        }
        return map;
    }

    /** Returns the object as a JSON text. */
    public String toJson() {
        return AriJson.write(this);
    }

    /** A handful of members is found sooner by looking than by hashing. */
    private @Nullable Object value(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    int size() {
        return names.length;
    }

    String nameAt(int index) {
        return names[index];
    }

    @Nullable Object valueAt(int index) {
        return values[index];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AriObject that
                && Arrays.equals(names, that.names)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    /** Returns the names only: values can be personal or secret. */
    @Override
    public String toString() {
        return Arrays.toString(names);
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
            return members.isEmpty()
                    ? EMPTY
                    : new AriObject(
                            members.keySet().toArray(String[]::new), members.values().toArray());
        }
    }
}
