package io.github.pbxsdk.codegen;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of generated sources. It leaves alone what is as it should be, so that a build compiles
 * only what has changed, and deletes what is no longer generated.
 */
public final class SourceFolder {

    private final Path folder;
    private final String comment;
    private final Set<Path> written = new HashSet<>();

    /**
     * Creates a folder.
     *
     * @param comment what stands at the top of each file
     */
    public SourceFolder(Path folder, String comment) {
        this.folder = folder;
        this.comment = comment;
    }

    /** Writes a type into a package. */
    public void write(String packageName, TypeSpec type) {
        String text =
                JavaFile.builder(packageName, type)
                        .addFileComment("$L", comment)
                        .skipJavaLangImports(true)
                        .indent("    ")
                        .build()
                        .toString();
        Path file = folder.resolve(packageName.replace('.', '/')).resolve(type.name() + ".java");
        written.add(file);
        try {
            writeIfChanged(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeIfChanged(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    /** Deletes the sources that were there before and were not written again. */
    public void deleteOthers() throws IOException {
        for (Path file : sources()) {
            if (!written.contains(file)) {
                Files.delete(file);
            }
        }
    }

    private List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
