package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.ClassName;
import io.github.pbxsdk.codegen.Entry;
import io.github.pbxsdk.codegen.JavaNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The data file: what models, events and operations there are, and what they are in Java. */
final class Surface {

    static final String PACKAGE = "io.github.pbxsdk.ari";
    static final ClassName OBJECT = ClassName.get(PACKAGE, "AriObject");

    private final Entry data;
    private final Map<String, ClassName> modelClasses = new HashMap<>();
    private final Map<String, ClassName> enumClasses = new HashMap<>();

    Surface(Entry data) {
        this.data = data;
        models().forEach(model -> modelClasses.put(model.text("name"), modelClass(model)));
        enums().forEach(entry -> enumClasses.put(entry.text("name"), enumClass(entry)));
    }

    /** Returns the models that have a class of their own. */
    Stream<Entry> models() {
        return data.entries("models").stream().filter(model -> !model.is("byHand"));
    }

    Stream<Entry> events() {
        return data.entries("events").stream();
    }

    Stream<Entry> enums() {
        return data.entries("enums").stream();
    }

    /** Returns the operations whose methods are generated. */
    Stream<Operation> operations() {
        return data.entries("operations").stream()
                .filter(operation -> !operation.has("sameAs") && !operation.is("byHand"))
                .map(operation -> new Operation(this, operation));
    }

    Stream<String> groups() {
        return operations().map(Operation::group).distinct();
    }

    List<Field> fields(Entry owner) {
        return owner.entries("fields").stream().map(field -> new Field(this, field)).toList();
    }

    Entry model(String name) {
        return models().filter(model -> model.text("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no model " + name));
    }

    boolean isModel(String type) {
        return modelClasses.containsKey(type);
    }

    ClassName modelClass(Entry model) {
        return ClassName.get(PACKAGE + ".model", javaName(model));
    }

    ClassName modelClass(String name) {
        return known(modelClasses, name);
    }

    ClassName eventClass(Entry event) {
        return ClassName.get(PACKAGE + ".event", javaName(event) + "Event");
    }

    ClassName enumClass(Entry data) {
        return ClassName.get(PACKAGE + "." + data.text("package"), data.text("name"));
    }

    ClassName enumClass(String name) {
        return known(enumClasses, name);
    }

    ClassName groupClass(String group) {
        return ClassName.get(
                PACKAGE, group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1));
    }

    private static ClassName known(Map<String, ClassName> classes, String name) {
        ClassName found = classes.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the data file has no type " + name);
        }
        return found;
    }

    private static String javaName(Entry entry) {
        return entry.find("java").orElseGet(() -> JavaNames.type(entry.text("name")));
    }
}
