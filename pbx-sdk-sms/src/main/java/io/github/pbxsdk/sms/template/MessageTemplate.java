package io.github.pbxsdk.sms.template;

import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SegmentProfile;
import io.github.pbxsdk.sms.SmsSegments;
import io.github.pbxsdk.sms.template.TemplateException.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text with gaps.
 *
 * <pre>{@code
 * MessageTemplate reminder = MessageTemplate.of(
 *         "reminder", "Hi {{name|there}}, see you {{day}} at {{time}}.");
 * List<TextMessage> messages = reminder.messages(rows);      // all of them, or none
 * }</pre>
 *
 * <p>{@code {{name}}} needs a value, {@code {{name|there}}} has a default, and four opening braces
 * stand for two. A blank value counts as none. Values are put in as they are and not looked at
 * again, so nobody's name can be a gap. Line ends become those of texts. Immutable.
 */
public final class MessageTemplate {

    private static final int LONGEST_NAME = 200;

    private final String name;
    private final String text;
    private final int maxSegments;
    private final List<Piece> pieces;

    private MessageTemplate(String name, String text, int maxSegments) {
        this.name = name;
        this.text = text;
        this.maxSegments = maxSegments;
        this.pieces = Piece.split(text);
    }

    /**
     * Returns a template.
     *
     * @throws IllegalArgumentException if the name is not 1 to 200 characters, or a gap isn't one
     */
    public static MessageTemplate of(String name, String text) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("the name of a template has 1 to 200 characters");
        }
        return new MessageTemplate(name, text, Integer.MAX_VALUE);
    }

    /**
     * Returns this with a limit for the messages on the air that one text may take, by {@link
     * SegmentProfile#standard()}; there is none by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public MessageTemplate maxSegments(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("maxSegments must be positive, not " + value);
        }
        return new MessageTemplate(name, text, value);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the text with its gaps. */
    public String text() {
        return text;
    }

    /** Returns the limit of {@link #maxSegments(int)}. */
    public int maxSegments() {
        return maxSegments;
    }

    /** Returns the names of the gaps, in the order in which they first occur. */
    public Set<String> variables() {
        return pieces.stream()
                .map(Piece::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns those of the names for which there is no gap, such as misspelt ones. */
    public Set<String> unused(Collection<String> names) {
        Set<String> unused = new LinkedHashSet<>(names);
        unused.removeAll(variables());
        return unused;
    }

    /**
     * Returns the text for one recipient.
     *
     * @throws TemplateException if a value is missing, naming all that are, or the text is too long
     */
    public String fill(Map<String, String> values) {
        return texts(List.of(values)).get(0);
    }

    /**
     * Returns the messages for all recipients, in their order.
     *
     * @throws TemplateException if a value is missing for somebody, or a text is too long; it names
     *     everything that is wrong with everybody
     */
    public List<TextMessage> messages(List<TemplateRow> rows) {
        List<String> texts = texts(rows.stream().map(TemplateRow::values).toList());
        List<TextMessage> messages = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            messages.add(TextMessage.to(rows.get(i).to()).text(texts.get(i)).build());
        }
        return messages;
    }

    /** Returns what the texts will take on the air, on nearly all roads; see the other one. */
    public TemplatePreview preview(List<Map<String, String>> values) {
        return preview(values, SegmentProfile.standard());
    }

    /**
     * Returns what the texts will take on the air, with the longest.
     *
     * @param profile how the provider counts: {@code sms.capabilities().segmentProfile()}
     * @throws TemplateException if a value is missing for somebody; too long is none here
     * @throws IllegalArgumentException if there are no values
     */
    public TemplatePreview preview(List<Map<String, String>> values, SegmentProfile profile) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(
                    "a preview needs the values of a recipient at least");
        }
        List<String> texts = maxSegments(Integer.MAX_VALUE).texts(values);
        return new TemplatePreview(
                texts, texts.stream().map(each -> SmsSegments.of(each, profile)).toList());
    }

    private List<String> texts(List<Map<String, String>> values) {
        List<Problem> problems = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<String> missing = new ArrayList<>();
            String filled = fill(values.get(i), missing);
            texts.add(filled);
            int segments = missing.isEmpty() ? tooMany(filled) : 0;
            if (!missing.isEmpty() || segments > 0) {
                problems.add(new Problem(i, missing, segments));
            }
        }
        if (!problems.isEmpty()) {
            throw new TemplateException(name, problems);
        }
        return texts;
    }

    private String fill(Map<String, String> values, List<String> missing) {
        StringBuilder filled = new StringBuilder();
        for (Piece piece : pieces) {
            String words = piece.filled(values);
            if (words != null) {
                filled.append(words);
            } else if (!missing.contains(piece.name())) {
                missing.add(piece.name());
            }
        }
        return filled.toString().replace("\r\n", "\n").replace('\r', '\n');
    }

    /** Returns how many messages a text takes if that is too many, else 0. */
    private int tooMany(String filled) {
        if (maxSegments == Integer.MAX_VALUE) {
            return 0;
        }
        int count = SmsSegments.of(filled).count();
        return count > maxSegments ? count : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageTemplate that
                && name.equals(that.name)
                && text.equals(that.text)
                && maxSegments == that.maxSegments;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, text, maxSegments);
    }

    @Override
    public String toString() {
        return "MessageTemplate[" + name + " " + variables() + "]";
    }
}
