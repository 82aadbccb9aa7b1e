package io.github.pbxsdk.freepbx;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls through a real FreePBX 16: what it wrote of them, against what really happened. */
class RecordedCallsTest {

    private static final Path CALLS = Path.of("..", "recorded", "freepbx16", "calls");

    private static final PbxClock UTC = new PbxClock(ZoneOffset.UTC);

    /** From and to, in which direction, how it ended and by which application, how long. */
    private static final Map<String, List<String>> RECORDS =
            Map.ofEntries(
                    entry(
                            "01-internal-recorded",
                            List.of("1001>1002 INTERNAL ANSWERED Dial PT4S recorded")),
                    entry(
                            "01b-internal-recorded-all-on",
                            List.of("1001>1002 INTERNAL ANSWERED Dial PT3S recorded")),
                    entry(
                            "02-did-ivr-extension",
                            List.of("15559990001>1001 INBOUND ANSWERED Dial PT10S")),
                    entry(
                            "04-ring-group",
                            List.of(
                                    "2000>602 INTERNAL NO_ANSWER Dial PT0S recorded",
                                    "2000>602 INTERNAL ANSWERED Dial PT3S recorded")),
                    entry(
                            "06-blind-transfer",
                            List.of(
                                    "15559990001>1002 INBOUND ANSWERED Dial PT2S recorded",
                                    "15559990001>1001 INBOUND ANSWERED Dial PT5S recorded")),
                    entry(
                            "07-unregistered-voicemail",
                            List.of("1001>1002 INTERNAL ANSWERED VoiceMail PT15S")),
                    entry(
                            "08-click-to-call",
                            List.of(
                                    "1001>1002 INTERNAL ANSWERED Dial PT5S recorded",
                                    "1002>1001 INTERNAL ANSWERED Dial PT5S")),
                    entry(
                            "08b-click-to-call-direct",
                            List.of("1001>1002 INTERNAL ANSWERED Dial PT5S recorded")),
                    entry(
                            "08c-click-to-call-voicemail-trap",
                            List.of(
                                    "1001>1002 INTERNAL ANSWERED Dial PT5S recorded",
                                    "1001>1001 INTERNAL ANSWERED VoiceMail PT5S")));

    static Stream<String> calls() {
        return RECORDS.keySet().stream().sorted();
    }

    private static Object json(String call, String file) throws IOException {
        return Objects.requireNonNull(
                Json.parse(Files.readString(CALLS.resolve(call).resolve(file))));
    }

    private static List<RawFields> rows(String call, String file) throws IOException {
        return FreePbxObject.objectsOf(json(call, file)).stream()
                .map(RecordedCallsTest::fields)
                .toList();
    }

    private static RawFields fields(FreePbxObject row) {
        RawFields.Builder fields = RawFields.builder();
        row.names().forEach(name -> fields.add(name, row.text(name)));
        return fields.build();
    }

    private static List<CallRecord> records(String call) throws IOException {
        return rows(call, "cdr.json").stream()
                .map(row -> CallRows.record(row, UTC).orElseThrow())
                .toList();
    }

    private static String words(CallRecord record) {
        return record.source().orElse("")
                + (">" + record.destination().orElse(""))
                + (" " + record.direction())
                + (" " + record.disposition())
                + (" " + record.lastApplication().orElse(""))
                + (" " + record.billableDuration())
                + (record.recordingFile().isPresent() ? " recorded" : "");
    }

    @Test
    void everyRecordedCallIsUsed() throws IOException {
        TreeSet<String> folders = new TreeSet<>();
        try (Stream<Path> all = Files.list(CALLS)) {
            all.filter(Files::isDirectory)
                    .forEach(folder -> folders.add(folder.getFileName().toString()));
        }
        assertThat(RECORDS.keySet()).containsExactlyInAnyOrderElementsOf(folders);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void recordsSayWhatHappened(String call) throws IOException {
        assertThat(records(call)).extracting(RecordedCallsTest::words).isEqualTo(RECORDS.get(call));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void recordsNameTheFilesThatWereThere(String call) throws IOException {
        FreePbxObject story = (FreePbxObject) json(call, "story.json");
        List<String> records = Objects.requireNonNull(RECORDS.get(call));

        assertThat(records(call).stream().map(CallRecord::recordingFile).flatMap(Optional::stream))
                .containsAll(
                        story.objects("recordings").stream().map(one -> one.text("name")).toList())
                .hasSize(
                        Math.toIntExact(
                                records.stream()
                                        .filter(words -> words.endsWith(" recorded"))
                                        .count()));
        assertThat(records(call))
                .allSatisfy(
                        record ->
                                assertThat(story.texts("linkedids"))
                                        .contains(record.linkedid().orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void eventsTellOfEveryChannelFromItsStartToItsEnd(String call) throws IOException {
        FreePbxObject story = (FreePbxObject) json(call, "story.json");
        List<String> channels =
                story.objects("channels").stream().map(one -> one.text("uniqueid")).toList();

        List<CallEvent> events =
                rows(call, "cel.json").stream().map(row -> CallEvent.of(row, UTC)).toList();

        assertThat(events).extracting(CallEvent::id).isSorted();
        assertThat(events).extracting(event -> event.time().orElseThrow()).isSorted();
        assertThat(of("CHAN_START", events)).containsExactlyInAnyOrderElementsOf(channels);
        assertThat(of("CHAN_END", events)).containsExactlyInAnyOrderElementsOf(channels);
        assertThat(events.get(events.size() - 1).type()).isEqualTo("LINKEDID_END");
        assertThat(events).extracting(CallEvent::linkedid).containsOnly(channels.get(0));
    }

    private static List<String> of(String type, List<CallEvent> events) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .map(CallEvent::uniqueid)
                .toList();
    }

    @Test
    void theApiGivesTheSameRecordsAsTheDatabase() throws IOException {
        Map<String, String> inDatabase = new LinkedHashMap<>();
        try (FakeFreePbx fake = new FakeFreePbx();
                FreePbxClient pbx = TestClients.client(fake)) {
            fake.setting("PHPTIMEZONE", "UTC");
            for (String call : calls().toList()) {
                rows(call, "cdr.json").forEach(row -> fake.addCallRecord(columns(row)));
                records(call).forEach(one -> inDatabase.put(key(one), words(one)));
            }

            List<CallRecord> overApi =
                    pbx.callRecords()
                            .list(
                                    CallRecordQuery.between(
                                                    Instant.parse("2026-11-20T00:00:00Z"),
                                                    Instant.parse("2026-11-22T00:00:00Z"))
                                            .build());

            assertThat(overApi).hasSameSizeAs(inDatabase.keySet());
            assertThat(overApi)
                    .allSatisfy(one -> assertThat(words(one)).isEqualTo(inDatabase.get(key(one))));
            assertThat(overApi).extracting(one -> one.start().orElseThrow()).isSorted();
        }
    }

    private static Map<String, String> columns(RawFields row) {
        Map<String, String> columns = new LinkedHashMap<>();
        row.list().forEach(field -> columns.put(field.name(), field.value()));
        return columns;
    }

    private static String key(CallRecord record) {
        return record.uniqueid() + " " + record.sequence().orElseThrow();
    }
}
