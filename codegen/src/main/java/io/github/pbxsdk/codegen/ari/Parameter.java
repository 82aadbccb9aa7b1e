package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.github.pbxsdk.codegen.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parameter of an operation: its type in Java, and how it is written. */
final class Parameter {

    static final ClassName CALL = ClassName.get(Surface.PACKAGE, "AriCall");

    private final Surface surface;
    private final Entry data;

    Parameter(Surface surface, Entry data) {
        this.surface = surface;
        this.data = data;
    }

    Entry data() {
        return data;
    }

    String wire() {
        return data.text("name");
    }

    String java() {
        return data.find("java").orElse(wire());
    }

    boolean isRequired() {
        return data.is("required");
    }

    boolean isInPath() {
        return data.text("in").equals("path");
    }

    boolean isMany() {
        return data.is("multiple");
    }

    boolean isMap() {
        return data.text("type").equals("containers");
    }

    boolean isGuard() {
        return data.is("guards");
    }

    /** Tells whether it is the whole body. */
    boolean isContent() {
        return data.text("in").equals("body") && data.text("type").equals("object");
    }

    Optional<String> since() {
        return data.has("since")
                ? Optional.of(new Since(data.entry("since")).releases())
                : Optional.empty();
    }

    Optional<String> preset() {
        return data.find("default")
                .map(value -> "{@code " + value.replace(".0", "") + unit() + "}");
    }

    private String unit() {
        return data.find("unit").map(unit -> " " + unit).orElse("");
    }

    /** Returns the type of its value; where it may be left out, that can be null. */
    TypeName type() {
        if (isMany()) {
            return ParameterizedTypeName.get(ClassName.get(List.class), single());
        }
        return isMap()
                ? ParameterizedTypeName.get(Map.class, String.class, String.class)
                : single();
    }

    TypeName single() {
        if (data.has("enum")) {
            return surface.enumClass(data.text("enum"));
        }
        if (data.has("unit")) {
            return ClassName.get(Duration.class);
        }
        return switch (data.text("type")) {
            case "string" -> ClassName.get(String.class);
            case "int" -> TypeName.INT;
            case "long" -> TypeName.LONG;
            case "boolean" -> TypeName.BOOLEAN;
            case "object" -> Surface.OBJECT;
            default ->
                    throw new IllegalArgumentException(
                            "no such type of a parameter: " + data.text("type"));
        };
    }

    /** Tells whether it is left out by being empty rather than null. */
    boolean isCollection() {
        return isMany() || isMap();
    }

    /** Returns how a value is written, which may be null unless it is required. */
    CodeBlock written(CodeBlock value) {
        if (isMap()) {
            return wire().equals("fields")
                    ? CodeBlock.of("$T.attributes($L)", CALL, value)
                    : CodeBlock.of("$T.variables($L)", CALL, value);
        }
        if (data.has("unit")) {
            String helper = data.text("unit").equals("ms") ? "millis" : "seconds";
            return CodeBlock.of("$T.$L($L)", CALL, helper, value);
        }
        if (data.is("recording") && !isInPath()) {
            return CodeBlock.of("$T.recordingName($S, $L)", CALL, java(), value);
        }
        return data.has("enum") ? writtenWord(value) : value;
    }

    private CodeBlock writtenWord(CodeBlock value) {
        if (isMany()) {
            return CodeBlock.of("$L.stream().map($T::word).toList()", value, single());
        }
        if (isRequired()) {
            return CodeBlock.of("$L.word()", value);
        }
        String otherwise = data.find("always").map(word -> "\"" + word + "\"").orElse("null");
        return CodeBlock.of("$L == null ? $L : $L.word()", value, otherwise, value);
    }

    /** Returns how the value of a request is written, whose accessors give an {@code Optional}. */
    CodeBlock writtenFromRequest() {
        CodeBlock accessor = CodeBlock.of("request.$L()", java());
        if (isRequired() || isCollection()) {
            return written(accessor);
        }
        return data.has("enum")
                ? CodeBlock.of("$L.map($T::word).orElse(null)", accessor, single())
                : written(CodeBlock.of("$L.orElse(null)", accessor));
    }
}
