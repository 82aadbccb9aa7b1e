package io.github.pbxsdk.samples.runner;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell side of {@code samples/run}, in a project of its own with a build that takes no time.
 */
@Timeout(120)
class RunScriptIT {

    private static final String BUILD =
            """
            #!/bin/sh
            echo "$@" >>built-with
            if [ -f broken ]; then echo "[ERROR] /x/A.java:[1,1] no"; exit 1; fi
            mkdir -p samples/target/classes
            printf '%s' "$CLASS_PATH_OF_THE_TEST" >samples/target/classpath
            """;

    @TempDir Path folder;
    private Path project;

    @BeforeEach
    void makeProject() throws IOException {
        project = folder.resolve("a clone");
        copy("samples/run");
        copy("scripts/run-java.sh");
        program("mvnw", BUILD);
        write("pom.xml", "<project/>");
        write("samples/pom.xml", "<project/>");
        write("pbx-sdk-core/src/main/java/Core.java", "class Core {}");
    }

    @Test
    void buildsOnlyWhenSourcesChanged() throws Exception {
        assertThat(run("first-steps", "--wait", "1ms")).hasSize(3);
        assertThat(builds()).hasSize(1).first().asString().contains("-pl samples -am");

        assertThat(run()).anyMatch(line -> line.contains("first-steps"));
        assertThat(builds()).hasSize(1);

        Path source = write("pbx-sdk-core/src/main/java/Core.java", "class Core { int changed; }");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsAgainWhenWhatItBuiltIsGone() throws Exception {
        run();
        Files.delete(project.resolve("samples/target/classes"));
        run();

        assertThat(builds()).hasSize(2);
    }

    @Test
    void passesArgumentsAndExitCodeThrough() throws Exception {
        try (Child child = start("first-steps", "--wait", "a b")) {
            assertThat(child.restOfOutput())
                    .singleElement()
                    .asString()
                    .contains("--wait a b is no length of time");
            assertThat(child.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void saysInAFewLinesThatTheBuildFailed() throws Exception {
        write("broken", "");

        try (Child child = start()) {
            assertThat(child.restOfOutput())
                    .containsExactly(
                            "[ERROR] /x/A.java:[1,1] no",
                            "samples/run: the build failed; all of it is in"
                                    + " target/samples-build.log");
            assertThat(child.exitCode()).isEqualTo(70);
        }
        assertThat(project.resolve("target/building")).doesNotExist();
    }

    @Test
    void saysWhatTheWrapperSaidWithoutANetwork() throws Exception {
        program("mvnw", "#!/bin/sh\necho 'wget: Failed to fetch https://example.org/m'; exit 1");

        try (Child child = start()) {
            assertThat(child.restOfOutput())
                    .startsWith("wget: Failed to fetch https://example.org/m")
                    .anyMatch(line -> line.contains("is there a network?"));
            assertThat(child.exitCode()).isEqualTo(70);
        }
    }

    @Test
    void isNotStoppedByABuildThatWasKilled() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        write("target/building/pid", String.valueOf(killed.pid()));

        assertThat(run()).isNotEmpty();
    }

    @Test
    void saysThatJavaIsMissing() throws Exception {
        ProcessBuilder builder = command();
        builder.environment().put("JAVA_HOME", folder.toString());

        try (Child child = Child.of(builder)) {
            assertThat(child.restOfOutput())
                    .containsExactly(
                            "samples/run: JAVA_HOME is "
                                    + (folder + ", and there is no bin/java in it"));
            assertThat(child.exitCode()).isEqualTo(70);
        }
    }

    private List<String> run(String... arguments) throws Exception {
        try (Child child = start(arguments)) {
            List<String> lines = child.restOfOutput();
            assertThat(child.exitCode()).as("%s", lines).isZero();
            return lines;
        }
    }

    private Child start(String... arguments) throws IOException {
        return Child.of(command(arguments));
    }

    /** The script, called from another folder. */
    private ProcessBuilder command(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(project.resolve("samples/run").toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CLASS_PATH_OF_THE_TEST", System.getProperty("java.class.path"));
        return builder;
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(project.resolve("built-with"));
    }

    private void copy(String file) throws IOException {
        Path target = project.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(Path.of("..").resolve(file), target, COPY_ATTRIBUTES);
    }

    private void program(String file, String text) throws IOException {
        Files.setPosixFilePermissions(
                write(file, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path write(String file, String text) throws IOException {
        Path target = project.resolve(file);
        Files.createDirectories(target.getParent());
        return Files.writeString(target, text);
    }
}
