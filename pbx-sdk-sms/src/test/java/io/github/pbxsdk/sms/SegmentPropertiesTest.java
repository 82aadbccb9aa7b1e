package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.sms.SmsSegments.Encoding;
import io.github.pbxsdk.sms.SmsSegments.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SegmentPropertiesTest {

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> pieces =
                Arbitraries.of(
                        "a",
                        "€",
                        "[",
                        "word ",
                        "\r\n",
                        "Ж",
                        "é",
                        "e\u0301",
                        "👍🏽",
                        "🇮🇹",
                        "👩‍👩‍👦",
                        "각",
                        "\u200d",
                        "x\u0301\u0302\u0303",
                        "中",
                        "~".repeat(40),
                        "1\ufe0f\u20e3");
        return pieces.list().ofMinSize(0).ofMaxSize(220).map(list -> String.join("", list));
    }

    @Property
    void joinedPartsAreTheText(@ForAll("texts") String text) {
        assertThat(SmsSegments.of(text).parts().stream().map(Part::text))
                .satisfies(parts -> assertThat(String.join("", parts)).isEqualTo(text));
    }

    @Property
    void eachPartIsWithinItsLimit(@ForAll("texts") String text) {
        SmsSegments segments = SmsSegments.of(text);
        boolean narrow = segments.encoding() == Encoding.GSM7;
        int limit = segments.count() == 1 ? (narrow ? 160 : 70) : (narrow ? 153 : 67);

        assertThat(segments.parts())
                .allSatisfy(part -> assertThat(part.units()).isLessThanOrEqualTo(limit));
    }

    @Property
    void noClusterIsTornAndNoPartCouldHaveBeenSaved(@ForAll("texts") String text) {
        SmsSegments segments = SmsSegments.of(text);
        if (segments.count() > 1) {
            assertThat(segments.count()).isEqualTo(fewestParts(text, segments.encoding()));
            assertThat(segments.parts().stream().map(Part::text).collect(Collectors.toList()))
                    .isEqualTo(greedy(text, segments.encoding()));
        }
    }

    /** The straightforward way: cluster by cluster. */
    private static List<String> greedy(String text, Encoding encoding) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String atom : atoms(text, encoding)) {
            if (cost(part + atom, encoding) > limit(encoding)) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(atom);
        }
        parts.add(part.toString());
        return parts;
    }

    /** The fewest parts, by looking at every way to divide. */
    private static int fewestParts(String text, Encoding encoding) {
        List<String> atoms = atoms(text, encoding);
        int[] fewest = new int[atoms.size() + 1];
        for (int end = 1; end <= atoms.size(); end++) {
            fewest[end] = Integer.MAX_VALUE;
            int cost = 0;
            for (int start = end - 1; start >= 0; start--) {
                cost += cost(atoms.get(start), encoding);
                if (cost > limit(encoding)) {
                    break;
                }
                fewest[end] = Math.min(fewest[end], fewest[start] + 1);
            }
        }
        return fewest[atoms.size()];
    }

    /** What must not be divided: characters, and in 16 bits clusters other than line ends. */
    private static List<String> atoms(String text, Encoding encoding) {
        if (encoding == Encoding.GSM7) {
            return text.chars().mapToObj(Character::toString).toList();
        }
        return CLUSTER.matcher(text)
                .results()
                .map(MatchResult::group)
                .flatMap(
                        cluster ->
                                cluster.equals("\r\n") || cluster.length() > 67
                                        ? cluster.codePoints().mapToObj(Character::toString)
                                        : List.of(cluster).stream())
                .toList();
    }

    private static int limit(Encoding encoding) {
        return encoding == Encoding.GSM7 ? 153 : 67;
    }

    private static int cost(String text, Encoding encoding) {
        return encoding == Encoding.GSM7
                ? text.chars().map(unit -> "^{}\\[~]|€\f".indexOf(unit) >= 0 ? 2 : 1).sum()
                : text.length();
    }
}
