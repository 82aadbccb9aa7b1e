package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.recordings.WavCheck.Finding;
import io.github.pbxsdk.recordings.WavCheck.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WavCheckTest {

    private static Finding look(byte[] file) {
        return WavCheck.look(
                Arrays.copyOf(file, Math.min(file.length, WavCheck.HEAD_BYTES)), file.length);
    }

    @Test
    void aFinishedOneIsWholeAndKnowsItsLength() {
        assertThat(look(Wav.of(12_000, 1)))
                .isEqualTo(new Finding(State.WHOLE, Optional.of(Duration.ofMillis(1500))));
    }

    @Test
    void aRunningOneHasNoSizes() {
        assertThat(look(Wav.unfinished(16_000, 1)).state()).isEqualTo(State.UNFINISHED);
        assertThat(look(Wav.unfinished(0, 1)).state()).isEqualTo(State.UNFINISHED);
    }

    @Test
    void aPartOfAFinishedOneIsUnfinished() {
        byte[] file = Wav.of(16_000, 1);

        assertThat(look(Arrays.copyOf(file, file.length - 2)).state()).isEqualTo(State.UNFINISHED);
    }

    @Test
    void aClosedOneWithoutSoundIsSilent() {
        assertThat(look(Wav.silent()).state()).isEqualTo(State.SILENT);
    }

    @Test
    void otherFormatsTellNothing() {
        assertThat(look("ID3 and so on".getBytes(StandardCharsets.US_ASCII)).state())
                .isEqualTo(State.OTHER);
        assertThat(look(new byte[0]).state()).isEqualTo(State.OTHER);
    }

    @Test
    void aBrokenChunkLengthLeadsNowhere() {
        byte[] file = Wav.of(100, 1);
        Arrays.fill(file, 16, 20, (byte) 0xff);

        assertThat(look(file).state()).isEqualTo(State.WHOLE);
    }
}
