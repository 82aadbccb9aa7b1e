package io.github.pbxsdk.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The module descriptor of each published jar: the table of contents of its API. */
class ModuleDescriptorsIT {

    private static List<House.Module> libraries() {
        return House.libraries();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void internalPackagesAreExportedToOurOwnModulesAtMost(House.Module library) {
        assertThat(library.descriptor().exports())
                .filteredOn(export -> House.isInternal(export.source()))
                .allSatisfy(
                        export ->
                                assertThat(export.targets())
                                        .as(export.toString())
                                        .isNotEmpty()
                                        .allMatch(name -> name.startsWith(House.PACKAGE + ".")));
        assertThat(library.descriptor().opens())
                .filteredOn(open -> House.isInternal(open.source()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void itExportsAtLeastOnePackageToEverybody(House.Module library) {
        assertThat(library.exportedPackages()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void itHasANameOfItsOwn(House.Module library) throws IOException {
        ModuleDescriptor descriptor = library.descriptor();

        assertThat(descriptor.name()).startsWith(House.PACKAGE + ".");
        if (descriptor.isAutomatic()) {
            try (JarFile jar = new JarFile(library.jar().toFile())) {
                assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                        .as("without it, the name would come from the file's name")
                        .isEqualTo(descriptor.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void allItsPackagesBeginWithItsName(House.Module library) {
        assertThat(library.descriptor().packages())
                .isNotEmpty()
                .allSatisfy(
                        name ->
                                assertThat(name + ".")
                                        .startsWith(library.descriptor().name() + "."));
    }
}
