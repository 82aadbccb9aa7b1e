package io.github.pbxsdk.benchmarks;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmarks/run} itself, in a project of its own with a build that takes no time. */
@Timeout(180)
class BenchmarksIT {

    private static final String BUILD =
            """
            #!/bin/sh
            mkdir -p benchmarks/target/classes
            printf '%s' "$CLASS_PATH_OF_THE_TEST" >benchmarks/target/classpath
            """;

    @TempDir Path folder;

    @BeforeEach
    void makeProject() throws IOException {
        copy("benchmarks/run");
        copy("scripts/run-java.sh");
        Path build = write("mvnw", BUILD);
        Files.setPosixFilePermissions(build, PosixFilePermissions.fromString("rwxr-xr-x"));
        write("pom.xml", "<project/>");
        write("benchmarks/pom.xml", "<project/>");
        write("pbx-sdk-core/src/main/java/Core.java", "class Core {}");
    }

    @Test
    void findsAnEmptyLoopAsFastAsItself() throws Exception {
        Ended ended = run("--quick", "empty-loop");

        assertThat(ended.code()).as("%s", ended).isZero();
        assertThat(ended.lines())
                .anySatisfy(line -> assertThat(line).startsWith("| empty-loop: an empty loop"));
        Result result =
                Results.result(
                        Files.readString(
                                folder.resolve("benchmarks/target/results/empty-loop.json")));
        assertThat(result.rounds()).hasSize(Plan.QUICK.rounds());
        assertThat(Spread.of(result.rounds(), Round::ratio).median()).isBetween(0.5, 2.0);
        assertThat(folder.resolve("benchmarks/results")).doesNotExist();
    }

    @Test
    void listsAllWhenNoneIsNamed() throws Exception {
        Ended ended = run();

        assertThat(ended.code()).isZero();
        for (Benchmark benchmark : Benchmarks.ALL) {
            assertThat(ended.lines())
                    .anySatisfy(
                            line -> assertThat(line).contains(benchmark.name(), benchmark.what()));
        }
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() throws Exception {
        List<String> names = Benchmarks.ALL.stream().map(Benchmark::name).toList();
        assertThat(run("emty-loop"))
                .isEqualTo(
                        usage(
                                "there is no benchmark \"emty-loop\"; there are "
                                        + String.join(", ", names)));
        assertThat(run("--fast", "empty-loop"))
                .isEqualTo(usage("there is no option --fast (see --help)"));
        assertThat(run("--quick", "--save", "empty-loop"))
                .isEqualTo(usage("a --quick result is not worth keeping: no --save"));
        assertThat(run("--quick"))
                .isEqualTo(usage("which benchmark? There are empty-loop, root-future"));
    }

    private static Ended usage(String sentence) {
        return new Ended(2, List.of("benchmarks/run: " + sentence));
    }

    private Ended run(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("benchmarks/run").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CLASS_PATH_OF_THE_TEST", System.getProperty("java.class.path"));
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), lines);
    }

    private record Ended(int code, List<String> lines) {}

    private void copy(String file) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(Path.of("..").resolve(file), target, COPY_ATTRIBUTES);
    }

    private Path write(String file, String text) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        return Files.writeString(target, text);
    }
}
