package io.github.pbxsdk.it.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrows point down only: docs/architecture.md draws what this table says. */
class ArrowsIT {

    /** Each module by the name of its package, with those it may import besides itself. */
    private static final Map<String, Set<String>> ALLOWED =
            Map.ofEntries(
                    Map.entry("core", Set.of()),
                    Map.entry("testing", Set.of("core")),
                    Map.entry("ami", Set.of("core")),
                    Map.entry("media", Set.of("core")),
                    Map.entry("ari", Set.of("core", "media")),
                    Map.entry("sip", Set.of("core", "media")),
                    Map.entry("sms", Set.of("core")),
                    Map.entry("freepbx", Set.of("core")),
                    Map.entry("recordings", Set.of("core")),
                    Map.entry("asteriskjava", Set.of("core", "ami")),
                    Map.entry(
                            "pbx",
                            Set.of(
                                    "core",
                                    "ami",
                                    "ari",
                                    "sip",
                                    "media",
                                    "sms",
                                    "freepbx",
                                    "recordings")));

    private static Set<String> names() {
        return House.classes().stream()
                .map(ArrowsIT::moduleOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void aModuleImportsOnlyWhatStandsBelowIt(String name) {
        assertThat(ALLOWED).as("say in this table where the new module stands").containsKey(name);
        Set<String> below = ALLOWED.getOrDefault(name, Set.of());

        noClasses()
                .that(describe("are in " + name, type -> moduleOf(type).equals(name)))
                .should()
                .dependOnClassesThat(areOursOutside(name, below))
                .check(House.classes());
    }

    private static DescribedPredicate<JavaClass> areOursOutside(String name, Set<String> below) {
        return describe(
                "are in a module of ours other than " + below,
                type ->
                        type.getPackageName().startsWith(House.PACKAGE + ".")
                                && !moduleOf(type).equals(name)
                                && !below.contains(moduleOf(type)));
    }

    private static String moduleOf(JavaClass type) {
        List<String> names = List.of(type.getPackageName().split("\\.", -1));
        return names.size() > 3 ? names.get(3) : "";
    }
}
