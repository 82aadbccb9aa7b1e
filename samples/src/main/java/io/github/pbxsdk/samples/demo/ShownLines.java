package io.github.pbxsdk.samples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The lines of a scene's own source that are shown: what is seen is what runs. */
final class ShownLines {

    private static final String FROM = "// shown:";
    private static final String UNTIL = "// until here";

    private ShownLines() {}

    /** Returns them without what they are indented by together. */
    static List<String> of(Class<? extends Scene> scene) {
        List<String> source = source(scene).lines().toList();
        List<String> shown = source.subList(line(source, FROM) + 1, line(source, UNTIL));
        int indent =
                shown.stream()
                        .filter(text -> !text.isBlank())
                        .mapToInt(ShownLines::indent)
                        .min()
                        .orElse(0);
        return shown.stream().map(text -> text.isBlank() ? "" : text.substring(indent)).toList();
    }

    private static int line(List<String> source, String mark) {
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).strip().equals(mark)) {
                return i;
            }
        }
        throw new IllegalStateException("a scene has no line " + mark);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String source(Class<? extends Scene> scene) {
        String name = scene.getSimpleName() + ".java";
        try (InputStream file = scene.getResourceAsStream(name)) {
            byte[] bytes =
                    Objects.requireNonNull(file, name + " is not on the class path").readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the source of a scene cannot be read", e);
        }
    }
}
