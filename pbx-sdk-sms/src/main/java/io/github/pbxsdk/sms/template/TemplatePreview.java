package io.github.pbxsdk.sms.template;

import io.github.pbxsdk.sms.SmsSegments;
import java.util.List;

/**
 * What a template will cost with the values of all its recipients.
 *
 * <p>One name with an unusual letter can double the length of its text, so each is counted.
 * Immutable.
 */
public final class TemplatePreview {

    private final List<String> texts;
    private final List<SmsSegments> segments;
    private final int longest;

    TemplatePreview(List<String> texts, List<SmsSegments> segments) {
        this.texts = List.copyOf(texts);
        this.segments = List.copyOf(segments);
        int place = 0;
        for (int i = 1; i < segments.size(); i++) {
            if (isLonger(segments.get(i), segments.get(place))) {
                place = i;
            }
        }
        this.longest = place;
    }

    private static boolean isLonger(SmsSegments one, SmsSegments other) {
        return one.count() > other.count()
                || (one.count() == other.count() && one.remaining() < other.remaining());
    }

    /** Returns the texts as they will go out, in the order of the recipients. */
    public List<String> texts() {
        return texts;
    }

    /** Returns how each text is divided, in the same order. */
    public List<SmsSegments> segments() {
        return segments;
    }

    /** Returns the place of the recipient whose text takes the most messages, from 0. */
    public int longestRow() {
        return longest;
    }

    /** Returns how the longest text is divided. */
    public SmsSegments longest() {
        return segments.get(longest);
    }

    /** Returns how many messages on the air all texts take together. */
    public int totalSegments() {
        return segments.stream().mapToInt(SmsSegments::count).sum();
    }

    /** Returns the figures, without the texts. */
    @Override
    public String toString() {
        return "TemplatePreview["
                + texts.size()
                + " texts, "
                + totalSegments()
                + " messages, at most "
                + longest().count()
                + "]";
    }
}
