package io.github.pbxsdk.it.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules of this project, as the POMs list them.
 *
 * <p>A module is published when its POM says {@code publish.skip} is false; {@code
 * build-tools/published} reads the same.
 */
final class House {

    static final String PACKAGE = "io.github.pbxsdk";

    private static final Path ROOT = root();
    private static final String VERSION =
            Pom.read(ROOT.resolve("pom.xml")).text("/project/version");

    private House() {}

    static Path file(String path) {
        return ROOT.resolve(path);
    }

    static String version() {
        return VERSION;
    }

    static List<Module> modules() {
        return Pom.read(file("pom.xml")).texts("/project/modules/module").stream()
                .map(House::module)
                .toList();
    }

    static List<Module> published() {
        return modules().stream().filter(Module::published).toList();
    }

    /** Returns the published modules that hold classes. */
    static List<Module> libraries() {
        return published().stream().filter(module -> module.packaging().equals("jar")).toList();
    }

    /** Returns every class of the published jars. */
    static JavaClasses classes() {
        return Classes.ALL;
    }

    /** Returns the packages that applications may import. */
    static Set<String> exportedPackages() {
        return libraries().stream()
                .flatMap(library -> library.exportedPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean isInternal(String packageName) {
        return List.of(packageName.split("\\.", -1)).contains("internal");
    }

    private static Module module(String directory) {
        Pom pom = Pom.read(file(directory).resolve("pom.xml"));
        String packaging = pom.text("/project/packaging");
        return new Module(
                file(directory),
                pom.text("/project/artifactId"),
                packaging.isEmpty() ? "jar" : packaging,
                pom.text("/project/properties/publish.skip").equals("false"));
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new AssertionError("run this test inside the project");
            }
        }
        return directory;
    }

    /** One module; {@code directory} is absolute. */
    record Module(Path directory, String artifactId, String packaging, boolean published) {

        Path jar() {
            return built(".jar");
        }

        /** Returns the file that the build makes with this ending, such as {@code -sources.jar}. */
        Path built(String ending) {
            return directory.resolve("target").resolve(artifactId + "-" + VERSION + ending);
        }

        Pom publishedPom() {
            return Pom.read(directory.resolve(".flattened-pom.xml"));
        }

        /** Returns the Java module, automatic or not, that the jar is on the module path. */
        ModuleDescriptor descriptor() {
            return ModuleFinder.of(jar()).findAll().iterator().next().descriptor();
        }

        Set<String> exportedPackages() {
            ModuleDescriptor descriptor = descriptor();
            Stream<String> exported =
                    descriptor.isAutomatic()
                            ? descriptor.packages().stream().filter(name -> !isInternal(name))
                            : descriptor.exports().stream()
                                    .filter(export -> !export.isQualified())
                                    .map(ModuleDescriptor.Exports::source);
            return exported.collect(Collectors.toUnmodifiableSet());
        }

        List<String> entries() {
            try (JarFile file = new JarFile(jar().toFile())) {
                return file.stream().map(entry -> entry.getName()).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return artifactId;
        }
    }

    /** Read once: all rules look at the same classes. */
    private static final class Classes {

        static final JavaClasses ALL =
                new ClassFileImporter()
                        .importLocations(
                                libraries().stream()
                                        .map(library -> "jar:" + library.jar().toUri() + "!/")
                                        .map(uri -> Location.of(URI.create(uri)))
                                        .toList());
    }
}
