package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes enumerations: those of events are read from the wire, those of actions written to it. */
final class EnumClasses {

    private final Surface surface;

    EnumClasses(Surface surface) {
        this.surface = surface;
    }

    TypeSpec enumeration(String name) {
        Entry data = surface.enums().entry(name);
        return data.text("package").equals("event") ? read(name, data) : written(name, data);
    }

    private TypeSpec read(String name, Entry data) {
        ClassName self = surface.enumClass(name);
        TypeSpec.Builder type = type(self, data);
        data.entries("constants")
                .forEach(
                        constant ->
                                type.addEnumConstant(
                                        constant.text("name"), described(constant).build()));
        type.addEnumConstant(
                "OTHER",
                TypeSpec.anonymousClassBuilder("")
                        .addJavadoc("Nothing was sent, or a word that this SDK doesn't know.\n")
                        .build());
        return type.addMethod(of(self, data)).build();
    }

    private static MethodSpec of(ClassName self, Entry data) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder("of")
                        .addJavadoc("Returns the constant for a word of the server.\n")
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .returns(self)
                        .addParameter(String.class, "word")
                        .beginControlFlow("return switch (word)");
        for (Entry constant : data.entries("constants")) {
            method.addCode("case $L -> $L;\n", literals(constant), constant.text("name"));
        }
        return method.addCode("default -> OTHER;\n").addCode("$<};\n").build();
    }

    private static CodeBlock literals(Entry constant) {
        List<String> words = constant.texts("wire");
        return words.stream()
                .map(word -> CodeBlock.of("$S", word))
                .collect(CodeBlock.joining(", "));
    }

    private TypeSpec written(String name, Entry data) {
        TypeSpec.Builder type = type(surface.enumClass(name), data);
        for (Entry constant : data.entries("constants")) {
            String word = constant.texts("wire").stream().collect(Collectors.joining());
            type.addEnumConstant(constant.text("name"), described(constant, word).build());
        }
        return type.addField(String.class, "word", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(
                        MethodSpec.constructorBuilder()
                                .addParameter(String.class, "word")
                                .addStatement("this.word = word")
                                .build())
                .addMethod(
                        MethodSpec.methodBuilder("word")
                                .addJavadoc("Returns the word that the server knows.\n")
                                .addModifiers(Modifier.PUBLIC)
                                .returns(String.class)
                                .addStatement("return word")
                                .build())
                .build();
    }

    private static TypeSpec.Builder type(ClassName self, Entry data) {
        return TypeSpec.enumBuilder(self)
                .addJavadoc("$L\n", data.text("about"))
                .addModifiers(Modifier.PUBLIC);
    }

    private static TypeSpec.Builder described(Entry constant) {
        return TypeSpec.anonymousClassBuilder("").addJavadoc("$L\n", constant.text("about"));
    }

    private static TypeSpec.Builder described(Entry constant, String word) {
        return TypeSpec.anonymousClassBuilder("$S", word)
                .addJavadoc("$L\n", constant.text("about"));
    }
}
