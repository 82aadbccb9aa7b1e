package io.github.pbxsdk.core.internal.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.observe.FlightRecord;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.observe.FlightRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class FlightOnDiskTest {

    // jqwik 1.10.1 fails itself when it shrinks a list beside a text.
    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void noSecretIsEverOnDisk(@ForAll List<Placement> placements, @ForAll("secrets") String secret)
            throws IOException {
        Path file = newFile();
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            for (Placement placement : placements) {
                FlightTap.on(recorder, "x-1", placement.scrubber()).sent(placement.message(secret));
            }
        }

        String onDisk = Files.exists(file) ? Files.readString(file) : "";
        for (Placement placement : placements) {
            assertThat(onDisk).doesNotContain(placement.encoded(secret));
        }
        delete(file);
    }

    @Property(tries = 100)
    void anyBytesReadBackAsTheyWere(@ForAll List<byte[]> messages) throws IOException {
        Path file = newFile();
        try (FlightRecorder recorder = FlightRecorder.to(file).build()) {
            FlightTap tap = FlightTap.on(recorder, "x-1", message -> message);
            messages.forEach(message -> tap.received(message, 0, message.length));
        }

        if (!messages.isEmpty()) {
            FlightRecording recording = FlightRecording.read(file);
            assertThat(recording.records())
                    .extracting(FlightRecord::bytes)
                    .containsExactlyElementsOf(messages);
            assertThat(recording.damaged()).isZero();
        }
        delete(file);
    }

    /** Letters and digits alone, which stand on disk as they are. */
    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings().alpha().numeric().ofMinLength(10).ofMaxLength(40);
    }

    private static Path newFile() throws IOException {
        Path folder = Files.createTempDirectory("pbx-sdk-flight");
        return folder.resolve("x.flight");
    }

    private static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.delete(file.getParent());
    }
}
