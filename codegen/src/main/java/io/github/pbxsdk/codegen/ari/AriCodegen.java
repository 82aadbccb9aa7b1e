package io.github.pbxsdk.codegen.ari;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import io.github.pbxsdk.codegen.Entry;
import io.github.pbxsdk.codegen.SourceFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the typed ARI surface: its models, events, operations and enumerations. */
public final class AriCodegen {

    private final SourceFolder output;

    private AriCodegen(SourceFolder output) {
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
                        "Generated from ari-surface.json; changes belong there.");
        new AriCodegen(output).write(surface);
        output.deleteOthers();
    }

    private void write(Surface surface) {
        ModelClasses models = new ModelClasses(surface);
        surface.models().forEach(model -> write(surface.modelClass(model), models.model(model)));
        surface.events().forEach(event -> write(surface.eventClass(event), models.event(event)));
        write(EventLookup.NAME, new EventLookup(surface).lookup());
        write(WireNames.NAME, new WireNames(surface).type());

        EnumClasses enums = new EnumClasses(surface);
        surface.enums().forEach(data -> write(surface.enumClass(data), enums.enumeration(data)));

        RequestClasses requests = new RequestClasses(surface);
        surface.operations()
                .filter(Operation::hasRequest)
                .forEach(operation -> write(operation.request(), requests.request(operation)));

        GroupClasses groups = new GroupClasses(surface);
        surface.groups().forEach(group -> write(surface.groupClass(group), groups.group(group)));
    }

    private void write(ClassName name, TypeSpec type) {
        output.write(name.packageName(), type);
    }
}
