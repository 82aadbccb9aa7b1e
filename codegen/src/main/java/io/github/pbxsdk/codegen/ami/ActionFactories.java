package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Writes how an action is made: {@code create()} or {@code of(…)} with what it needs, and a builder
 * for what it can have besides.
 */
final class ActionFactories {

    /** With more, arguments in a row can't be told apart. */
    private static final int MOST_ARGUMENTS = 3;

    private static final ClassName LINES =
            ClassName.get(Surface.PACKAGE + ".action", "ActionFields");

    private final ClassName self;
    private final ClassName builder;
    private final String builderFactory;
    private final List<Header> constants;
    private final List<Header> arguments;
    private final List<Header> settings;

    ActionFactories(Surface surface, Entry action) {
        this.self = surface.actionClass(action);
        this.builder = self.nestedClass("Builder");
        this.builderFactory = action.find("factory").orElse("builder");
        List<Header> all = surface.headers(action, "params");
        this.constants = all.stream().filter(header -> header.constant().isPresent()).toList();
        List<Header> free = all.stream().filter(header -> header.constant().isEmpty()).toList();
        List<Header> required = free.stream().filter(Header::isRequired).toList();
        boolean few =
                required.size() <= MOST_ARGUMENTS && required.stream().allMatch(Setters::isOne);
        this.arguments = few ? required : List.of();
        this.settings = free.stream().filter(header -> !arguments.contains(header)).toList();
        this.setters = new Setters(surface, builder);
    }

    private final Setters setters;

    void addTo(TypeSpec.Builder type) {
        if (settings.isEmpty()) {
            type.addMethod(
                    factory(shortName(), self)
                            .addStatement("return new $T($L)", self, lines())
                            .build());
            return;
        }
        if (hasShortForm()) {
            type.addMethod(
                    factory(shortName(), self)
                            .addStatement("return $L($L).build()", builderFactory, names())
                            .build());
        }
        type.addMethod(
                factory(builderFactory, builder)
                        .addStatement("return new $T($L)", builder, names())
                        .build());
        type.addType(builderClass());
    }

    /** Tells whether an action makes sense with its arguments alone. */
    private boolean hasShortForm() {
        return settings.stream().noneMatch(Header::isRequired) && builderFactory.equals("builder");
    }

    private String shortName() {
        return arguments.isEmpty() ? "create" : "of";
    }

    private MethodSpec.Builder factory(String name, ClassName returned) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name)
                        .addJavadoc(
                                returned.equals(self)
                                        ? "Returns the action.\n"
                                        : "Returns a builder of the action.\n")
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .returns(returned);
        if (!arguments.isEmpty()) {
            method.addJavadoc("\n");
        }
        for (Header argument : arguments) {
            method.addJavadoc("@param $L $L\n", argument.java(), Prose.parameter(argument))
                    .addParameter(setters.type(argument), argument.java());
        }
        return method;
    }

    private String names() {
        return arguments.stream().map(Header::java).collect(Collectors.joining(", "));
    }

    private CodeBlock lines() {
        CodeBlock.Builder code = CodeBlock.builder().add("new $T()", LINES);
        arguments.forEach(argument -> code.add("$L", setters.put(argument)));
        constants.forEach(
                constant ->
                        code.add(
                                ".put($S, $S)",
                                constant.wire(),
                                constant.constant().orElseThrow()));
        return code.add(".toFields()").build();
    }

    private TypeSpec builderClass() {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(builder)
                        .addJavadoc("Collects the settings of the action.\n")
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                        .addField(
                                FieldSpec.builder(LINES, "lines", Modifier.PRIVATE, Modifier.FINAL)
                                        .initializer("new $T()", LINES)
                                        .build())
                        .addMethod(builderConstructor());
        settings.forEach(setting -> setters.addTo(type, setting));
        return type.addMethod(build()).build();
    }

    private MethodSpec builderConstructor() {
        MethodSpec.Builder method = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE);
        for (Header argument : arguments) {
            method.addParameter(setters.type(argument), argument.java())
                    .addStatement("lines$L", setters.put(argument));
        }
        constants.forEach(
                constant ->
                        method.addStatement(
                                "lines.put($S, $S)",
                                constant.wire(),
                                constant.constant().orElseThrow()));
        return method.build();
    }

    private MethodSpec build() {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder("build").addModifiers(Modifier.PUBLIC).returns(self);
        List<Header> required = settings.stream().filter(Header::isRequired).toList();
        method.addJavadoc("Returns the action.\n");
        if (!required.isEmpty()) {
            method.addJavadoc(
                    "\n@throws IllegalStateException if a setting that it needs is missing\n");
        }
        required.forEach(
                header ->
                        method.addStatement(
                                "lines.require($S, $S)", header.wire(), setters.method(header)));
        return method.addStatement("return new $T(lines.toFields())", self).build();
    }
}
