package io.github.pbxsdk.sms;

import io.github.pbxsdk.sms.event.OptOutEvent.Wish;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words by which people say that they want no more texts, or want them again.
 *
 * <p>Only a text that is nothing but such a word counts, whatever its case and the signs around it:
 * {@code Stop!} is one, "please cancel my 3 pm" is not. Immutable.
 */
public final class OptOutKeywords {

    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
    private static final Pattern AROUND =
            Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final String ALWAYS = "STOP";

    private static final OptOutKeywords STANDARD =
            new OptOutKeywords(Map.of())
                    .and(Wish.STOP, "STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END")
                    .and(Wish.STOP, "QUIT", "REVOKE", "OPTOUT", "OPT OUT")
                    .and(Wish.START, "START", "YES", "UNSTOP")
                    .and(Wish.HELP, "HELP", "INFO");

    private final Map<String, Wish> wishes;

    private OptOutKeywords(Map<String, Wish> wishes) {
        this.wishes = Collections.unmodifiableMap(wishes);
    }

    /** Returns the English words that carriers act on. */
    public static OptOutKeywords standard() {
        return STANDARD;
    }

    /**
     * Returns these without some words, for conversations in which they mean something else, such
     * as {@code CANCEL} where appointments are cancelled by text.
     *
     * @throws IllegalArgumentException if one of them is {@code STOP}: that always counts
     */
    public OptOutKeywords without(String... words) {
        Map<String, Wish> fewer = new HashMap<>(wishes);
        List<String> dropped = Arrays.stream(words).map(OptOutKeywords::plain).toList();
        if (dropped.contains(ALWAYS)) {
            throw new IllegalArgumentException("STOP always means that somebody wants no texts");
        }
        dropped.forEach(fewer::remove);
        return new OptOutKeywords(fewer);
    }

    /**
     * Returns these with more words, such as those of another language.
     *
     * @throws IllegalArgumentException if a word has no letter or digit, or {@code STOP} would mean
     *     something else
     */
    public OptOutKeywords and(Wish wish, String... words) {
        Objects.requireNonNull(wish, "wish");
        Map<String, Wish> more = new HashMap<>(wishes);
        for (String word : words) {
            String plain = plain(word);
            if (plain.isEmpty() || (plain.equals(ALWAYS) && wish != Wish.STOP)) {
                throw new IllegalArgumentException("\"" + word + "\" can't mean " + wish);
            }
            more.put(plain, wish);
        }
        return new OptOutKeywords(more);
    }

    /** Returns what a text wants, if it is nothing but one of the words. */
    public Optional<Wish> find(String text) {
        return Optional.ofNullable(wishes.get(plain(text)));
    }

    private static String plain(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String visible = INVISIBLE.matcher(folded).replaceAll("");
        String bare = AROUND.matcher(visible).replaceAll("");
        return BLANKS.matcher(bare).replaceAll(" ").toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "OptOutKeywords" + wishes.keySet().stream().sorted().toList();
    }
}
