package io.github.pbxsdk.sms;

import io.github.pbxsdk.sms.internal.text.Cutter;
import io.github.pbxsdk.sms.internal.text.GsmAlphabet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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
    private final Encoding encoding;
    private final int units;
    private final int[] ends;

    private SmsSegments(String text, SegmentProfile profile) {
        this.text = text;
        this.profile = profile;
        this.encoding = encodingOf(text, profile);
        this.units = unitsOf(text, 0, text.length());
        this.ends = cut();
    }

    /** Returns how nearly all roads divide the text. */
    public static SmsSegments of(String text) {
        return of(text, SegmentProfile.standard());
    }

    /** Returns how a road with this profile divides the text. */
    public static SmsSegments of(String text, SegmentProfile profile) {
        return new SmsSegments(
                Objects.requireNonNull(text, "text"), Objects.requireNonNull(profile, "profile"));
    }

    private static Encoding encodingOf(String text, SegmentProfile profile) {
        Encoding narrow = profile.narrowEncoding();
        for (int i = 0; i < text.length(); i++) {
            if (narrow.units(text.charAt(i)) == 0) {
                return Encoding.UCS2;
            }
        }
        return narrow;
    }

    private int unitsOf(String whole, int start, int end) {
        if (encoding != Encoding.GSM7) {
            return end - start;
        }
        int sum = 0;
        for (int i = start; i < end; i++) {
            sum += GsmAlphabet.septets(whole.charAt(i));
        }
        return sum;
    }

    private int[] cut() {
        boolean narrow = encoding != Encoding.UCS2;
        if (units <= profile.single(narrow)) {
            return new int[] {text.length()};
        }
        int limit = profile.part(narrow);
        return encoding == Encoding.GSM7
                ? Cutter.septets(text, limit)
                : Cutter.units(text, limit, profile.keepsClusters());
    }

    /** Returns how many messages on the air the text takes; an empty text takes one. */
    public int count() {
        return ends.length;
    }

    /** Returns the encoding, which is one for the whole text. */
    public Encoding encoding() {
        return encoding;
    }

    /** Returns the length: septets in GSM 7-bit, where {@code €} takes two, or 16-bit units. */
    public int units() {
        return units;
    }

    /** Returns the parts in their order. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(ends.length);
        int start = 0;
        for (int end : ends) {
            parts.add(new Part(text.substring(start, end), unitsOf(text, start, end)));
            start = end;
        }
        return List.copyOf(parts);
    }

    /** Returns how many units fit into the last part, before one more is needed. */
    public int remaining() {
        boolean narrow = encoding != Encoding.UCS2;
        int last = ends.length == 1 ? 0 : ends[ends.length - 2];
        int room = ends.length == 1 ? profile.single(narrow) : profile.part(narrow);
        return room - unitsOf(text, last, text.length());
    }

    /**
     * Returns the characters that keep the text from being sent in 7 bits, with their places.
     *
     * <p>Without them more than twice as much would fit. Empty when the text is sent in 7 bits.
     */
    public List<Offender> offenders() {
        if (encoding != Encoding.UCS2) {
            return List.of();
        }
        List<Offender> offenders = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (!isNarrow(codePoint)) {
                offenders.add(new Offender(i, Character.toString(codePoint)));
            }
            i += Character.charCount(codePoint);
        }
        return List.copyOf(offenders);
    }

    private boolean isNarrow(int codePoint) {
        return codePoint <= Character.MAX_VALUE
                && profile.narrowEncoding().units((char) codePoint) > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmsSegments that
                && text.equals(that.text)
                && encoding == that.encoding
                && Arrays.equals(ends, that.ends);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, encoding, Arrays.hashCode(ends));
    }

    /** Returns the count, without the text. */
    @Override
    public String toString() {
        return "SmsSegments[" + count() + " of " + units + " units in " + encoding + "]";
    }

    /** How the characters of a text become bits. */
    public enum Encoding {
        /** The GSM 7-bit alphabet with its extension. */
        GSM7,
        /** Plain ASCII, for roads that count by that. */
        ASCII,
        /** 16-bit units; most emoji take two or more. */
        UCS2;

        int units(char unit) {
            return switch (this) {
                case GSM7 -> GsmAlphabet.septets(unit);
                case ASCII -> unit < 0x80 ? 1 : 0;
                case UCS2 -> 1;
            };
        }
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
