package io.github.pbxsdk.it.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody who uses us has to know what we are built on, so that we can replace it. */
class SignaturesIT {

    /** What every Java developer has, besides the exported packages of this house. */
    private static final List<String> KNOWN_TO_ALL = List.of("java.", "javax.net.", "javax.sql.");

    /** Where another type may be seen, and why. */
    private static final List<Exemption> EXEMPTIONS =
            List.of(
                    new Exemption(
                            House.PACKAGE + ".core.http.OkHttpTransport",
                            "okhttp3.",
                            "takes the OkHttpClient that an application already has"),
                    new Exemption(
                            House.PACKAGE + ".asteriskjava.",
                            "org.asteriskjava.",
                            "is there to offer that library's API"),
                    new Exemption(
                            House.PACKAGE + ".pbx.MicrometerObserver",
                            "io.micrometer.",
                            "tells figures to the registry that an application already has"),
                    new Exemption(
                            House.PACKAGE + ".testing.",
                            "org.junit.jupiter.api.",
                            "is a JUnit extension"));

    private static final Set<String> EXPORTED = House.exportedPackages();

    @Test
    void whatUsersSeeIsOursOrJavas() {
        classes()
                .that(describe("users can see", SignaturesIT::isVisible))
                .should(nameOnlyTypesOfOursOrJavas())
                .check(House.classes());
    }

    private static ArchCondition<JavaClass> nameOnlyTypesOfOursOrJavas() {
        return new ArchCondition<>("name only exported types of ours, or Java's") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                report(type, type.getName(), typesOfHeader(type), events);
                for (JavaMember member : type.getAllMembers()) {
                    if (isVisible(member) && isToBeChecked(member.getOwner(), type)) {
                        report(type, member.getFullName(), typesOf(member), events);
                    }
                }
            }
        };
    }

    private static void report(
            JavaClass type,
            String place,
            Stream<? extends JavaType> named,
            ConditionEvents events) {
        named.flatMap(javaType -> javaType.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .distinct()
                .filter(seen -> !isAllowed(type, seen))
                .map(seen -> place + " names " + seen.getName())
                .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
    }

    private static Stream<JavaType> typesOfHeader(JavaClass type) {
        return Stream.of(
                        type.getSuperclass().stream(),
                        type.getInterfaces().stream(),
                        boundsOf(type.getTypeParameters()))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getExceptionTypes().stream(),
                        boundsOf(code.getTypeParameters()))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> boundsOf(List<? extends JavaTypeVariable<?>> parameters) {
        return parameters.stream().flatMap(parameter -> parameter.getUpperBounds().stream());
    }

    private static boolean isAllowed(JavaClass place, JavaClass seen) {
        String name = seen.getName();
        return seen.isPrimitive()
                || isExported(seen)
                || KNOWN_TO_ALL.stream().anyMatch(name::startsWith)
                || EXEMPTIONS.stream().anyMatch(exemption -> exemption.covers(place, name));
    }

    private static boolean isExported(JavaClass type) {
        String name = type.getPackageName();
        return EXPORTED.contains(name) && !House.isInternal(name);
    }

    private static boolean isVisible(JavaClass type) {
        return isExported(type)
                && isPublicOrProtected(type.getModifiers())
                && type.getEnclosingClass().map(SignaturesIT::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return isPublicOrProtected(member.getModifiers())
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !member.getModifiers().contains(JavaModifier.BRIDGE);
    }

    /** Members of a hidden superclass count for the class that inherits them. */
    private static boolean isToBeChecked(JavaClass owner, JavaClass type) {
        return owner.equals(type)
                || (owner.getPackageName().startsWith(House.PACKAGE + ".") && !isVisible(owner));
    }

    private static boolean isPublicOrProtected(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC)
                || modifiers.contains(JavaModifier.PROTECTED);
    }

    /** A place where a type of somebody else may be seen; both names can be beginnings. */
    private record Exemption(String place, String foreign, String reason) {

        boolean covers(JavaClass type, String seen) {
            return type.getName().startsWith(place) && seen.startsWith(foreign);
        }
    }
}
