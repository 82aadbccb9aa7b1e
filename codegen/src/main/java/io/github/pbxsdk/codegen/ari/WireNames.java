package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes the list of all names of members, which a reader need not make anew for each message. */
final class WireNames {

    static final ClassName NAME = ClassName.get(Surface.PACKAGE, "WireNames");

    private final Surface surface;

    WireNames(Surface surface) {
        this.surface = surface;
    }

    TypeSpec type() {
        TreeSet<String> names = new TreeSet<>(List.of("type", "application", "timestamp"));
        Stream.concat(surface.models(), surface.events())
                .flatMap(owner -> surface.fields(owner).stream())
                .forEach(field -> names.add(field.wire()));
        CodeBlock list =
                names.stream()
                        .map(name -> CodeBlock.of("$S", name))
                        .collect(CodeBlock.joining(",\n"));
        return TypeSpec.classBuilder(NAME)
                .addJavadoc("The names of members that are known.\n")
                .addModifiers(Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
                .addMethod(
                        MethodSpec.methodBuilder("all")
                                .addModifiers(Modifier.STATIC)
                                .returns(ArrayTypeName.of(String.class))
                                .addStatement("return new String[] {\n$L}", list)
                                .build())
                .build();
    }
}
