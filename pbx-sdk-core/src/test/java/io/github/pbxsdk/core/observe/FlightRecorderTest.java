package io.github.pbxsdk.core.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.flight.Scrubber;
import io.github.pbxsdk.core.internal.flight.Scrubbers;
import io.github.pbxsdk.core.observe.FlightRecord.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {

    private static final Scrubber NO_SECRETS = message -> message;
    private static final String LOGIN =
            "Action: Login\r\nUsername: admin\r\nSecret: s3cret\r\n\r\n";

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("pbx.flight");
    }

    @Test
    void recordingReadsBackInOrderWithoutTheSecret() throws IOException {
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap tap = FlightTap.on(recorder, "ami-1", Scrubbers.ami());
            tap.sent(LOGIN);
            tap.received("Response: Success\r\n\r\n");
        }

        FlightRecording recording = FlightRecording.read(file);
        assertThat(recording.records())
                .extracting(FlightRecord::direction, FlightRecord::connection, FlightRecord::text)
                .containsExactly(
                        tuple(Direction.SENT, "ami-1", LOGIN.replace("s3cret", "***")),
                        tuple(Direction.RECEIVED, "ami-1", "Response: Success\r\n\r\n"));
        assertThat(recording.missing()).isZero();
        assertThat(recording.damaged()).isZero();
        assertThat(Files.readString(file)).doesNotContain("s3cret");
    }

    @Test
    void fileIsReadableText() throws IOException {
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap.on(recorder, "ami-1", Scrubbers.ami())
                    .sent("Secret: x\r\nA: \\ü\t\0\r\n\r\n");
        }

        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        assertThat(lines.get(0)).matches("pbx-sdk-flight 1 \\d{4}-\\d\\d-\\d\\dT\\S+Z");
        assertThat(lines.get(1))
                .isEqualTo(
                        "0.000000 > ami-1 25"
                                + " Secret: ***\\r\\nA: \\\\\\xc3\\xbc\\t\\x00\\r\\n\\r\\n");
        assertThat(lines).hasSize(2);
    }

    /** This file stays as it is for ever: what was recorded once is read by every later version. */
    @Test
    void aFileOfTheFirstFormatIsRead() throws Exception {
        Path stored = Path.of(FlightRecorderTest.class.getResource("flight-1.txt").toURI());

        FlightRecording recording = FlightRecording.read(stored);

        assertThat(recording.records())
                .extracting(FlightRecord::direction, FlightRecord::connection, FlightRecord::text)
                .containsExactly(
                        tuple(Direction.SENT, "ami-1", "Action: Login\r\nSecret: ***\r\n\r\n"),
                        tuple(
                                Direction.RECEIVED,
                                "ami-1",
                                "Response: Success\r\nMessage: ü\\\t\r\n\r\n"));
        assertThat(recording.records().get(0).time())
                .isEqualTo(Instant.parse("2026-11-21T06:01:38.744245433Z"));
        assertThat(recording.damaged()).isZero();
    }

    @Test
    void recordsKnowWhenTheyWere() {
        Instant before = Instant.now().minusMillis(1);
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap tap = FlightTap.on(recorder, "ami-1", NO_SECRETS);
            tap.sent("a");
            tap.sent("b");
        }

        List<FlightRecord> records = FlightRecording.read(file).records();
        assertThat(records.get(0).time()).isBetween(before, Instant.now());
        assertThat(records.get(1).time())
                .isBetween(records.get(0).time(), records.get(0).time().plusSeconds(10));
    }

    @Test
    void recordingGoesOnInAFileThatIsThere() {
        record("first");
        record("second");

        assertThat(texts()).containsExactly("first", "second");
    }

    @Test
    void tornTailCostsOneRecordAndTheNextRecordingGoesOn() throws IOException {
        record("first", "second");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

        assertThat(texts()).containsExactly("first");
        assertThat(FlightRecording.read(file).damaged()).isEqualTo(1);

        record("third");
        assertThat(texts()).containsExactly("first", "third");
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.startsWith("pbx-sdk-flight 1 "))
                .hasSize(2);
        assertThat(FlightRecording.read(file).damaged()).isEqualTo(1);
    }

    @Test
    void everyTornFileReadsUpToTheTear() throws IOException {
        List<String> whole = List.of("first", "se\\co\r\nnd");
        record("first", "se\\co\r\nnd");
        byte[] bytes = Files.readAllBytes(file);
        int header = new String(bytes, StandardCharsets.US_ASCII).indexOf('\n') + 1;
        int secondLine = new String(bytes, StandardCharsets.US_ASCII).indexOf('\n', header) + 1;
        for (int length = header; length < bytes.length - 1; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            List<String> read = texts();
            assertThat(read).isEqualTo(whole.subList(0, read.size()));
            assertThat(read.size()).isEqualTo(length < secondLine - 1 ? 0 : 1);
        }
    }

    @Test
    void newerFormatIsRefused() throws IOException {
        Files.writeString(file, "pbx-sdk-flight 2 compressed\n\0\1\2");

        assertThatThrownBy(() -> FlightRecording.read(file))
                .isInstanceOf(PbxException.class)
                .hasMessageContaining(
                        "is a recording in format pbx-sdk-flight 2; this version of pbx-sdk knows"
                                + " pbx-sdk-flight 1: update it");
    }

    @Test
    void fileOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(file, "[general]\nenabled=yes\n");

        record("first");

        assertThat(file).hasContent("[general]\nenabled=yes\n");
        assertThatThrownBy(() -> FlightRecording.read(file))
                .isInstanceOf(PbxException.class)
                .hasMessageContaining("is not a recording");
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> FlightRecording.read(file))
                .isInstanceOf(PbxException.class)
                .hasMessage("there is no recording " + file);
    }

    @Test
    void whatASlowDiskCannotTakeIsCountedAndHoldsUpNobody() {
        CountDownLatch disk = new CountDownLatch(1);
        int messages = 200;
        String long128k = "x".repeat(128 * 1024);
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap.on(recorder, "slow-1", message -> afterwards(disk, message)).sent("first");
            FlightTap tap = FlightTap.on(recorder, "ami-1", NO_SECRETS);
            for (int i = 0; i < messages; i++) {
                tap.received(long128k);
            }
            disk.countDown();
            await().until(() -> Files.exists(file) && Files.size(file) > 10L * 1024 * 1024);
            tap.received("last");
        }

        FlightRecording recording = FlightRecording.read(file);
        assertThat(recording.records()).last().extracting(FlightRecord::text).isEqualTo("last");
        assertThat(recording.missing()).isBetween(50L, 150L);
        assertThat(recording.records().size() + recording.missing()).isEqualTo(messages + 2);
    }

    @Test
    void diskThatFailsHurtsNobodyAndIsTriedAgain() throws IOException {
        file = folder.resolve("not-there-yet").resolve("pbx.flight");
        CountDownLatch firstHasFailed = new CountDownLatch(1);
        CountDownLatch isThere = new CountDownLatch(1);
        Scrubber waiting =
                message -> {
                    firstHasFailed.countDown();
                    return afterwards(isThere, message);
                };
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap tap = FlightTap.on(recorder, "ami-1", NO_SECRETS);
            assertThatCode(() -> tap.sent("lost")).doesNotThrowAnyException();
            FlightTap.on(recorder, "ami-2", waiting).sent("kept");
            afterwards(firstHasFailed, "");
            Files.createDirectory(file.getParent());
            isThere.countDown();
        }

        assertThat(texts()).containsExactly("kept");
        assertThat(FlightRecording.read(file).missing()).isEqualTo(1);
    }

    @Test
    void messageThatCannotBeScrubbedIsNeverWritten() throws IOException {
        Scrubber broken =
                message -> {
                    throw new IllegalStateException("broken scrubber");
                };
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap.on(recorder, "x", broken).sent("s3cret");
            FlightTap.on(recorder, "x", NO_SECRETS).sent("next");
        }

        assertThat(texts()).containsExactly("next");
        assertThat(FlightRecording.read(file).missing()).isEqualTo(1);
        assertThat(Files.readString(file)).doesNotContain("s3cret");
    }

    @Test
    void roomIsBoundedAndTheNewestIsKept() throws IOException {
        long room = 4 * 1024 * 1024;
        String filler = "y".repeat(10_000);
        try (FlightRecorder recorder = FlightRecorder.to(file).maxBytes(room).build()) {
            FlightTap tap = FlightTap.on(recorder, "ami-1", NO_SECRETS);
            for (int i = 0; i < 1_000; i++) {
                tap.received(i + " " + filler);
            }
        }

        long used = Files.size(file) + Files.size(folder.resolve("pbx.flight.old"));
        assertThat(used).isLessThanOrEqualTo(room);
        List<String> numbers =
                texts().stream().map(text -> text.substring(0, text.indexOf(' '))).toList();
        assertThat(numbers).last().isEqualTo("999");
        assertThat(numbers).hasSizeGreaterThan(200);
        int first = Integer.parseInt(numbers.get(0));
        assertThat(numbers)
                .isEqualTo(IntStream.range(first, 1_000).mapToObj(String::valueOf).toList());
    }

    @Test
    void veryLongMessageIsCutAndSaysSo() {
        byte[] bytes = new byte[300 * 1024];
        new Random(1).nextBytes(bytes);
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap.on(recorder, "http-1", NO_SECRETS).received(bytes, 0, bytes.length);
        }

        FlightRecord cut = FlightRecording.read(file).records().get(0);
        assertThat(cut.isCut()).isTrue();
        assertThat(cut.bytes()).isEqualTo(Arrays.copyOf(bytes, 256 * 1024));
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws IOException {
        record("first");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void afterCloseNothingIsWrittenAndNoThreadIsLeft() throws IOException {
        FlightRecorder recorder = FlightRecorder.to(file).build();
        FlightTap tap = FlightTap.on(recorder, "ami-1", NO_SECRETS);
        tap.sent("first");
        recorder.close();
        recorder.close();
        tap.sent("second");

        assertThat(texts()).containsExactly("first");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("pbx-sdk-flight-recorder");
    }

    @Test
    void recorderThatIsNotUsedMakesNoFile() {
        FlightRecorder.to(file).build().close();

        assertThat(file).doesNotExist();
    }

    @Test
    void tooLittleRoomIsRefused() {
        assertThatThrownBy(() -> FlightRecorder.to(file).maxBytes(1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBytes must be at least 4194304, but is 1000");
    }

    @Test
    void unknownRemarksAreSkipped() throws IOException {
        record("first");
        Files.writeString(file, "# remark of a later version\n", StandardOpenOption.APPEND);

        assertThat(texts()).containsExactly("first");
        assertThat(FlightRecording.read(file).damaged()).isZero();
    }

    private void record(String... messages) {
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap tap = FlightTap.on(recorder, "ami-1", NO_SECRETS);
            List.of(messages).forEach(tap::sent);
        }
    }

    private List<String> texts() {
        return FlightRecording.read(file).records().stream().map(FlightRecord::text).toList();
    }

    private static String afterwards(CountDownLatch latch, String message) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not go on");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
