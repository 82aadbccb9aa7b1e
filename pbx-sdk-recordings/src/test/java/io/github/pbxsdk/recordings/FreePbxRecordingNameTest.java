package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.message.Address;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreePbxRecordingNameTest {

    private static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");

    private static FreePbxRecordingName name(String file) {
        return FreePbxRecordingName.find(file).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "in-61291234567-+61491570156-20261121-030000-1795219200.168.wav,"
                        + " in, INBOUND, +61491570156, 61291234567",
                "in-61291234567-unknown-20261121-030000-1795219200.168, in, INBOUND, -,"
                        + " 61291234567",
                "out-0491570156-102-20261121-030000-1795219200.168.wav,"
                        + " out, OUTBOUND, 102, 0491570156",
                "internal-102-101-20261121-030000-1795219200.168.WAV, internal, INTERNAL, 101, 102",
                "external-102-+61491570156-20261121-030000-1795219200.168.gsm,"
                        + " external, INBOUND, +61491570156, 102",
                "q-500-+61491570156-20261121-030000-1795219200.168.mp3,"
                        + " q, UNKNOWN, +61491570156, 500",
                "in-5551234-the-caller-20261121-030000-1795219200.168.wav,"
                        + " in, INBOUND, the-caller, 5551234",
                "700-700-always-20261121-030000-1795219200.168.wav, conference, UNKNOWN, -, 700",
                "800-101-always-20261121-030000-1795219200.168.wav, conference, UNKNOWN, 101, 800",
                "in-*98#-20260101-20261121-030000-1795219200.168.wav, in, INBOUND, 20260101, *98#",
            })
    void isReadFromTheRight(
            String file, String type, CallDirection direction, String from, String to) {
        FreePbxRecordingName name = name("/var/spool/asterisk/monitor/2026/11/21/" + file);

        assertThat(name.type()).isEqualTo(type);
        assertThat(name.direction()).isEqualTo(direction);
        assertThat(name.from().map(Address::text).orElse(null)).isEqualTo(from);
        assertThat(name.to().map(Address::text).orElse(null)).isEqualTo(to);
        assertThat(name.uniqueid()).isEqualTo("1795219200.168");
        assertThat(name.channelStart()).isEqualTo(Instant.ofEpochSecond(1795219200));
        assertThat(name.stamp()).isEqualTo(LocalDateTime.of(2026, 11, 21, 3, 0));
    }

    @Test
    void keepsTheSystemNameInTheUniqueid() {
        assertThat(name("out-1-2-20261121-030000-sdk1-1795219200.1.wav").uniqueid())
                .isEqualTo("sdk1-1795219200.1");
    }

    @Test
    void knowsExtensionsFromNumbers() {
        FreePbxRecordingName name = name("external-102-0491570156-20261121-030000-1795219200.1");

        assertThat(name.to()).contains(Address.extension("102"));
        assertThat(name.from()).contains(Address.unparsed("0491570156"));
    }

    @Test
    void namesTheFolderOfItsDay() {
        assertThat(name("internal-102-101-20261121-030000-1795219200.168.wav").recordingName())
                .isEqualTo("2026/11/21/internal-102-101-20261121-030000-1795219200.168");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "greeting.wav",
                "in-1-2-20261321-030000-1795219200.168.wav",
                "in-1-2-20261121-250000-1795219200.168.wav",
                "in-1-2-20261121-030000.wav",
                "in-1-2-20261121-030000-99999999999999999999.1.wav"
            })
    void leavesOtherNamesAlone(String file) {
        assertThat(FreePbxRecordingName.find(file)).isEmpty();
    }

    @Test
    void learnsTheOffsetOfThePbx() {
        // 2026-11-21T03:00:07 on the wall, and 16:00:00 UTC the day before.
        assertThat(name("in-1-2-20261121-030007-1795190400.1.wav").offset())
                .contains(ZoneOffset.ofHours(11));
        assertThat(name("in-1-2-20360101-000000-1795190400.1.wav").offset()).isEmpty();
    }

    @Test
    void theHourThatHappensTwiceIsDecidedByTheUniqueid() {
        // Sydney, 5 April 2026: 02:30 comes at 15:30 UTC and again at 16:30 UTC of the 4th.
        Instant first = Instant.parse("2026-04-04T15:30:00Z");
        Instant second = Instant.parse("2026-04-04T16:30:00Z");

        assertThat(name("in-1-2-20260405-023000-" + first.getEpochSecond() + ".1").start(SYDNEY))
                .isEqualTo(first);
        assertThat(name("in-1-2-20260405-023000-" + second.getEpochSecond() + ".1").start(SYDNEY))
                .isEqualTo(second);
    }

    @Test
    void theHourThatIsLeftOutIsAnHourLater() {
        // Sydney, 4 October 2026: 02:00 is 03:00. A PBX whose zone is wrong writes it all the same.
        assertThat(name("in-1-2-20261004-023000-1791045000.1").start(SYDNEY))
                .isEqualTo(Instant.parse("2026-10-03T16:30:00Z"));
    }

    @Test
    void doesNotShowNumbers() {
        assertThat(name("in-61291234567-+61491570156-20261121-030000-1795219200.168.wav"))
                .hasToString("FreePbxRecordingName[in, 2026-11-21T03:00, 1795219200.168]");
    }
}
