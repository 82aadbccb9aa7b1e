package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import javax.lang.model.element.Modifier;

/**
 * Writes the way from an event's type to its class, before it is decoded and after. It is a switch,
 * since a table of lambdas is slow to build.
 */
final class EventLookup {

    static final ClassName NAME = ClassName.get(Surface.PACKAGE + ".event", "EventLookup");

    private static final ClassName EVENT = NAME.peerClass("AriEvent");
    private static final ClassName OTHER = NAME.peerClass("OtherAriEvent");

    private final Surface surface;

    EventLookup(Surface surface) {
        this.surface = surface;
    }

    TypeSpec lookup() {
        MethodSpec classOf =
                lookup("classOf", "case $S -> $T.class;\n", "default -> $T.class;\n")
                        .returns(
                                ParameterizedTypeName.get(
                                        ClassName.get(Class.class),
                                        WildcardTypeName.subtypeOf(EVENT)))
                        .build();
        MethodSpec of =
                lookup("of", "case $S -> $T.of(raw);\n", "default -> $T.of(raw);\n")
                        .addParameter(Surface.OBJECT, "raw")
                        .returns(EVENT)
                        .build();
        return TypeSpec.classBuilder(NAME)
                .addJavadoc("Finds the class of an event.\n")
                .addModifiers(Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
                .addMethod(classOf)
                .addMethod(of)
                .build();
    }

    private MethodSpec.Builder lookup(String name, String line, String last) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.STATIC)
                        .addParameter(String.class, "type")
                        .beginControlFlow("return switch (type)");
        surface.events()
                .forEach(
                        event ->
                                method.addCode(
                                        line, event.text("name"), surface.eventClass(event)));
        return method.addCode(last, OTHER).addCode("$<};\n");
    }
}
