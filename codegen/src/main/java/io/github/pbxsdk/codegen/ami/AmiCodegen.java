package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import io.github.pbxsdk.codegen.SourceFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the typed AMI surface: its actions, events and enumerations. */
public final class AmiCodegen {

    private final SourceFolder output;

    private AmiCodegen(SourceFolder output) {
        this.output = output;
    }

    /**
     * Reads the data file given first and writes sources below the folder given second.
     *
     * @throws IOException if the one cannot be read or the other not be written
     */
    public static void main(String[] arguments) throws IOException {
        Surface surface = new Surface(Entry.read(Path.of(arguments[0])));
        SourceFolder output =
                new SourceFolder(
                        Path.of(arguments[1]),
                        "Generated from ami-surface.json; changes belong there.");
        new AmiCodegen(output).write(surface);
        output.deleteOthers();
    }

    private void write(Surface surface) {
        EventClasses events = new EventClasses(surface);
        surface.events().forEach(event -> write("event", events.event(event)));
        write("event", new EventLookup(surface).lookup());

        ActionClasses actions = new ActionClasses(surface);
        surface.actions().forEach(action -> write("action", actions.action(action)));
        surface.actions()
                .forEach(action -> actions.answer(action).ifPresent(type -> write("action", type)));

        EnumClasses enums = new EnumClasses(surface);
        surface.enums()
                .names()
                .forEach(name -> write(surface.enumClass(name), enums.enumeration(name)));
    }

    private void write(ClassName name, TypeSpec type) {
        write(name.packageName().substring(Surface.PACKAGE.length() + 1), type);
    }

    private void write(String folder, TypeSpec type) {
        output.write(Surface.PACKAGE + "." + folder, type);
    }
}
