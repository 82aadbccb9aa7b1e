package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * Writes the classes of models and events: an object of the server with an accessor for each
 * member.
 */
final class ModelClasses {

    private static final ClassName NULLABLE = ClassName.get("org.jspecify.annotations", "Nullable");
    private static final String EVENTS = Surface.PACKAGE + ".event";

    /** The member by which an event belongs to a family, with that family. */
    private static final Map<String, String> FAMILIES =
            Map.of(
                    "playback", "PlaybackEvent",
                    "recording", "RecordingEvent",
                    "endpoint", "EndpointEvent",
                    "device_state", "DeviceEvent",
                    "message", "TextEvent");

    private final Surface surface;

    ModelClasses(Surface surface) {
        this.surface = surface;
    }

    TypeSpec model(Entry model) {
        ClassName self = surface.modelClass(model);
        TypeSpec.Builder type = type(self, model);
        type.addMethod(
                method("fromJson")
                        .addJavadoc(
                                "Returns what a JSON text holds.\n\n"
                                        + "@throws $T if it is not a JSON object\n",
                                ClassName.get("io.github.pbxsdk.core", "PbxProtocolException"))
                        .addModifiers(Modifier.STATIC)
                        .returns(self)
                        .addParameter(String.class, "json")
                        .addStatement("return new $T($T.parse(json))", self, Surface.OBJECT)
                        .build());
        return type.build();
    }

    TypeSpec event(Entry event) {
        TypeSpec.Builder type = type(surface.eventClass(event), event);
        List<ClassName> families = families(event);
        families.forEach(type::addSuperinterface);
        if (families.contains(family("ChannelEvent"))) {
            type.addMethod(all("channels", "Channel", event));
        }
        if (families.contains(family("BridgeEvent"))) {
            type.addMethod(all("bridges", "Bridge", event));
        }
        return type.build();
    }

    private TypeSpec.Builder type(ClassName self, Entry data) {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(self)
                        .addJavadoc("$L", Prose.type(data))
                        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                        .addField(Surface.OBJECT, "raw", Modifier.PRIVATE, Modifier.FINAL)
                        .addMethod(constructor())
                        .addMethod(of(self));
        surface.fields(data).forEach(field -> accessors(type, field));
        boolean event = self.packageName().equals(EVENTS);
        return type.addMethod(raw(event))
                .addMethod(equalsMethod(self))
                .addMethod(hashCodeMethod())
                .addMethod(toStringMethod(self, data));
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Surface.OBJECT, "raw")
                .addStatement("this.raw = raw")
                .build();
    }

    private static MethodSpec of(ClassName self) {
        return method("of")
                .addJavadoc("Returns what an object of the server says.\n")
                .addModifiers(Modifier.STATIC)
                .returns(self)
                .addParameter(Surface.OBJECT, "raw")
                .addStatement("return new $T(raw)", self)
                .build();
    }

    private static void accessors(TypeSpec.Builder type, Field field) {
        Optional<ClassName> enumeration = field.enumeration();
        if (enumeration.isEmpty()) {
            type.addMethod(accessor(field, field.java()));
            return;
        }
        type.addMethod(
                method(field.java())
                        .addJavadoc("$L", Prose.accessor(field))
                        .returns(enumeration.get())
                        .addStatement("return $T.of(raw.text($S))", enumeration.get(), field.wire())
                        .build());
        type.addMethod(
                method(field.java() + "Text")
                        .addJavadoc(
                                "Returns the word of {@link #$L()} as the server wrote it.\n",
                                field.java())
                        .returns(String.class)
                        .addStatement("return raw.text($S)", field.wire())
                        .build());
    }

    private static MethodSpec accessor(Field field, String name) {
        return method(name)
                .addJavadoc("$L", Prose.accessor(field))
                .returns(field.javaType())
                .addStatement("return $L", field.reading())
                .build();
    }

    private static MethodSpec raw(boolean event) {
        MethodSpec.Builder method = method("raw").returns(Surface.OBJECT);
        if (event) {
            method.addAnnotation(Override.class);
        } else {
            method.addJavadoc("Returns everything the server sent.\n");
        }
        return method.addStatement("return raw").build();
    }

    private static MethodSpec equalsMethod(ClassName self) {
        return method("equals")
                .addAnnotation(Override.class)
                .returns(boolean.class)
                .addParameter(ClassName.get(Object.class).annotated(nullable()), "other")
                .addStatement("return other instanceof $T that && raw.equals(that.raw)", self)
                .build();
    }

    private static AnnotationSpec nullable() {
        return AnnotationSpec.builder(NULLABLE).build();
    }

    private static MethodSpec hashCodeMethod() {
        return method("hashCode")
                .addAnnotation(Override.class)
                .returns(int.class)
                .addStatement("return raw.hashCode()")
                .build();
    }

    private static MethodSpec toStringMethod(ClassName self, Entry data) {
        MethodSpec.Builder method =
                method("toString").addAnnotation(Override.class).returns(String.class);
        return Stream.of("id", "name")
                .filter(
                        key ->
                                data.entries("fields").stream()
                                        .anyMatch(f -> f.text("name").equals(key)))
                .findFirst()
                .map(
                        key ->
                                method.addStatement(
                                        "return $S + raw.text($S) + $S",
                                        self.simpleName() + "[",
                                        key,
                                        "]"))
                .orElseGet(() -> method.addStatement("return $S + raw", self.simpleName()))
                .build();
    }

    private List<ClassName> families(Entry event) {
        List<ClassName> families = new ArrayList<>();
        if (!all("Channel", event).isEmpty()) {
            families.add(family("ChannelEvent"));
        }
        if (!all("Bridge", event).isEmpty()) {
            families.add(family("BridgeEvent"));
        }
        surface.fields(event).stream()
                .map(field -> FAMILIES.getOrDefault(field.wire(), ""))
                .filter(name -> !name.isEmpty())
                .forEach(name -> families.add(family(name)));
        if (event.text("name").startsWith("Application") || families.isEmpty()) {
            families.add(family("ApplicationEvent"));
        }
        return families;
    }

    private static ClassName family(String name) {
        return ClassName.get(EVENTS, name);
    }

    private MethodSpec all(String name, String model, Entry event) {
        CodeBlock paths =
                all(model, event).stream()
                        .map(path -> CodeBlock.of("$S", path))
                        .collect(CodeBlock.joining(", "));
        return method(name)
                .addAnnotation(Override.class)
                .returns(
                        ParameterizedTypeName.get(
                                ClassName.get(List.class), surface.modelClass(model)))
                .addStatement(
                        "return raw.objectsAt($L).stream().map($T::of).toList()",
                        paths,
                        surface.modelClass(model))
                .build();
    }

    /**
     * Returns where in an event there are objects of a model: {@code channel}, {@code
     * refer_to.bridge}.
     */
    private List<String> all(String model, Entry event) {
        return surface.fields(event).stream()
                .flatMap(
                        field ->
                                field.type().equals(model)
                                        ? Stream.of(field.wire())
                                        : inside(field, model))
                .toList();
    }

    private Stream<String> inside(Field field, String model) {
        return surface.isModel(field.type())
                ? surface.fields(surface.model(field.type())).stream()
                        .filter(inner -> inner.type().equals(model))
                        .map(inner -> field.wire() + "." + inner.wire())
                : Stream.empty();
    }

    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC);
    }
}
