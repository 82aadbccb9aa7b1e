package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes the classes of actions and of their typed answers. */
final class ActionClasses {

    private static final ClassName ACTION = ClassName.get(Surface.PACKAGE, "AmiAction");
    private static final ClassName RESPONSE = ClassName.get(Surface.PACKAGE, "AmiResponse");
    private static final ClassName EVENT = ClassName.get(Surface.PACKAGE + ".event", "AmiEvent");
    private static final ClassName ACCESS =
            ClassName.get("io.github.pbxsdk.core.security", "Operation", "Access");

    private final Surface surface;
    private final Values values;

    ActionClasses(Surface surface) {
        this.surface = surface;
        this.values = new Values(surface);
    }

    TypeSpec action(Entry action) {
        ClassName self = surface.actionClass(action);
        TypeName result = result(action);
        TypeSpec.Builder type =
                TypeSpec.classBuilder(self)
                        .addJavadoc("$L", Prose.action(action))
                        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                        .addSuperinterface(ParameterizedTypeName.get(ACTION, result))
                        .addField(EventClasses.FIELDS, "fields", Modifier.PRIVATE, Modifier.FINAL)
                        .addMethod(constructor());
        new ActionFactories(surface, action).addTo(type);
        return type.addMethod(
                        implementing("name", ClassName.get(String.class))
                                .addStatement("return $S", action.text("name"))
                                .build())
                .addMethod(access(action))
                .addMethod(
                        implementing("fields", EventClasses.FIELDS)
                                .addStatement("return fields")
                                .build())
                .addMethod(result(action, result))
                .addMethod(
                        implementing("toString", ClassName.get(String.class))
                                .addStatement("return $S + fields", action.text("name") + " ")
                                .build())
                .build();
    }

    /** Returns the class of an action's answer, if it has one of its own. */
    Optional<TypeSpec> answer(Entry action) {
        if (!action.has("response")) {
            return Optional.empty();
        }
        TypeSpec.Builder type =
                TypeSpec.recordBuilder(surface.resultClass(action))
                        .addJavadoc(
                                "The answer to {@link $T}.\n\n@param response the whole answer\n",
                                surface.actionClass(action))
                        .addModifiers(Modifier.PUBLIC)
                        .recordConstructor(
                                MethodSpec.constructorBuilder()
                                        .addParameter(
                                                ParameterSpec.builder(RESPONSE, "response").build())
                                        .build());
        surface.headers(action, "response")
                .forEach(field -> type.addMethod(values.accessor(field, "response.fields()")));
        return Optional.of(type.build());
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(EventClasses.FIELDS, "fields")
                .addStatement("this.fields = fields")
                .build();
    }

    private MethodSpec access(Entry action) {
        List<Header> guards =
                surface.headers(action, "params").stream().filter(Header::isGuard).toList();
        MethodSpec.Builder method = implementing("access", ACCESS);
        for (Header guard : guards) {
            method.beginControlFlow("if (fields.text($S).indexOf('(') >= 0)", guard.wire())
                    .addStatement("return $T.CHANGE", ACCESS)
                    .endControlFlow();
        }
        return method.addStatement("return $T.$L", ACCESS, action.text("access")).build();
    }

    private TypeName result(Entry action) {
        if (action.has("response")) {
            return surface.resultClass(action);
        }
        if (isPlain(action)) {
            return RESPONSE;
        }
        return ParameterizedTypeName.get(ClassName.get(List.class), item(action).orElse(EVENT));
    }

    private MethodSpec result(Entry action, TypeName result) {
        MethodSpec.Builder method =
                implementing("result", result).addParameter(RESPONSE, "response");
        if (action.has("response")) {
            return method.addStatement("return new $T(response)", result).build();
        }
        if (isPlain(action)) {
            return method.addStatement("return response").build();
        }
        return item(action)
                .map(item -> method.addStatement("return response.items($T.class)", item))
                .orElseGet(() -> method.addStatement("return response.items()"))
                .build();
    }

    private static boolean isPlain(Entry action) {
        return !action.has("list") || action.find("result").isPresent();
    }

    /** Returns the class of a list's items, if they are all of one. */
    private Optional<ClassName> item(Entry action) {
        List<String> items = action.entry("list").texts("items");
        return items.size() == 1 ? Optional.of(surface.eventClass(items.get(0))) : Optional.empty();
    }

    private static MethodSpec.Builder implementing(String name, TypeName type) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(type);
    }
}
