package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSink;
import io.github.pbxsdk.core.recording.StartOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSinkTest {

    private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");
    private static final byte[] SOUND = Wav.of(100, 1);

    @TempDir private Path folder;

    private static CallRecording recording(String name) {
        return CallRecording.builder("pbx-7", name)
                .format("wav")
                .from(Address.phone("+61491570156"))
                .start(START, StartOrigin.CALL_RECORD)
                .build();
    }

    private static CallRecording whole(CallRecording recording) {
        return recording.toBuilder()
                .size(SOUND.length)
                .sha256(HexFormat.of().formatHex(RecordingFiles.digest().digest(SOUND)))
                .build();
    }

    private static void deliver(RecordingSink sink, CallRecording recording) throws Exception {
        try (RecordingSink.Delivery delivery = sink.begin(recording)) {
            delivery.stream().write(SOUND);
            delivery.commit(whole(recording));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesTheFileAndWhatIsKnownOfIt() throws Exception {
        FolderSink sink = FolderSink.of(folder);

        deliver(sink, recording("q-1"));

        assertThat(files()).containsExactly("2026/11/21/q-1.wav", "2026/11/21/q-1.wav.json");
        assertThat(sink.file(recording("q-1")).orElseThrow()).hasBinaryContent(SOUND);
        assertThat(sink.find(recording("q-1"))).contains(whole(recording("q-1")));
        assertThat(sink.stream()).containsExactly(whole(recording("q-1")));
    }

    @Test
    void nothingShowsBeforeItIsWholeAndNothingStaysOfWhatIsNot() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        try (RecordingSink.Delivery delivery = sink.begin(recording("q-1"))) {
            delivery.stream().write(SOUND, 0, 50);
            assertThat(files()).containsExactly("2026/11/21/.q-1.wav.part");
            assertThat(sink.contains(recording("q-1"))).isFalse();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void otherBytesThanWereSaidAreRefused() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        try (RecordingSink.Delivery delivery = sink.begin(recording("q-1"))) {
            delivery.stream().write(SOUND, 0, 50);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> delivery.commit(whole(recording("q-1"))))
                    .withMessageEndingWith("is not what was said");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void theDayIsThatOfTheNameWhateverTheStart() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        CallRecording recording = recording("in-1-2-20260405-023000-1775320200.1");

        assertThat(sink.contains(recording)).isFalse();
        deliver(sink, recording);

        assertThat(files().get(0)).startsWith("2026/04/05/in-1-2-");
        CallRecording later =
                recording.toBuilder().start(START.plusSeconds(1), StartOrigin.FINISH_EVENT).build();
        assertThat(sink.contains(later)).isTrue();
    }

    @Test
    void aStartBecomesADayInTheZoneOfThePbx() throws Exception {
        FolderSink sink = FolderSink.builder(folder).zone(ZoneId.of("Pacific/Auckland")).build();
        CallRecording late =
                CallRecording.builder("pbx-7", "late")
                        .format("wav")
                        .start(Instant.parse("2026-11-21T12:00:00Z"), StartOrigin.CALL_RECORD)
                        .build();

        deliver(sink, late);

        assertThat(files().get(0)).isEqualTo("2026/11/22/late.wav");
    }

    @Test
    void namesCanNotLeaveTheFolderOrTouchEachOther() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        List<String> names =
                List.of(
                        "../../etc/x",
                        "..",
                        "a/b",
                        "a%2Fb",
                        "in-$(id)-;rm",
                        "a b",
                        "n".repeat(600),
                        "n".repeat(601),
                        ".hidden");

        for (String name : names) {
            deliver(sink, recording(name));
        }

        try (Stream<CallRecording> all = sink.stream()) {
            assertThat(all.map(CallRecording::name)).containsExactlyInAnyOrderElementsOf(names);
        }
        assertThat(files())
                .hasSize(2 * names.size())
                .allMatch(file -> file.matches("2026/11/21/[A-Za-z0-9%._+-]+"));
    }

    @Test
    void aFolderOfAnotherPbxIsRefused() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        deliver(sink, recording("q-1"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () ->
                                sink.contains(
                                        CallRecording.builder("pbx-8", "q-1")
                                                .format("wav")
                                                .start(START, StartOrigin.CALL_RECORD)
                                                .build()))
                .withMessageEndingWith(
                        "is taken by another one, of pbx-7: give each PBX a folder of its own");
    }

    @Test
    void aPlaceThatIsTakenIsNotOverwritten() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        deliver(sink, recording("q-1"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> deliver(sink, recording("2026/11/21/q-1")))
                .withMessageContaining("is taken by another one");
        assertThat(sink.find(recording("q-1"))).contains(whole(recording("q-1")));
    }

    @Test
    void erasesWhatIsWantedAndHoldsWhatIsHeld() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        deliver(sink, recording("q-1"));
        deliver(sink, recording("q-2"));
        deliver(sink, recording("q-3"));
        sink.hold(recording("q-2"), "case 4711");

        EraseReport report = sink.erase(one -> !one.name().equals("q-3"));

        assertThat(report.words()).isEqualTo("1 recordings erased, 1 held, 0 could not be deleted");
        assertThat(report.held()).containsExactly(whole(recording("q-2")));
        assertThat(sink.held(recording("q-2"))).contains("case 4711");
        assertThat(sink.stream().map(CallRecording::name)).containsExactly("q-2", "q-3");

        sink.release(recording("q-2"));
        assertThat(sink.erase(one -> true).erased()).hasSize(2);
        assertThat(files()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> sink.hold(recording("q-1"), "gone"));
    }

    @Test
    void erasesWhatACrashLeftBesideTheDescription() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        deliver(sink, recording("q-1"));
        Files.delete(sink.file(recording("q-1")).orElseThrow());
        assertThat(sink.stream()).isEmpty();

        assertThat(
                        sink.erase(
                                        one ->
                                                one.from()
                                                        .equals(
                                                                Optional.of(
                                                                        Address.phone(
                                                                                "+61491570156"))))
                                .erased())
                .hasSize(1);

        assertThat(files()).isEmpty();
    }

    @Test
    void retentionErasesWhatBeganBefore() throws Exception {
        FolderSink sink = FolderSink.builder(folder).retention(Duration.ofDays(30)).build();
        deliver(sink, recording("q-1"));

        assertThat(sink.applyRetention(START.plus(Duration.ofDays(30))).erased()).isEmpty();
        assertThat(sink.applyRetention(START.plus(Duration.ofDays(30)).plusSeconds(1)).erased())
                .hasSize(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void aDescriptionOfANewerVersionIsRefusedWithASentence() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        deliver(sink, recording("q-1"));
        Path description = folder.resolve("2026/11/21/q-1.wav.json");
        Files.writeString(
                description,
                Files.readString(description).replace("\"version\": 1", "\"version\": 2"));

        assertThatExceptionOfType(PbxProtocolException.class)
                .isThrownBy(() -> sink.find(recording("q-1")))
                .withMessageContaining("written by a newer version of pbx-sdk; update this one");
    }

    @Test
    void whatIsDamagedOrNotOursKeepsNothingElseFromBeingErased() throws Exception {
        FolderSink sink = FolderSink.builder(folder).retention(Duration.ofDays(30)).build();
        deliver(sink, recording("q-1"));
        deliver(sink, recording("q-2"));
        deliver(sink, recording("q-3"));
        Path day = folder.resolve("2026/11/21");
        Files.createDirectory(day.resolve("q-0.json"));
        Files.writeString(day.resolve("q-0.list.json"), "[1]");
        Files.writeString(day.resolve("q-1.transcript.json"), "{\"text\":\"hello\"}");
        Files.writeString(day.resolve("q-2.wav.json"), "{\"kind\": \"pbx-record");

        EraseReport report = sink.applyRetention(START.plus(Duration.ofDays(31)));

        assertThat(report.erased()).extracting(CallRecording::name).containsExactly("q-1", "q-3");
        assertThat(sink.erase(one -> true).erased()).isEmpty();
        assertThat(files())
                .containsExactly(
                        "2026/11/21/q-0.list.json",
                        "2026/11/21/q-1.transcript.json",
                        "2026/11/21/q-2.wav",
                        "2026/11/21/q-2.wav.json");
        assertThatExceptionOfType(PbxProtocolException.class)
                .isThrownBy(() -> sink.find(recording("q-2")));
    }

    @Test
    void whatIsMovedAwayMeanwhileIsNotErasedAndEndsNothing() throws Exception {
        FolderSink sink = FolderSink.of(folder);
        deliver(sink, recording("q-1"));
        deliver(sink, recording("q-2"));
        deliver(sink, recording("q-3"));
        Path second = sink.file(recording("q-2")).orElseThrow();

        EraseReport report =
                sink.erase(
                        one -> {
                            assertThat(second.toFile().delete())
                                    .isEqualTo(
                                            RecordingFiles.description(second).toFile().delete());
                            return true;
                        });

        assertThat(report.erased()).extracting(CallRecording::name).containsExactly("q-1", "q-3");
        assertThat(files()).isEmpty();
    }
}
