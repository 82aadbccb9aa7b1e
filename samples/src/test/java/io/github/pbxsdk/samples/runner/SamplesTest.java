package io.github.pbxsdk.samples.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.pbxsdk.pbx.PbxSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.github.pbxsdk.samples");

    private final Trial trial = new Trial();

    @Test
    void areListedWithOneLineEachWhenNoneIsNamed() {
        ExitCode code = Samples.execute(List.of(), trial.surroundings());

        assertThat(code).isEqualTo(ExitCode.DONE);
        for (Sample sample : Samples.ALL) {
            assertThat(trial.output()).contains(sample.name()).contains(sample.oneLine());
        }
    }

    @Test
    void runByTheirName() {
        ExitCode code =
                Samples.execute(
                        List.of("first-steps", "--wait", "1ms", "--json"), trial.surroundings());

        assertThat(trial.errors()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(trial.output().lines().toList())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("\"worker\":\"pbx-sdk-worker-1\""))
                .last()
                .isEqualTo("{\"closed\":true,\"threadsLeft\":0}");
    }

    @Test
    void areSuggestedWhenANameIsMistyped() {
        ExitCode code = Samples.execute(List.of("frist-steps"), trial.surroundings());

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(trial.errors())
                .contains("no sample \"frist-steps\"; did you mean first-steps?")
                .contains("samples/run lists all");
    }

    @Test
    void areNotSuggestedWhenNothingIsNear() {
        Samples.execute(List.of("zebra"), trial.surroundings());

        assertThat(trial.errors()).contains("no sample \"zebra\" (samples/run lists all)");
    }

    @Test
    void areAllKnownToTheRunnerAndToTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        List<JavaClass> written =
                CLASSES.stream().filter(type -> type.tryGetField("SAMPLE").isPresent()).toList();

        assertThat(Samples.ALL)
                .extracting(SamplesTest::className)
                .containsExactlyInAnyOrderElementsOf(
                        written.stream()
                                .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                                .toList());
        assertThat(Samples.ALL)
                .allSatisfy(sample -> assertThat(readme).contains("| `" + sample.name() + "` |"));
    }

    /** Returns what the class of a sample is called, without regard to case. */
    private static String className(Sample sample) {
        return sample.name().replace("-", "");
    }

    @Test
    void useOnlyWhatTheSdkExports() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.pbxsdk..internal..")
                .check(CLASSES);
    }

    @Test
    void haveTheirSettingsExplained() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "configuration.md"));

        for (PbxSetting setting : PbxSetting.values()) {
            assertThat(page)
                    .contains(
                            "| `"
                                    + setting.name()
                                    + "` | `--"
                                    + Settings.argument(setting)
                                    + "` |");
        }
        assertThat(page.lines().filter(line -> line.startsWith("| `")))
                .hasSize(PbxSetting.values().length);
    }
}
