package io.github.pbxsdk.ami;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** The data file that the typed surface is generated from, as tests look at it. */
final class SurfaceData {

    private static final Map<?, ?> DATA = read();

    private SurfaceData() {}

    /** An action or event of the data file. */
    record Item(Map<?, ?> values) {

        String name() {
            return text("name");
        }

        String text(String key) {
            return String.valueOf(values.get(key));
        }

        Optional<String> find(String key) {
            return Optional.ofNullable(values.get(key)).map(String::valueOf);
        }

        boolean has(String key) {
            return values.get(key) != null;
        }

        List<Item> items(String key) {
            return entries(values.get(key));
        }

        List<String> texts(String key) {
            return values.get(key) instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        Item item(String key) {
            return new Item(values.get(key) instanceof Map<?, ?> map ? map : Map.of());
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static Stream<Item> actions() {
        return Stream.of("actions", "actionsOnlyIn16")
                .flatMap(key -> entries(DATA.get(key)).stream());
    }

    /** Returns all events, also the one that has no class since it is never sent. */
    static Stream<Item> events() {
        return Stream.of("events", "eventsOnlyIn16")
                .flatMap(key -> entries(DATA.get(key)).stream());
    }

    static Item snapshot(String kind) {
        return new Item(DATA).item("meta").item("snapshots").item(kind);
    }

    /** Returns what the data file says of a header wherever it occurs. */
    static Item word(String name) {
        return new Item(DATA).item("words").item(name);
    }

    private static List<Item> entries(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(entry -> new Item((Map<?, ?>) entry)).toList()
                : List.of();
    }

    private static Map<?, ?> read() {
        Path file = Path.of("src", "main", "data", "ami-surface.json");
        try (JsonReader reader = JsonReader.of(Okio.buffer(Okio.source(file)))) {
            return (Map<?, ?>) reader.readJsonValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
