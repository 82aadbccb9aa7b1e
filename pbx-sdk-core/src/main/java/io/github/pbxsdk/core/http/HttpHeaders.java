package io.github.pbxsdk.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The headers of a request or response, in their order.
 *
 * <p>A name can occur several times and is found without regard to case. Immutable. {@link
 * #toString()} shows names only: values hold credentials.
 */
public final class HttpHeaders {

    private static final HttpHeaders EMPTY = new HttpHeaders(List.of());

    /** Name, value, name, value. */
    private final List<String> namesAndValues;

    private HttpHeaders(List<String> namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** Returns headers without any. */
    public static HttpHeaders empty() {
        return EMPTY;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that has these headers already. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.namesAndValues.addAll(namesAndValues);
        return builder;
    }

    /** Returns the first value of a header. */
    public Optional<String> find(String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                return Optional.of(namesAndValues.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Returns all values of a header, in their order. */
    public List<String> list(String name) {
        List<String> values = new ArrayList<>(1);
        forEach(
                (key, value) -> {
                    if (key.equalsIgnoreCase(name)) {
                        values.add(value);
                    }
                });
        return List.copyOf(values);
    }

    /** Tells whether a header is there. */
    public boolean contains(String name) {
        return find(name).isPresent();
    }

    /** Returns how many headers there are. */
    public int size() {
        return namesAndValues.size() / 2;
    }

    /** Shows each name with its value, in their order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            action.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpHeaders that && namesAndValues.equals(that.namesAndValues);
    }

    @Override
    public int hashCode() {
        return namesAndValues.hashCode();
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, value) -> names.add(name));
        return "HttpHeaders" + names;
    }

    /** Collects headers; not thread-safe. */
    public static final class Builder {

        private final List<String> namesAndValues = new ArrayList<>();

        private Builder() {}

        /** Adds a header, behind those that are there. */
        public Builder add(String name, String value) {
            namesAndValues.add(Objects.requireNonNull(name, "name"));
            namesAndValues.add(Objects.requireNonNull(value, name));
            return this;
        }

        /** Sets a header, in place of all that have this name. */
        public Builder put(String name, String value) {
            for (int i = namesAndValues.size() - 2; i >= 0; i -= 2) {
                if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                    namesAndValues.subList(i, i + 2).clear();
                }
            }
            return add(name, value);
        }

        /** Returns the headers. */
        public HttpHeaders build() {
            return namesAndValues.isEmpty() ? EMPTY : new HttpHeaders(List.copyOf(namesAndValues));
        }
    }
}
