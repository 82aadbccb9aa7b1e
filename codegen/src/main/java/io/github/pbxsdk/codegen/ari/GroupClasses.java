package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes the groups of operations, each operation with both its doors. */
final class GroupClasses {

    private static final AnnotationSpec NULLABLE =
            AnnotationSpec.builder(ClassName.get("org.jspecify.annotations", "Nullable")).build();
    private static final ClassName CALLS = ClassName.get(Surface.PACKAGE, "AriCalls");
    private static final ClassName ACCESS =
            ClassName.get("io.github.pbxsdk.core.security", "Operation", "Access");
    private static final ClassName FUTURES =
            ClassName.get("io.github.pbxsdk.core.internal", "Futures");

    private final Surface surface;

    GroupClasses(Surface surface) {
        this.surface = surface;
    }

    TypeSpec group(String group) {
        ClassName self = surface.groupClass(group);
        TypeSpec.Builder type =
                TypeSpec.classBuilder(self)
                        .addJavadoc(
                                "Operations on $L; get it from {@link AriClient#$L()}."
                                        + " Thread-safe.\n",
                                words(group),
                                group)
                        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                        .addField(CALLS, "calls", Modifier.PRIVATE, Modifier.FINAL)
                        .addMethod(
                                MethodSpec.constructorBuilder()
                                        .addParameter(CALLS, "calls")
                                        .addStatement("this.calls = calls")
                                        .build());
        surface.operations()
                .filter(operation -> operation.group().equals(group))
                .forEach(operation -> add(type, operation));
        return type.build();
    }

    private static String words(String group) {
        return group.equals("asterisk")
                ? "the server itself"
                : group.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private void add(TypeSpec.Builder type, Operation operation) {
        List<Parameter> all = operation.direct();
        List<Parameter> required = all.stream().filter(Parameter::isRequired).toList();
        boolean optional = required.size() < all.size();
        type.addMethod(blocking(operation, all));
        if (optional) {
            type.addMethod(shorter(operation, all, required, false));
        }
        type.addMethod(asynchronous(operation, all));
        if (optional) {
            type.addMethod(shorter(operation, all, required, true));
        }
    }

    private MethodSpec blocking(Operation operation, List<Parameter> parameters) {
        MethodSpec.Builder method =
                method(operation, operation.java(), parameters)
                        .addJavadoc("$L", javadoc(operation, parameters))
                        .returns(result(operation));
        String arguments = arguments(operation, parameters);
        return (operation.result().equals("void")
                        ? method.addStatement(
                                "$T.await($LAsync($L))", FUTURES, operation.java(), arguments)
                        : method.addStatement(
                                "return $T.await($LAsync($L))",
                                FUTURES,
                                operation.java(),
                                arguments))
                .build();
    }

    private CodeBlock javadoc(Operation operation, List<Parameter> parameters) {
        return CodeBlock.of("$L", Prose.method(operation, parameters));
    }

    private MethodSpec shorter(
            Operation operation, List<Parameter> all, List<Parameter> required, boolean async) {
        String name = operation.java() + (async ? "Async" : "");
        String about =
                async
                        ? Prose.asynchronous(operation.java())
                        : operation.data().text("about") + "\n";
        MethodSpec.Builder method =
                method(operation, name, required)
                        .addJavadoc("$L", about)
                        .returns(async ? future(operation) : result(operation));
        CodeBlock call = CodeBlock.of("$L($L)", name, filled(operation, all));
        return (operation.result().equals("void") && !async
                        ? method.addStatement(call)
                        : method.addStatement("return $L", call))
                .build();
    }

    /** Returns the arguments of the longer form, with nothing in the place of what is left out. */
    private static CodeBlock filled(Operation operation, List<Parameter> all) {
        Stream<CodeBlock> parameters = all.stream().map(GroupClasses::argument);
        Stream<CodeBlock> request =
                operation.hasRequest() ? Stream.of(CodeBlock.of("request")) : Stream.empty();
        return Stream.concat(parameters, request).collect(CodeBlock.joining(", "));
    }

    private static CodeBlock argument(Parameter parameter) {
        if (parameter.isRequired()) {
            return CodeBlock.of("$L", parameter.java());
        }
        if (parameter.isMap()) {
            return CodeBlock.of("$T.of()", Map.class);
        }
        return parameter.isMany() ? CodeBlock.of("$T.of()", List.class) : CodeBlock.of("null");
    }

    private MethodSpec asynchronous(Operation operation, List<Parameter> parameters) {
        MethodSpec.Builder method =
                method(operation, operation.java() + "Async", parameters)
                        .addJavadoc("$L", Prose.asynchronous(operation.java()))
                        .returns(future(operation));
        method.addCode(
                "$T call = calls.begin($S, $L, $S);\n",
                Parameter.CALL,
                operation.name(),
                access(operation),
                operation.method());
        operation.since().ifPresent(since -> method.addStatement("call.since($S)", since));
        path(operation, method);
        operation.parameters().stream()
                .filter(parameter -> !parameter.isInPath())
                .forEach(parameter -> method.addStatement(put(operation, parameter)));
        return method.addStatement("return calls.send(call$L)", reader(operation)).build();
    }

    private static CodeBlock access(Operation operation) {
        CodeBlock own = CodeBlock.of("$T.$L", ACCESS, operation.isRead() ? "READ" : "CHANGE");
        return operation.parameters().stream()
                .filter(Parameter::isGuard)
                .findFirst()
                .map(guard -> CodeBlock.of("$T.accessToVariable($L)", Parameter.CALL, guard.java()))
                .orElse(own);
    }

    private static void path(Operation operation, MethodSpec.Builder method) {
        for (String part : operation.path().substring(1).split("/", -1)) {
            if (!part.startsWith("{")) {
                method.addStatement("call.path($S)", part);
                continue;
            }
            Parameter parameter = operation.inPath(part.substring(1, part.length() - 1));
            method.addStatement(
                    parameter.data().is("recording")
                            ? "call.recording($S, $L)"
                            : "call.name($S, $L)",
                    parameter.java(),
                    parameter.java());
        }
    }

    private static CodeBlock put(Operation operation, Parameter parameter) {
        CodeBlock value =
                operation.hasRequest()
                        ? parameter.writtenFromRequest()
                        : parameter.written(CodeBlock.of("$L", parameter.java()));
        if (parameter.isContent()) {
            return CodeBlock.of("call.content($L)", value);
        }
        String where = operation.hasBody() ? "member" : "query";
        return parameter
                .since()
                .map(
                        since ->
                                CodeBlock.of(
                                        "call.$L($S, $L, $S)",
                                        where,
                                        parameter.wire(),
                                        value,
                                        since))
                .orElseGet(() -> CodeBlock.of("call.$L($S, $L)", where, parameter.wire(), value));
    }

    private static CodeBlock reader(Operation operation) {
        String result = operation.result();
        if (result.equals("void")) {
            return CodeBlock.of("");
        }
        return result.startsWith("List[")
                ? CodeBlock.of(
                        ", $T.list($T::of)",
                        ClassName.get(Surface.PACKAGE, "AriAnswer"),
                        model(operation))
                : CodeBlock.of(
                        ", $T.object($T::of)",
                        ClassName.get(Surface.PACKAGE, "AriAnswer"),
                        model(operation));
    }

    private static ClassName model(Operation operation) {
        String result = operation.result();
        return operation.model(
                result.startsWith("List[") ? result.substring(5, result.length() - 1) : result);
    }

    private static TypeName result(Operation operation) {
        String result = operation.result();
        if (result.equals("void")) {
            return TypeName.VOID;
        }
        return result.startsWith("List[")
                ? ParameterizedTypeName.get(ClassName.get(List.class), model(operation))
                : model(operation);
    }

    private static TypeName future(Operation operation) {
        TypeName inner =
                operation.result().equals("void")
                        ? ClassName.get(Void.class).annotated(NULLABLE)
                        : result(operation);
        return ParameterizedTypeName.get(ClassName.get(CompletableFuture.class), inner);
    }

    private static String arguments(Operation operation, List<Parameter> parameters) {
        Stream<String> names = parameters.stream().map(Parameter::java);
        return Stream.concat(names, operation.hasRequest() ? Stream.of("request") : Stream.empty())
                .collect(Collectors.joining(", "));
    }

    private static MethodSpec.Builder method(
            Operation operation, String name, List<Parameter> parameters) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
        parameters.forEach(parameter -> method.addParameter(type(parameter), parameter.java()));
        if (operation.hasRequest()) {
            method.addParameter(operation.request(), "request");
        }
        return method;
    }

    private static TypeName type(Parameter parameter) {
        return parameter.isRequired() || parameter.isCollection()
                ? parameter.type()
                : parameter.type().box().annotated(NULLABLE);
    }
}
