package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.lang.model.element.Modifier;

/** Writes the accessors that read values of a type. */
final class Values {

    private static final ClassName FIELD_VALUES =
            ClassName.get(Surface.PACKAGE + ".internal", "FieldValues");
    private static final ClassName HANGUP_CAUSE =
            ClassName.get(Surface.PACKAGE + ".event", "HangupCause");
    private static final ClassName RTCP_REPORT =
            ClassName.get(Surface.PACKAGE + ".event", "RtcpReport");

    private final Surface surface;

    Values(Surface surface) {
        this.surface = surface;
    }

    /**
     * Returns the accessor of a field.
     *
     * @param fields how the accessor gets at the lines
     */
    MethodSpec accessor(Header field, String fields) {
        return MethodSpec.methodBuilder(field.java())
                .addJavadoc("$L", Prose.accessor(field))
                .addModifiers(Modifier.PUBLIC)
                .returns(type(field))
                .addStatement("return $L", reading(field, fields))
                .build();
    }

    private TypeName type(Header field) {
        String type = field.type();
        return switch (kind(type)) {
            case "text" -> ClassName.get(String.class);
            case "int" -> ClassName.get(OptionalInt.class);
            case "long" -> ClassName.get(OptionalLong.class);
            case "decimal" -> ClassName.get(OptionalDouble.class);
            case "flag" -> TypeName.BOOLEAN;
            case "seconds", "millis", "micros", "decimalSeconds", "clock" ->
                    ParameterizedTypeName.get(Optional.class, Duration.class);
            case "epoch", "iso" -> ParameterizedTypeName.get(Optional.class, Instant.class);
            case "list" -> ParameterizedTypeName.get(List.class, String.class);
            case "variables" -> ParameterizedTypeName.get(Map.class, String.class, String.class);
            case "reports" -> ParameterizedTypeName.get(ClassName.get(List.class), RTCP_REPORT);
            case "hangupCause" -> HANGUP_CAUSE;
            case "enum" -> surface.enumClass(argument(type));
            default -> throw new IllegalArgumentException("no such type of a field: " + type);
        };
    }

    private CodeBlock reading(Header field, String fields) {
        String type = field.type();
        String wire = field.wire();
        return switch (kind(type)) {
            case "text" -> CodeBlock.of("$L.text($S)", fields, wire);
            case "list" -> CodeBlock.of("$L.all($S)", fields, wire);
            case "reports" -> CodeBlock.of("$T.in($L)", RTCP_REPORT, fields);
            case "hangupCause" -> CodeBlock.of("$T.of($L.text($S))", HANGUP_CAUSE, fields, wire);
            case "enum" ->
                    CodeBlock.of(
                            "$T.of($L.text($S))", surface.enumClass(argument(type)), fields, wire);
            case "flag" ->
                    argument(type).isEmpty()
                            ? read("flag", fields, wire)
                            : CodeBlock.of("$L.is($S, $S)", fields, wire, argument(type));
            default -> read(kind(type), fields, wire);
        };
    }

    private static CodeBlock read(String how, String fields, String wire) {
        return CodeBlock.of("$T.$L($L, $S)", FIELD_VALUES, method(how), fields, wire);
    }

    private static String method(String kind) {
        return switch (kind) {
            case "int" -> "integer";
            case "long" -> "number";
            case "epoch" -> "instant";
            case "iso" -> "isoInstant";
            default -> kind;
        };
    }

    static String kind(String type) {
        int colon = type.indexOf(':');
        return colon < 0 ? type : type.substring(0, colon);
    }

    static String argument(String type) {
        return type.substring(Math.min(kind(type).length() + 1, type.length()));
    }
}
