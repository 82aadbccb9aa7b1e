package io.github.pbxsdk.it.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a library behaves that lives inside the application of somebody else. */
class LibraryCodeIT {

    private static List<House.Module> libraries() {
        return House.libraries();
    }

    @Test
    void theConsoleBelongsToTheApplication() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(House.classes());
    }

    @Test
    void whatWeLogGoesThroughSlf4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging")
                .check(House.classes());
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(describe("are no doors", type -> !isDoor(type)))
                .should()
                .beFinal()
                .check(House.classes());
    }

    @Test
    void staticFieldsHoldNoStateOfAllClients() {
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(
                        assignableTo(ConcurrentMap.class)
                                .or(resideInAPackage("java.util.concurrent.atomic")))
                .check(House.classes());
    }

    @Test
    void noMethodIsSynchronized() {
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(House.classes());
    }

    /** On Java 21 to 23 a virtual thread that blocks in such a block holds up its carrier. */
    @ParameterizedTest
    @MethodSource("libraries")
    void noBlockIsSynchronized(House.Module library) {
        assertThat(classesWith("monitorenter", library)).isEmpty();
    }

    /** A door to a public type for our own modules: written once, when that type is loaded. */
    private static boolean isDoor(JavaClass type) {
        return type.getSimpleName().endsWith("Access") && House.isInternal(type.getPackageName());
    }

    private static List<String> classesWith(String instruction, House.Module library) {
        List<String> found = new ArrayList<>();
        String type = "";
        for (String line : (Iterable<String>) disassembled(library).lines()::iterator) {
            if (line.startsWith("Compiled from")) {
                type = line;
            }
            if (line.contains(instruction)) {
                found.add(type);
            }
        }
        return found.stream().distinct().toList();
    }

    private static String disassembled(House.Module library) {
        List<String> arguments = new ArrayList<>(List.of("-c", "-p"));
        arguments.addAll(List.of("-cp", library.jar().toString()));
        library.entries().stream()
                .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .forEach(arguments::add);
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int code =
                ToolProvider.findFirst("javap")
                        .orElseThrow(() -> new AssertionError("tests run on a JDK, not a JRE"))
                        .run(writer, writer, arguments.toArray(String[]::new));
        assertThat(code).as(output.toString()).isZero();
        return output.toString();
    }
}
