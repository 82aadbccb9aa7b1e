package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Writes the methods of a builder that take values of a type. */
final class Setters {

    /** Headers that come more than once, and have methods of their own. */
    private static final Set<String> MANY = Set.of("variables", "pairs", "headers", "changes");

    private static final ClassName CHANGE =
            ClassName.get(Surface.PACKAGE + ".action", "ConfigChange");
    private static final ClassName HANGUP_CAUSE =
            ClassName.get(Surface.PACKAGE + ".event", "HangupCause");

    private final Surface surface;
    private final ClassName builder;

    Setters(Surface surface, ClassName builder) {
        this.surface = surface;
        this.builder = builder;
    }

    /** Tells whether a header is one value, which can be an argument. */
    static boolean isOne(Header header) {
        return !MANY.contains(header.type());
    }

    void addTo(TypeSpec.Builder type, Header header) {
        switch (header.type()) {
            case "variables" -> {
                type.addMethod(pair("putVariable", "variable", "Sets one of ", header));
                type.addMethod(variables(header));
            }
            case "pairs" ->
                    type.addMethod(pair("addVariable", "addVariable", "Adds one to ", header));
            case "headers" -> type.addMethod(header(header));
            case "changes" -> {
                type.addMethod(change(header));
                type.addMethod(changes(header));
            }
            default -> type.addMethod(one(header));
        }
    }

    /** Returns the name of the method that a missing setting is asked for by. */
    String method(Header header) {
        return header.type().equals("changes") ? "addChange" : header.java();
    }

    private MethodSpec one(Header header) {
        return setter(header.java())
                .addJavadoc("$L", Prose.setter(header))
                .addParameter(type(header), header.java())
                .addStatement("lines$L", put(header))
                .addStatement("return this")
                .build();
    }

    private MethodSpec pair(String name, String adds, String verb, Header header) {
        return setter(name)
                .addJavadoc("$L", verb + Prose.phrase(header) + ".\n")
                .addParameter(String.class, "name")
                .addParameter(String.class, "value")
                .addStatement("lines.$L($S, name, value)", adds, header.wire())
                .addStatement("return this")
                .build();
    }

    private MethodSpec variables(Header header) {
        return setter("variables")
                .addJavadoc("$L", "Sets " + Prose.phrase(header) + ", instead of those before.\n")
                .addParameter(
                        ParameterizedTypeName.get(Map.class, String.class, String.class),
                        "variables")
                .addStatement("lines.variables($S, variables)", header.wire())
                .addStatement("return this")
                .build();
    }

    private MethodSpec header(Header header) {
        return setter("addHeader")
                .addJavadoc("$L", "Adds a line to " + Prose.phrase(header) + ".\n")
                .addParameter(String.class, "name")
                .addParameter(String.class, "value")
                .addStatement("lines.addHeader(name, value)")
                .addStatement("return this")
                .build();
    }

    private MethodSpec change(Header header) {
        return setter("addChange")
                .addJavadoc("$L", "Adds one to " + Prose.phrase(header) + ".\n")
                .addParameter(CHANGE, "change")
                .addStatement("lines.addChange(change)")
                .addStatement("return this")
                .build();
    }

    private MethodSpec changes(Header header) {
        return setter("changes")
                .addJavadoc("$L", "Sets " + Prose.phrase(header) + ", instead of those before.\n")
                .addParameter(
                        ParameterizedTypeName.get(ClassName.get(List.class), CHANGE), "changes")
                .addStatement("lines.changes(changes)")
                .addStatement("return this")
                .build();
    }

    private MethodSpec.Builder setter(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).returns(builder);
    }

    TypeName type(Header header) {
        String type = header.type();
        return switch (Values.kind(type)) {
            case "int", "intSeconds" -> TypeName.INT;
            case "bool", "flag", "yesNo", "onOff", "oneZero" -> TypeName.BOOLEAN;
            case "seconds", "millis" -> ClassName.get(Duration.class);
            case "names" -> ParameterizedTypeName.get(List.class, String.class);
            case "hangupCause" -> HANGUP_CAUSE;
            case "enum" -> isForActions(type) ? enumClass(type) : ClassName.get(String.class);
            case "text" -> ClassName.get(String.class);
            default -> throw new IllegalArgumentException("no such type of a header: " + type);
        };
    }

    /** Returns the call that puts a value into the lines. */
    CodeBlock put(Header header) {
        String wire = header.wire();
        String name = header.java();
        return switch (Values.kind(header.type())) {
            case "yesNo", "onOff", "oneZero", "seconds", "millis", "names" ->
                    CodeBlock.of(".$L($S, $L)", header.type(), wire, name);
            case "hangupCause" -> CodeBlock.of(".put($S, $L.code())", wire, name);
            case "enum" ->
                    isForActions(header.type())
                            ? CodeBlock.of(".put($S, $L.word())", wire, name)
                            : CodeBlock.of(".put($S, $L)", wire, name);
            default -> CodeBlock.of(".put($S, $L)", wire, name);
        };
    }

    private boolean isForActions(String type) {
        return enumClass(type).packageName().endsWith(".action");
    }

    private ClassName enumClass(String type) {
        return surface.enumClass(Values.argument(type));
    }
}
