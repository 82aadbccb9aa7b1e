package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.sms.SmsSegments.Encoding;
import io.github.pbxsdk.sms.SmsSegments.Offender;
import io.github.pbxsdk.sms.SmsSegments.Part;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmsSegmentsTest {

    private static final long MILLION = 1_000_000;

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = SmsSegmentsTest.class.getResourceAsStream("/segments.json")) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return JsonObject.parse(json).objects("vectors").stream().map(Vector::new);
        }
    }

    @Test
    void thereAreThirtyEightPublishedVectors() throws IOException {
        assertThat(vectors()).hasSize(38);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithThePublishedVectors(Vector vector) {
        SmsSegments segments = SmsSegments.of(vector.text());

        assertThat(segments.encoding().name()).isEqualTo(vector.value("encoding"));
        assertThat(segments.units()).hasToString(vector.value("units"));
        assertThat(segments.count()).hasToString(vector.value("segments"));
        assertThat(units(segments)).isEqualTo(vector.list("parts"));
        assertThat(
                        units(
                                SmsSegments.of(
                                        vector.text(),
                                        SegmentProfile.standard().dividingClusters())))
                .isEqualTo(vector.list("partsCodePoint"));
        assertThat(units(SmsSegments.of(vector.text(), SegmentProfile.wideReference())))
                .isEqualTo(vector.list("parts16bitRef"));
    }

    private static List<String> units(SmsSegments segments) {
        return segments.parts().stream().map(part -> String.valueOf(part.units())).toList();
    }

    @Test
    void namesTheCharactersThatMakeATextWideWithTheirPlaces() {
        assertThat(SmsSegments.of("ok 👍 ’").offenders())
                .containsExactly(new Offender(3, "👍"), new Offender(6, "’"));
        assertThat(SmsSegments.of("5 € [ok]").offenders()).isEmpty();
    }

    @Test
    void tellsHowMuchStillFits() {
        assertThat(SmsSegments.of("x".repeat(150)).remaining()).isEqualTo(10);
        assertThat(SmsSegments.of("x".repeat(161)).remaining()).isEqualTo(153 - 8);
        assertThat(SmsSegments.of("").remaining()).isEqualTo(160);
    }

    @Test
    void fillsThePartAlreadyBegunWithAClusterLargerThanAPart() {
        String monster = "a" + "\u0301".repeat(150);
        SmsSegments segments = SmsSegments.of("Ж".repeat(60) + monster + "Ж");

        assertThat(segments.parts()).extracting(Part::units).containsExactly(67, 67, 67, 11);
    }

    @Test
    void countsAsFlowrouteDoes() {
        SegmentProfile flowroute = SegmentProfile.flowroute();

        assertThat(SmsSegments.of("x".repeat(160), flowroute).count()).isEqualTo(1);
        assertThat(SmsSegments.of("x".repeat(281), flowroute).count()).isEqualTo(3);
        assertThat(SmsSegments.of("€" + "x".repeat(70), flowroute).count()).isEqualTo(2);
        assertThat(SmsSegments.of("plain", flowroute).encoding()).isEqualTo(Encoding.ASCII);
    }

    @ParameterizedTest
    @MethodSource("megabytes")
    void splitsAMegabyteInUnderFiftyMilliseconds(String text) {
        long fastest = Long.MAX_VALUE;
        // A busy machine compiles late: it gets more tries, never more time.
        for (int i = 0; i < 8 || (i < 40 && fastest >= 50 * MILLION); i++) {
            long start = System.nanoTime();
            assertThat(SmsSegments.of(text).count()).isGreaterThan(1000);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        System.out.printf("1 MB split in %.1f ms%n", fastest / (double) MILLION);
        assertThat(fastest).isLessThan(50 * MILLION);
    }

    static List<String> megabytes() {
        return List.of(
                megabyte("Total [€] 25 "),
                megabyte("Приём у врача "),
                megabyte("👍🏽👩‍👩‍👦‍👦 🇮🇹"));
    }

    private static String megabyte(String piece) {
        return piece.repeat((1 << 20) / piece.getBytes(StandardCharsets.UTF_8).length);
    }

    private record Vector(JsonObject json) {

        String text() {
            return value("text");
        }

        String value(String name) {
            return json.find(name).orElseThrow();
        }

        List<String> list(String name) {
            return json.texts(name);
        }

        @Override
        public String toString() {
            return value("id") + " " + value("category");
        }
    }
}
