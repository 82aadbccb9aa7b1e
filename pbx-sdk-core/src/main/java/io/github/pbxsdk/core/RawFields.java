package io.github.pbxsdk.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a peer sent, field by field, in its order and with repeats: headers, columns, JSON members.
 *
 * <p>The typed accessors beside it cover what is known; here nothing is lost. A value that is not a
 * plain text stands here as it was written, for instance as JSON. Immutable.
 */
public final class RawFields {

    private static final RawFields EMPTY = new RawFields(List.of());

    private final List<Field> fields;

    private RawFields(List<Field> fields) {
        this.fields = fields;
    }

    /** Returns no fields. */
    public static RawFields empty() {
        return EMPTY;
    }

    /** Returns the entries of a map, in its order. */
    public static RawFields of(Map<String, String> fields) {
        Builder builder = builder();
        fields.forEach(builder::add);
        return builder.build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the value of the first field with this name, in whatever case. */
    public Optional<String> find(String name) {
        return fields.stream().filter(field -> field.isNamed(name)).map(Field::value).findFirst();
    }

    /** Returns the values of all fields with this name, in whatever case. */
    public List<String> all(String name) {
        return fields.stream().filter(field -> field.isNamed(name)).map(Field::value).toList();
    }

    /** Returns all fields in the peer's order. */
    public List<Field> list() {
        return fields;
    }

    /** Returns whether there is no field. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawFields that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns the names only: values can be personal or secret. */
    @Override
    public String toString() {
        return fields.toString();
    }

    /**
     * One field.
     *
     * @param name the name as the peer writes it
     * @param value the value, which may be empty
     */
    public record Field(String name, String value) {

        /** Checks that nothing is null. */
        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }

        private boolean isNamed(String other) {
            return name.equalsIgnoreCase(other);
        }

        /** Returns the name only: the value can be personal or secret. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** Collects {@link RawFields}; not thread-safe. */
    public static final class Builder {

        private final List<Field> fields = new ArrayList<>();

        private Builder() {}

        /** Adds a field after those that are there; names may repeat. */
        public Builder add(String name, String value) {
            fields.add(new Field(name, value));
            return this;
        }

        /** Returns the fields. */
        public RawFields build() {
            return fields.isEmpty() ? EMPTY : new RawFields(List.copyOf(fields));
        }
    }
}
