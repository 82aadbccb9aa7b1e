package io.github.pbxsdk.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Central repository and its users expect of each published module. */
class PublishedModulesIT {

    private static final String PROJECT = "https://github.com/pbxsdk/pbx-sdk";

    private static List<House.Module> published() {
        return House.published();
    }

    private static List<House.Module> libraries() {
        return House.libraries();
    }

    @Test
    void everyModuleWithOurPrefixIsPublished() {
        assertThat(House.modules())
                .filteredOn(module -> module.directory().getFileName().toString().startsWith("pbx"))
                .isNotEmpty()
                .allMatch(House.Module::published, "sets publish.skip to false in its POM");
    }

    @Test
    void theBomListsThePublishedLibrariesAndNothingElse() {
        Pom bom = Pom.read(House.file("pbx-sdk-bom").resolve(".flattened-pom.xml"));

        assertThat(bom.texts("/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(
                        libraries().stream().map(House.Module::artifactId).toList());
    }

    @ParameterizedTest
    @MethodSource("published")
    void itsPomStandsOnItsOwnAndIsComplete(House.Module module) {
        Pom pom = module.publishedPom();

        assertThat(pom.texts("/project/parent")).isEmpty();
        assertThat(pom.texts("/project/properties")).as("names our build, not us").isEmpty();
        assertThat(pom.texts("/project/repositories")).isEmpty();
        for (String element :
                List.of(
                        "/project/version",
                        "/project/name",
                        "/project/description",
                        "/project/url",
                        "/project/licenses/license/name",
                        "/project/licenses/license/url",
                        "/project/developers/developer/name",
                        "/project/scm/connection",
                        "/project/scm/developerConnection",
                        "/project/scm/url")) {
            assertThat(pom.text(element)).as(element).isNotEmpty().doesNotContain("${");
        }
        assertThat(pom.text("/project/scm/url")).as("not that of a folder").isEqualTo(PROJECT);
        assertThat(pom.text("/project/url")).as("not that of a folder").isEqualTo(PROJECT);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void itsDependenciesHaveVersionsAndNoneIsForTests(House.Module library) {
        Pom pom = library.publishedPom();
        String dependencies = "/project/dependencies/dependency";

        assertThat(pom.texts(dependencies + "/version"))
                .hasSameSizeAs(pom.texts(dependencies))
                .noneMatch(version -> version.contains("${"));
        assertThat(pom.texts(dependencies + "/scope")).doesNotContain("test", "system");
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void sourcesJavadocAndBillOfMaterialsLieBesideIt(House.Module library) {
        for (String ending : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
            assertThat(library.built(ending)).isNotEmptyFile();
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void itsJarCarriesTheLicence(House.Module library) throws IOException {
        try (JarFile jar = new JarFile(library.jar().toFile())) {
            byte[] packed = jar.getInputStream(jar.getEntry("META-INF/LICENSE")).readAllBytes();

            assertThat(packed).isEqualTo(Files.readAllBytes(House.file("LICENSE")));
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void itsReadmeHasAPlaceForTheRuntimeTree(House.Module library) {
        assertThat(library.directory().resolve("README.md"))
                .content()
                .contains("<!-- runtime-tree -->", "<!-- /runtime-tree -->");
    }
}
