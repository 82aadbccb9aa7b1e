package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the requests of operations that have many parameters: immutable, with a builder. */
final class RequestClasses {

    private static final AnnotationSpec NULLABLE =
            AnnotationSpec.builder(ClassName.get("org.jspecify.annotations", "Nullable")).build();

    private final Surface surface;

    RequestClasses(Surface surface) {
        this.surface = surface;
    }

    TypeSpec request(Operation operation) {
        ClassName self = operation.request();
        ClassName builder = self.nestedClass("Builder");
        List<Parameter> all = operation.requested();
        List<Parameter> required = all.stream().filter(Parameter::isRequired).toList();
        TypeSpec.Builder type =
                TypeSpec.classBuilder(self)
                        .addJavadoc(
                                "What {@link $T#$L} is to do. Immutable.\n",
                                surface.groupClass(operation.group()),
                                operation.java())
                        .addModifiers(Modifier.PUBLIC, Modifier.FINAL);
        all.forEach(
                parameter ->
                        type.addField(
                                stored(parameter),
                                parameter.java(),
                                Modifier.PRIVATE,
                                Modifier.FINAL));
        type.addMethod(constructor(builder, all));
        if (required.size() < all.size() && !required.isEmpty()) {
            type.addMethod(of(self, required));
        }
        type.addMethod(builderFactory(builder, required)).addMethod(toBuilder(builder));
        all.forEach(parameter -> type.addMethod(accessor(parameter)));
        return type.addType(builder(self, builder, all, required)).build();
    }

    private static MethodSpec constructor(ClassName builder, List<Parameter> all) {
        MethodSpec.Builder method =
                MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(builder, "builder");
        all.forEach(p -> method.addStatement("this.$L = $L", p.java(), copied(p)));
        return method.build();
    }

    private static CodeBlock copied(Parameter parameter) {
        CodeBlock value = CodeBlock.of("builder.$L", parameter.java());
        if (parameter.isMap()) {
            return CodeBlock.of(
                    "$T.unmodifiableMap(new $T<>($L))",
                    ClassName.get("java.util", "Collections"),
                    LinkedHashMap.class,
                    value);
        }
        return value;
    }

    private static MethodSpec of(ClassName self, List<Parameter> required) {
        return factory("of", self, required)
                .addJavadoc("Returns a request with what is needed.\n")
                .addStatement("return builder($L).build()", names(required))
                .build();
    }

    private static MethodSpec builderFactory(ClassName builder, List<Parameter> required) {
        return factory("builder", builder, required)
                .addJavadoc("Returns a builder.\n\n$L", documented(required))
                .addStatement("return new $T($L)", builder, passed(required))
                .build();
    }

    private static MethodSpec.Builder factory(
            String name, ClassName result, List<Parameter> required) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .returns(result);
        required.forEach(
                parameter ->
                        method.addParameter(
                                isVarargs(parameter, required)
                                        ? ArrayTypeName.of(parameter.single())
                                        : parameter.type(),
                                parameter.java()));
        return method.varargs(required.stream().anyMatch(p -> isVarargs(p, required)));
    }

    private static boolean isVarargs(Parameter parameter, List<Parameter> required) {
        return parameter.isMany() && required.size() == 1;
    }

    private static CodeBlock passed(List<Parameter> required) {
        return required.stream()
                .map(
                        p ->
                                isVarargs(p, required)
                                        ? CodeBlock.of("$T.of($L)", List.class, p.java())
                                        : CodeBlock.of("$L", p.java()))
                .collect(CodeBlock.joining(", "));
    }

    private static String names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::java).collect(Collectors.joining(", "));
    }

    private static String documented(List<Parameter> required) {
        return required.stream()
                .map(p -> "@param " + p.java() + " " + p.data().text("about") + "\n")
                .collect(Collectors.joining());
    }

    private static MethodSpec toBuilder(ClassName builder) {
        return MethodSpec.methodBuilder("toBuilder")
                .addJavadoc("Returns a builder that begins with this request.\n")
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addStatement("return new $T(this)", builder)
                .build();
    }

    private static MethodSpec accessor(Parameter parameter) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(parameter.java())
                        .addJavadoc("$L", Prose.getter(parameter))
                        .addModifiers(Modifier.PUBLIC);
        if (isNeverNull(parameter)) {
            return method.returns(parameter.type())
                    .addStatement("return $L", parameter.java())
                    .build();
        }
        return method.returns(
                        ParameterizedTypeName.get(
                                ClassName.get(Optional.class), parameter.type().box()))
                .addStatement("return $T.ofNullable($L)", Optional.class, parameter.java())
                .build();
    }

    private static boolean isNeverNull(Parameter parameter) {
        return parameter.isRequired() || parameter.isCollection();
    }

    private static TypeName stored(Parameter parameter) {
        return isNeverNull(parameter)
                ? parameter.type()
                : parameter.type().box().annotated(NULLABLE);
    }

    private TypeSpec builder(
            ClassName self, ClassName builder, List<Parameter> all, List<Parameter> required) {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(builder)
                        .addJavadoc("Collects a {@link $T}; not thread-safe.\n", self)
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL);
        all.forEach(p -> type.addField(stored(p), p.java(), Modifier.PRIVATE));
        type.addMethod(fromRequired(all, required)).addMethod(fromRequest(self, all));
        all.stream()
                .filter(parameter -> !parameter.isRequired())
                .forEach(parameter -> type.addMethod(setter(builder, parameter)));
        all.stream()
                .filter(parameter -> !parameter.isRequired() && parameter.isMap())
                .forEach(parameter -> type.addMethod(put(builder, parameter)));
        return type.addMethod(
                        MethodSpec.methodBuilder("build")
                                .addJavadoc("Returns the request.\n")
                                .addModifiers(Modifier.PUBLIC)
                                .returns(self)
                                .addStatement("return new $T(this)", self)
                                .build())
                .build();
    }

    private static MethodSpec fromRequired(List<Parameter> all, List<Parameter> required) {
        MethodSpec.Builder method = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE);
        required.forEach(p -> method.addParameter(p.type(), p.java()));
        for (Parameter parameter : all) {
            if (parameter.isRequired()) {
                method.addStatement("this.$L = $L", parameter.java(), checked(parameter));
            } else if (parameter.isMap()) {
                method.addStatement("this.$L = new $T<>()", parameter.java(), LinkedHashMap.class);
            } else if (parameter.isMany()) {
                method.addStatement("this.$L = $T.of()", parameter.java(), List.class);
            }
        }
        return method.build();
    }

    private static MethodSpec fromRequest(ClassName self, List<Parameter> all) {
        MethodSpec.Builder method =
                MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(self, "request");
        for (Parameter parameter : all) {
            if (parameter.isMap()) {
                method.addStatement(
                        "this.$L = new $T<>(request.$L)",
                        parameter.java(),
                        LinkedHashMap.class,
                        parameter.java());
            } else {
                method.addStatement("this.$L = request.$L", parameter.java(), parameter.java());
            }
        }
        return method.build();
    }

    private static MethodSpec setter(ClassName builder, Parameter parameter) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(parameter.java())
                        .addJavadoc("$L", Prose.setter(parameter))
                        .addModifiers(Modifier.PUBLIC)
                        .returns(builder)
                        .addParameter(ParameterSpec.builder(parameter.type(), "value").build());
        if (parameter.isMap()) {
            method.addStatement("this.$L = new $T<>(value)", parameter.java(), LinkedHashMap.class);
        } else {
            method.addStatement("this.$L = $L", parameter.java(), checked(parameter, "value"));
        }
        return method.addStatement("return this").build();
    }

    private static MethodSpec put(ClassName builder, Parameter parameter) {
        return MethodSpec.methodBuilder("putVariable")
                .addJavadoc("Adds a variable, or replaces it.\n")
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addParameter(String.class, "name")
                .addParameter(String.class, "value")
                .addStatement(
                        "$L.put($T.requireNonNull(name, $S), $T.requireNonNull(value, $S))",
                        parameter.java(),
                        Objects.class,
                        "name",
                        Objects.class,
                        "value")
                .addStatement("return this")
                .build();
    }

    private static CodeBlock checked(Parameter parameter) {
        return checked(parameter, parameter.java());
    }

    private static CodeBlock checked(Parameter parameter, String value) {
        if (parameter.isMany()) {
            return CodeBlock.of("$T.copyOf($L)", List.class, value);
        }
        return parameter.type().isPrimitive()
                ? CodeBlock.of("$L", value)
                : CodeBlock.of("$T.requireNonNull($L, $S)", Objects.class, value, parameter.java());
    }
}
