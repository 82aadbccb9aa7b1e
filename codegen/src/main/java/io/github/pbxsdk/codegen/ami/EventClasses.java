package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import io.github.pbxsdk.codegen.JavaNames;
import javax.lang.model.element.Modifier;

/** Writes the classes of events. */
final class EventClasses {

    private static final String PACKAGE = Surface.PACKAGE + ".event";
    static final ClassName FIELDS = ClassName.get(Surface.PACKAGE, "AmiFields");

    private final Surface surface;
    private final Values values;

    EventClasses(Surface surface) {
        this.surface = surface;
        this.values = new Values(surface);
    }

    TypeSpec event(Entry event) {
        TypeSpec.Builder type =
                TypeSpec.recordBuilder(surface.eventClass(event))
                        .addJavadoc("$L", Prose.event(event))
                        .addModifiers(Modifier.PUBLIC)
                        .recordConstructor(overFields());
        families(type, event);
        event.entries("snapshots").forEach(snapshot -> type.addMethod(snapshot(snapshot)));
        surface.headers(event, "fields")
                .forEach(field -> type.addMethod(values.accessor(field, "fields")));
        return type.build();
    }

    private static MethodSpec overFields() {
        return MethodSpec.constructorBuilder()
                .addParameter(ParameterSpec.builder(FIELDS, "fields").build())
                .build();
    }

    private static void families(TypeSpec.Builder type, Entry event) {
        event.texts("families").stream()
                .map(family -> ClassName.get(PACKAGE, family + "Event"))
                .forEach(type::addSuperinterface);
        if (event.is("completes")) {
            type.addSuperinterface(ClassName.get(PACKAGE, "ListCompletionEvent"));
        }
    }

    private static MethodSpec snapshot(Entry snapshot) {
        boolean channel = snapshot.text("kind").equals("channel");
        String prefix = snapshot.text("prefix");
        String name = snapshot.find("java").orElseGet(() -> snapshotName(channel, prefix));
        TypeName type = ClassName.get(PACKAGE, channel ? "ChannelSnapshot" : "BridgeSnapshot");
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name)
                        .addJavadoc("$L", about(channel, prefix))
                        .addModifiers(Modifier.PUBLIC)
                        .returns(type);
        return prefix.isEmpty()
                ? method.addStatement("return $T.of(fields)", type).build()
                : method.addStatement("return $T.of(fields, $S)", type, prefix).build();
    }

    private static String snapshotName(boolean channel, String prefix) {
        if (prefix.isEmpty()) {
            return channel ? "channel" : "bridge";
        }
        return JavaNames.decapitalized(channel ? prefix : prefix + "Bridge");
    }

    private static String about(boolean channel, String prefix) {
        String what = channel ? "channel" : "bridge";
        return prefix.isEmpty()
                ? "Returns the " + what + ".\n"
                : "Returns the " + what + " whose lines begin with {@code " + prefix + "}.\n";
    }
}
