package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.github.pbxsdk.codegen.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A member of a model or event: its type in Java, and how it is read. */
final class Field {

    private final Surface surface;
    private final Entry data;

    Field(Surface surface, Entry data) {
        this.surface = surface;
        this.data = data;
    }

    String wire() {
        return data.text("name");
    }

    String java() {
        return data.find("java").orElse(wire());
    }

    String type() {
        return data.text("type");
    }

    Entry data() {
        return data;
    }

    Optional<ClassName> enumeration() {
        return data.find("enum").map(surface::enumClass);
    }

    /** Tells whether every server that is documented to send it really has it. */
    private boolean isAlwaysThere() {
        return data.is("required") && !data.has("since");
    }

    TypeName javaType() {
        String type = type();
        if (isList(type)) {
            return ParameterizedTypeName.get(ClassName.get(List.class), element());
        }
        if (surface.isModel(type)) {
            return isAlwaysThere() ? surface.modelClass(type) : optional(surface.modelClass(type));
        }
        return switch (type) {
            case "string" ->
                    isAlwaysThere()
                            ? ClassName.get(String.class)
                            : optional(ClassName.get(String.class));
            case "boolean" -> TypeName.BOOLEAN;
            case "int", "long" -> ClassName.get(OptionalLong.class);
            case "double" -> ClassName.get(OptionalDouble.class);
            case "Date" -> optional(ClassName.get(Instant.class));
            case "object" -> Surface.OBJECT;
            default -> throw new IllegalArgumentException("no such type of a field: " + type);
        };
    }

    CodeBlock reading() {
        String type = type();
        if (isList(type)) {
            return readingList();
        }
        if (surface.isModel(type)) {
            return isAlwaysThere()
                    ? CodeBlock.of("$T.of(raw.object($S))", surface.modelClass(type), wire())
                    : CodeBlock.of(
                            "raw.findObject($S).map($T::of)", wire(), surface.modelClass(type));
        }
        return CodeBlock.of("raw.$L($S)", reader(type), wire());
    }

    private String reader(String type) {
        return switch (type) {
            case "string" -> isAlwaysThere() ? "text" : "find";
            case "boolean" -> "is";
            case "int", "long" -> "number";
            case "double" -> "decimal";
            case "Date" -> "instant";
            case "object" -> "object";
            default -> throw new IllegalArgumentException("no such type of a field: " + type);
        };
    }

    private CodeBlock readingList() {
        String element = elementName();
        if (element.equals("string")) {
            return CodeBlock.of("raw.texts($S)", wire());
        }
        return element.equals("object")
                ? CodeBlock.of("raw.objects($S)", wire())
                : CodeBlock.of(
                        "raw.objects($S).stream().map($T::of).toList()",
                        wire(),
                        surface.modelClass(element));
    }

    private TypeName element() {
        return switch (elementName()) {
            case "string" -> ClassName.get(String.class);
            case "object" -> Surface.OBJECT;
            default -> surface.modelClass(elementName());
        };
    }

    private String elementName() {
        return type().substring(5, type().length() - 1);
    }

    private static boolean isList(String type) {
        return type.startsWith("List[");
    }

    private static TypeName optional(ClassName type) {
        return ParameterizedTypeName.get(ClassName.get(Optional.class), type);
    }
}
