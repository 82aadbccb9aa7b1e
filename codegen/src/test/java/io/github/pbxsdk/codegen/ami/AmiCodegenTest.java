package io.github.pbxsdk.codegen.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmiCodegenTest {

    private static final String PING =
            """
            {"name":"Ping","about":"Asks.","access":"READ","privilege":[],"branches":["16","23"],
             "params":[]}\
            """;

    @TempDir Path folder;

    private void generate(String words, String actions, String events) throws IOException {
        Path data = folder.resolve("data.json");
        Files.writeString(
                data,
                """
                {"words":%s,"enums":{},"actions":[%s],"events":[%s]}\
                """
                        .formatted(words, actions, events));
        AmiCodegen.main(new String[] {data.toString(), folder.toString()});
    }

    private String source(String name) throws IOException {
        return Files.readString(folder.resolve("io/github/pbxsdk/ami").resolve(name + ".java"));
    }

    private static String event(String name, String more) {
        return """
        {"name":"%s","about":"Something.","families":["System"],"branches":["18","20"],
         "classes":["system"],"snapshots":[],"fields":[%s]}\
        """
                .formatted(name, more);
    }

    @Test
    void aNewEventIsAChangeOfData() throws IOException {
        generate("{}", PING, event("Brand-New", "{\"name\":\"Count\",\"type\":\"int\"}"));

        assertThat(source("event/BrandNewEvent"))
                .contains("record BrandNewEvent(AmiFields fields) implements SystemEvent")
                .contains("Since Asterisk 18. Not in 16.25. Gone in 22.")
                .contains("Needs read permission for {@code system}.")
                .contains("public OptionalInt count()");
        assertThat(source("event/EventLookup"))
                .contains("case \"Brand-New\" -> new BrandNewEvent(fields);");
    }

    @Test
    void aNewActionIsAChangeOfData() throws IOException {
        generate("{}", PING, "");

        assertThat(source("action/PingAction"))
                .contains("class PingAction implements AmiAction<AmiResponse>")
                .contains("In Asterisk 16 to 23. Any user may run it.")
                .contains("public static PingAction create()")
                .contains("return Operation.Access.READ;");
    }

    @Test
    void wordsOfANameCountWhereverItOccurs() throws IOException {
        generate(
                "{\"Exten\":{\"java\":\"extension\",\"about\":\"extension\"}}",
                PING,
                event("A", "{\"name\":\"Exten\"}")
                        + ","
                        + event("B", "{\"name\":\"Exten\",\"about\":\"why not\"}"));

        assertThat(source("event/AEvent"))
                .contains("Returns the extension.")
                .contains("public String extension()");
        assertThat(source("event/BEvent")).contains("Returns why not.");
    }

    @Test
    void leavesAloneWhatIsTheSameAndDeletesWhatIsGone() throws IOException {
        generate("{}", PING, event("A", "") + "," + event("B", ""));
        FileTime old = FileTime.fromMillis(1_000);
        Path kept = folder.resolve("io/github/pbxsdk/ami/event/AEvent.java");
        Files.setLastModifiedTime(kept, old);

        generate("{}", PING, event("A", ""));

        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(old);
        assertThat(kept.resolveSibling("BEvent.java")).doesNotExist();
    }

    @Test
    void namesThatDifferOnlyByCaseAreRefused() {
        assertThatThrownBy(
                        () ->
                                generate(
                                        "{}",
                                        PING,
                                        event("NewExten", "") + "," + event("Newexten", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two classes would be called NewextenEvent: give one a name");
    }

    @Test
    void aListWithAnEventThatIsNotThereIsRefused() {
        String list = PING.replace("\"params\":[]", "\"params\":[],\"list\":{\"items\":[\"X\"]}");

        assertThatThrownBy(() -> generate("{}", list, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a list has an event that isn't there: X");
    }

    @Test
    void anUnknownTypeIsRefused() {
        String event = event("A", "{\"name\":\"B\",\"type\":\"parsec\"}");

        assertThatThrownBy(() -> generate("{}", PING, event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such type of a field: parsec");
    }
}
