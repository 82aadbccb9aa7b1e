package io.github.pbxsdk.sms.internal.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a reader sees as one character: flags, families, letters with their marks.
 *
 * <p>{@code \X} of the regular expressions knows them on Java 17; {@code BreakIterator} does not.
 * It is asked only around the places where a text may be cut.
 */
final class Clusters {

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private final String text;
    private final Matcher matcher;

    Clusters(String text) {
        this.text = text;
        this.matcher = CLUSTER.matcher(text).useTransparentBounds(false).useAnchoringBounds(false);
    }

    /**
     * Returns where the cluster begins that reaches over a place, or the place itself when none
     * does.
     *
     * @param from a beginning of a cluster, before the place
     */
    int startOver(int from, int place) {
        int start = surelyApart(from, place);
        while (start < place) {
            int end = endFrom(start);
            if (end > place) {
                return isLineEnd(place) ? place : start;
            }
            start = end;
        }
        return start;
    }

    /** Returns where the cluster ends that begins at a place. */
    int endFrom(int start) {
        matcher.region(start, text.length());
        return matcher.lookingAt() ? matcher.end() : start + 1;
    }

    /** Steps back to where a cluster surely begins, so that few have to be looked for. */
    private int surelyApart(int from, int place) {
        for (int i = place; i > from; i--) {
            if (isSurelyApart(i)) {
                return i;
            }
        }
        return from;
    }

    private boolean isSurelyApart(int place) {
        char next = text.charAt(place);
        return isSimple(next) ? isSimple(text.charAt(place - 1)) : isPictureAfterAnother(place);
    }

    /** U+1F400 to U+1FBFF hold nothing that joins what stands before, unless a joiner does. */
    private boolean isPictureAfterAnother(int place) {
        char next = text.charAt(place);
        char before = text.charAt(place - 1);
        boolean picture = next == 0xd83d || next == 0xd83e;
        return picture && (isSimple(before) || before == 0xfe0f || endsPicture(place));
    }

    private boolean endsPicture(int place) {
        return place >= 2
                && Character.isLowSurrogate(text.charAt(place - 1))
                && text.charAt(place - 2) >= 0xd83c
                && text.charAt(place - 2) <= 0xd83e;
    }

    /** Letters that never join: Latin, Greek, Cyrillic, and the ideographs of Han. */
    private static boolean isSimple(char unit) {
        return (unit >= ' ' && unit < 0x7f)
                || (unit >= 0xc0 && unit < 0x300)
                || (unit >= 0x370 && unit < 0x483)
                || (unit >= 0x4e00 && unit < 0xa000);
    }

    /** A carriage return and its line feed may be divided. */
    private boolean isLineEnd(int place) {
        return text.charAt(place) == '\n' && text.charAt(place - 1) == '\r';
    }
}
