package io.github.pbxsdk.sms;

import io.github.pbxsdk.sms.internal.text.Cutter;
import io.github.pbxsdk.sms.internal.text.GsmAlphabet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a text is divided into messages on the air, which is what carriers count and bill.
 *
 * <pre>{@code
 * SmsSegments segments = SmsSegments.of("Your code is 482913 ✓");
 * segments.count();       // 1
 * segments.encoding();    // UCS2
 * segments.offenders();   // the ✓ at position 20 made it so
 * }</pre>
 *
 * <p>What a reader sees as one character stays in one part: no flag, family or accent is torn.
 * Joined, the parts are the text again. Over HTTP the provider divides; this tells beforehand what
 * it will do. Immutable.
 */
public final class SmsSegments {

    private final String text;
    private final SegmentProfile profile;

    /** How it is sent in 7 bits, if it is. */
    private final @Nullable SevenBits narrow;

    private final int[] ends;

    private SmsSegments(String text, SegmentProfile profile, @Nullable SevenBits narrow) {
        this.text = text;
        this.profile = profile;
        this.narrow = narrow;
        this.ends = narrow == null ? wideEnds(text, profile) : narrow.ends(text);
    }

    /** Returns how nearly all roads divide the text. */
    public static SmsSegments of(String text) {
        return of(text, SegmentProfile.standard());
    }

    /** Returns how a road with this profile divides the text. */
    public static SmsSegments of(String text, SegmentProfile profile) {
        Objects.requireNonNull(text, "text");
        return profile.sevenBits().stream()
                .filter(way -> way.alphabet().covers(text))
                .map(way -> new SmsSegments(text, profile, way))
                .min(Comparator.comparingInt(SmsSegments::count))
                .orElseGet(() -> new SmsSegments(text, profile, null));
    }

    private static int[] wideEnds(String text, SegmentProfile profile) {
        return text.length() <= profile.wideSingle()
                ? new int[] {text.length()}
                : Cutter.units(text, profile.widePart(), profile.keepsClusters());
    }

    private int unitsOf(int start, int end) {
        return narrow == null ? end - start : narrow.alphabet().septets(text, start, end);
    }

    /** Returns how many messages on the air the text takes; an empty text takes one. */
    public int count() {
        return ends.length;
    }

    /** Returns the encoding, which is one for the whole text. */
    public Encoding encoding() {
        return narrow == null ? Encoding.UCS2 : narrow.encoding();
    }

    /** Returns the national tables that each part names in its header; none for most texts. */
    public List<NationalTable> tables() {
        return narrow == null ? List.of() : narrow.tables();
    }

    /** Returns the length: septets in GSM 7-bit, where {@code €} takes two, or 16-bit units. */
    public int units() {
        return unitsOf(0, text.length());
    }

    /** Returns the parts in their order. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(ends.length);
        int start = 0;
        for (int end : ends) {
            parts.add(new Part(text.substring(start, end), unitsOf(start, end)));
            start = end;
        }
        return List.copyOf(parts);
    }

    /** Returns how many units fit into the last part, before one more is needed. */
    public int remaining() {
        int last = ends.length == 1 ? 0 : ends[ends.length - 2];
        return room() - unitsOf(last, text.length());
    }

    private int room() {
        boolean single = ends.length == 1;
        if (narrow == null) {
            return single ? profile.wideSingle() : profile.widePart();
        }
        return single ? narrow.single() : narrow.part();
    }

    /**
     * Returns the characters that keep the text from being sent in 7 bits, with their places.
     *
     * <p>Without them more than twice as much would fit. Empty when the text is sent in 7 bits. Of
     * several alphabets that one counts which lacks the fewest.
     */
    public List<Offender> offenders() {
        if (narrow != null) {
            return List.of();
        }
        return profile.sevenBits().stream()
                .map(way -> offenders(way.alphabet()))
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    private List<Offender> offenders(GsmAlphabet alphabet) {
        List<Offender> offenders = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            boolean missing =
                    codePoint > Character.MAX_VALUE || alphabet.septets((char) codePoint) == 0;
            if (missing) {
                offenders.add(new Offender(i, Character.toString(codePoint)));
            }
            i += Character.charCount(codePoint);
        }
        return List.copyOf(offenders);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmsSegments that
                && text.equals(that.text)
                && encoding() == that.encoding()
                && tables().equals(that.tables())
                && Arrays.equals(ends, that.ends);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, encoding(), tables(), Arrays.hashCode(ends));
    }

    /** Returns the count, without the text. */
    @Override
    public String toString() {
        return "SmsSegments[" + count() + " of " + units() + " units in " + encoding() + "]";
    }

    /** How the characters of a text become bits. */
    public enum Encoding {
        /** The GSM 7-bit alphabet with its extension. */
        GSM7,
        /** Plain ASCII, for roads that count by that. */
        ASCII,
        /** 16-bit units; most emoji take two or more. */
        UCS2
    }

    /**
     * One message on the air.
     *
     * @param text the piece of the text
     * @param units its length in the encoding of the whole
     */
    public record Part(String text, int units) {

        /** Returns the length, without the text. */
        @Override
        public String toString() {
            return "Part[" + units + " units]";
        }
    }

    /**
     * A character that is not in the 7-bit alphabet.
     *
     * @param position where it stands in the text, in {@code char}s
     * @param character the character
     */
    public record Offender(int position, String character) {}
}
