package io.github.pbxsdk.sip.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.internal.flight.FlightTap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamCutterTest {

    private static String message(int number, String body) {
        return ("MESSAGE sip:1001@192.0.2.1 SIP/2.0\r\n"
                        + "Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK1\r\n"
                        + "From: <sip:1@pbx>;tag=1\r\nTo: <sip:2@pbx>\r\n")
                + ("Call-ID: call-" + number + "\r\nCSeq: 1 MESSAGE\r\n")
                + ("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length)
                + ("\r\n\r\n" + body);
    }

    /** Feeds bytes in pieces and returns what came out. */
    private static List<SipMessage> cut(byte[] bytes, Random sizes)
            throws MalformedMessageException {
        StreamCutter cutter = new StreamCutter(FlightTap.none());
        List<SipMessage> messages = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            byte[] room = cutter.room();
            int most = Math.min(room.length - cutter.end(), bytes.length - from);
            int count = 1 + sizes.nextInt(Math.min(most, 1 + sizes.nextInt(3000)));
            System.arraycopy(bytes, from, room, cutter.end(), count);
            cutter.read(count);
            from += count;
            cutter.skipLineBreaks();
            while (cutter.isWithinMessage() && cutter.hasMessage()) {
                messages.add(cutter.next());
                cutter.skipLineBreaks();
            }
        }
        return messages;
    }

    @Test
    void givesTheSameMessagesHoweverTheBytesCome() throws MalformedMessageException {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            stream.append("\r\n".repeat(i % 4)).append(message(i, "ö\r\n\r\n".repeat(i * 37)));
        }
        byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < 300; seed++) {
            List<SipMessage> messages = cut(bytes, new Random(seed));
            assertThat(messages).as("seed %s", seed).hasSize(40);
            for (int i = 0; i < 40; i++) {
                assertThat(messages.get(i).callId()).isEqualTo("call-" + i);
                assertThat(messages.get(i).bodyText()).isEqualTo("ö\r\n\r\n".repeat(i * 37));
            }
        }
    }

    @Test
    void countsLineBreaks() throws MalformedMessageException {
        StreamCutter cutter = new StreamCutter(FlightTap.none());
        byte[] ping = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ping, 0, cutter.room(), 0, ping.length);
        cutter.read(ping.length);

        assertThat(cutter.skipLineBreaks()).isEqualTo(2);
        assertThat(cutter.isWithinMessage()).isFalse();
    }

    @Test
    void aMessageWithoutLengthEndsTheStream() {
        byte[] bytes =
                message(1, "x")
                        .replaceFirst("Content-Length.*\r\n", "")
                        .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> cut(bytes, new Random(1)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("Content-Length");
    }

    @Test
    void headersWithoutEndAreNotCollectedForEver() {
        byte[] bytes = ("A: " + "x".repeat(80_000)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> cut(bytes, new Random(1)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("64 KiB");
    }

    @Test
    void aHugeBodyIsNotCollected() {
        byte[] bytes =
                message(1, "x")
                        .replaceFirst("Content-Length.*", "Content-Length: 2000000")
                        .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> cut(bytes, new Random(1)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("1 MiB");
    }
}
