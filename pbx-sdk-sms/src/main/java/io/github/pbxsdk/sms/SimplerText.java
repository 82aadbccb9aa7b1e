package io.github.pbxsdk.sms;

import io.github.pbxsdk.sms.internal.text.Replacements;
import java.util.List;

/**
 * A text with typographic characters replaced by plain ones, where that saves messages.
 *
 * <pre>{@code
 * SimplerText simpler = SimplerText.of("John’s order is ready – pick up “before 5”…");
 * simpler.text();           // John's order is ready - pick up "before 5"...
 * simpler.replacements();   // what stood where, and what stands there now
 * }</pre>
 *
 * <p>Quotes, dashes, dots and blanks are replaced; accents are never dropped. If the text would
 * still not fit the 7-bit alphabet, or would take as many messages as before, it stays as it is.
 * Immutable.
 */
public final class SimplerText {

    private final String text;
    private final List<Replacement> replacements;

    private SimplerText(String text, List<Replacement> replacements) {
        this.text = text;
        this.replacements = List.copyOf(replacements);
    }

    static SimplerText unchanged(String text) {
        return new SimplerText(text, List.of());
    }

    /** Returns the simpler text as nearly all roads would count it. */
    public static SimplerText of(String text) {
        return of(text, SegmentProfile.standard());
    }

    /** Returns the simpler text as a road with this profile would count it. */
    public static SimplerText of(String text, SegmentProfile profile) {
        SmsSegments before = SmsSegments.of(text, profile);
        if (before.encoding() != SmsSegments.Encoding.UCS2) {
            return unchanged(text);
        }
        Replacements done = Replacements.in(text);
        SmsSegments after = SmsSegments.of(done.text(), profile);
        boolean pays =
                after.encoding() != SmsSegments.Encoding.UCS2 && after.count() < before.count();
        return pays ? new SimplerText(done.text(), done.list()) : unchanged(text);
    }

    /** Returns the text to send. */
    public String text() {
        return text;
    }

    /** Returns what was replaced, in its order; empty when the text is as it was. */
    public List<Replacement> replacements() {
        return replacements;
    }

    /** Returns how many were replaced, without the text. */
    @Override
    public String toString() {
        return "SimplerText[" + replacements.size() + " replacements]";
    }

    /**
     * One replacement.
     *
     * @param position where it stood in the text that was given, in {@code char}s
     * @param from what stood there
     * @param to what stands there now, possibly nothing
     */
    public record Replacement(int position, String from, String to) {}
}
