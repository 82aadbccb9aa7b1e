package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Writes the way from an event's name to its class: a switch for each first letter. One switch over
 * all names would be too long for the JIT compiler, and a table of lambdas slow to build.
 */
final class EventLookup {

    private static final String PACKAGE = Surface.PACKAGE + ".event";
    private static final ClassName EVENT = ClassName.get(PACKAGE, "AmiEvent");
    private static final ClassName OTHER = ClassName.get(PACKAGE, "OtherEvent");

    private final Surface surface;

    EventLookup(Surface surface) {
        this.surface = surface;
    }

    TypeSpec lookup() {
        Map<Character, List<Entry>> byLetter =
                surface.events()
                        .collect(
                                Collectors.groupingBy(
                                        event -> event.text("name").charAt(0),
                                        TreeMap::new,
                                        Collectors.toList()));
        TypeSpec.Builder type =
                TypeSpec.classBuilder("EventLookup")
                        .addJavadoc("Finds the class of an event.\n")
                        .addModifiers(Modifier.FINAL)
                        .addMethod(
                                MethodSpec.constructorBuilder()
                                        .addModifiers(Modifier.PRIVATE)
                                        .build())
                        .addMethod(byFirstLetter(byLetter));
        byLetter.forEach((letter, events) -> type.addMethod(byName(letter, events)));
        return type.build();
    }

    private static MethodSpec byFirstLetter(Map<Character, List<Entry>> byLetter) {
        MethodSpec.Builder method =
                method("of")
                        .beginControlFlow("return switch (name.isEmpty() ? ' ' : name.charAt(0))");
        byLetter.keySet()
                .forEach(
                        letter ->
                                method.addCode(
                                        "case '$L' -> $L(name, fields);\n",
                                        letter,
                                        nameOf(letter)));
        return method.addCode("default -> new $T(fields);\n", OTHER).addCode("$<};\n").build();
    }

    private MethodSpec byName(char letter, List<Entry> events) {
        MethodSpec.Builder method =
                method(nameOf(letter))
                        .addModifiers(Modifier.PRIVATE)
                        .beginControlFlow("return switch (name)");
        events.forEach(
                event ->
                        method.addCode(
                                "case $S -> new $T(fields);\n",
                                event.text("name"),
                                surface.eventClass(event)));
        return method.addCode("default -> new $T(fields);\n", OTHER).addCode("$<};\n").build();
    }

    private static String nameOf(char letter) {
        return "startingWith" + letter;
    }

    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .returns(EVENT)
                .addParameter(String.class, "name")
                .addParameter(EventClasses.FIELDS, "fields");
    }
}
