package io.github.pbxsdk.codegen;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** An object of a data file. What a file doesn't have is empty, so that it can stay short. */
public final class Entry {

    private final Map<?, ?> values;

    private Entry(Map<?, ?> values) {
        this.values = values;
    }

    /** Reads a file that holds one object. */
    public static Entry read(Path file) throws IOException {
        try (JsonReader reader = JsonReader.of(Okio.buffer(Okio.source(file)))) {
            return of(reader.readJsonValue());
        }
    }

    /** Returns an empty object. */
    public static Entry empty() {
        return new Entry(Map.of());
    }

    private static Entry of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Entry(map);
        }
        throw new IllegalArgumentException("expected an object, not " + value);
    }

    /** Tells whether there is something under a name. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /** Returns a text that must be there. */
    public String text(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + values));
    }

    /** Returns a text, if it is there. */
    public Optional<String> find(String name) {
        Object value = values.get(name);
        return value == null ? Optional.empty() : Optional.of(value.toString());
    }

    /** Tells whether there is a true under a name. */
    public boolean is(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** Returns a list of texts, empty when it isn't there. */
    public List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Returns a list of objects, empty when it isn't there. */
    public List<Entry> entries(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(Entry::of).toList()
                : List.of();
    }

    /** Returns the object under a name, empty when it isn't there. */
    public Entry entry(String name) {
        return has(name) ? of(values.get(name)) : empty();
    }

    /** Returns the names, in the order of the file. */
    public Set<String> names() {
        return values.keySet().stream()
                .map(String::valueOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
