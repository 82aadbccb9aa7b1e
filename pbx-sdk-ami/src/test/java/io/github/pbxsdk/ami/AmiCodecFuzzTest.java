package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.PbxProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * The codec on bytes that nobody would send.
 *
 * <p>A normal build runs the kept inputs, those of {@code AmiCodecFuzzTestInputs}. With {@code
 * JAZZER_FUZZ=1} in the environment, one method at a time is fuzzed for its {@code maxDuration}.
 */
class AmiCodecFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void bytesMeanTheSameHoweverTheyAreCut(FuzzedDataProvider data) {
        int size = data.consumeInt(1, 64);
        byte[] bytes = data.consumeRemainingAsBytes();

        List<AmiFields> whole = parse(bytes, Integer.MAX_VALUE);

        assertThat(parse(bytes, size)).isEqualTo(whole);
        whole.forEach(AmiCodecFuzzTest::use);
    }

    @FuzzTest(maxDuration = "10m")
    void anActionIsRefusedOrReadAsItWasMeant(FuzzedDataProvider data) {
        List<AmiFields.Field> lines = new ArrayList<>();
        while (data.remainingBytes() > 0) {
            lines.add(
                    new AmiFields.Field(
                            data.consumeAsciiString(16),
                            data.consumeString(data.consumeInt(0, 1500))));
        }
        AmiFields action = AmiFields.of(lines);
        byte[] wire;
        try {
            wire = AmiEncoder.encode(action);
        } catch (IllegalArgumentException e) {
            return;
        }

        List<AmiFields> read = parse(wire, Integer.MAX_VALUE);

        // A blank at the start of a value is the one that the other side takes for ours.
        if (lines.isEmpty()) {
            assertThat(read).isEmpty();
        } else {
            assertThat(read).containsExactly(action);
        }
    }

    private static List<AmiFields> parse(byte[] bytes, int size) {
        AmiParser parser = new AmiParser();
        List<AmiFields> messages = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int count =
                    Math.min(
                            Math.min(size, bytes.length - from),
                            parser.buffer().length - parser.writeFrom());
            System.arraycopy(bytes, from, parser.buffer(), parser.writeFrom(), count);
            parser.fed(count);
            from += count;
            for (AmiFields next = next(parser); next != null; next = next(parser)) {
                messages.add(next);
            }
        }
        return messages;
    }

    private static AmiFields next(AmiParser parser) {
        try {
            return parser.next();
        } catch (PbxProtocolException e) {
            throw new AssertionError("a few kilobytes are within all limits", e);
        }
    }

    /** Reads a message in every way in which a client does. */
    private static void use(AmiFields message) {
        assertThat(message.toString()).isNotNull();
        message.asList().stream()
                .filter(field -> field.name().chars().allMatch(letter -> letter < 0x80))
                .forEach(field -> assertThat(message.all(field.name())).contains(field.value()));
        if (message.has("Event")) {
            assertThat(AmiEvent.of(message).fields()).isEqualTo(message);
        } else {
            assertThat(AmiResponse.of(message).fields()).isEqualTo(message);
        }
    }
}
