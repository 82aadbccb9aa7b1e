package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import javax.lang.model.element.Modifier;

/**
 * Writes enumerations: those of models are read from the wire too, those of requests only written.
 */
final class EnumClasses {

    private final Surface surface;

    EnumClasses(Surface surface) {
        this.surface = surface;
    }

    TypeSpec enumeration(Entry data) {
        ClassName self = surface.enumClass(data);
        boolean read = data.text("package").equals("model");
        TypeSpec.Builder type =
                TypeSpec.enumBuilder(self)
                        .addJavadoc("$L\n", data.text("about"))
                        .addModifiers(Modifier.PUBLIC);
        data.entries("constants")
                .forEach(
                        constant ->
                                type.addEnumConstant(
                                        constant.text("name"),
                                        constant(constant.text("wire"))
                                                .addJavadoc("{@code $L}.\n", constant.text("wire"))
                                                .build()));
        if (read) {
            type.addEnumConstant(
                    "OTHER",
                    constant("")
                            .addJavadoc("Nothing was sent, or a word that this SDK doesn't know.\n")
                            .build());
            type.addMethod(of(self, data));
        }
        return type.addField(String.class, "word", Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(constructor())
                .addMethod(word())
                .build();
    }

    private static TypeSpec.Builder constant(String word) {
        return TypeSpec.anonymousClassBuilder("$S", word);
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(String.class, "word")
                .addStatement("this.word = word")
                .build();
    }

    private static MethodSpec word() {
        return MethodSpec.methodBuilder("word")
                .addJavadoc("Returns the word on the wire.\n")
                .addModifiers(Modifier.PUBLIC)
                .returns(String.class)
                .addStatement("return word")
                .build();
    }

    private static MethodSpec of(ClassName self, Entry data) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder("of")
                        .addJavadoc("Returns the constant for a word of the server.\n")
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .returns(self)
                        .addParameter(String.class, "word")
                        .beginControlFlow("return switch (word)");
        data.entries("constants")
                .forEach(
                        constant ->
                                method.addCode(
                                        "case $S -> $L;\n",
                                        constant.text("wire"),
                                        constant.text("name")));
        return method.addCode("default -> OTHER;\n").addCode("$<};\n").build();
    }
}
