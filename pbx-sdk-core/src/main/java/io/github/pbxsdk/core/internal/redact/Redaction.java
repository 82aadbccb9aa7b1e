package io.github.pbxsdk.core.internal.redact;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of texts that go into exceptions, logs and recordings.
 *
 * <p>Known secrets are masked wherever they stand, also as they look in a URL or in JSON; unknown
 * ones by the name in front of them or by their shape. Immutable; the cost is linear in the length
 * of the text.
 */
public final class Redaction {

    /** No failure text needs more; what a server sends may be much longer. */
    private static final int TEXT_LIMIT = 16 * 1024;

    /** A shorter secret is masked only where it stands alone, or it would blot out everything. */
    private static final int SHORT = 4;

    private static final Redaction NONE = new Redaction(List.of());

    private final @Nullable Pattern known;
    private final int longest;

    private Redaction(List<String> forms) {
        this.known = forms.isEmpty() ? null : anyOf(forms);
        this.longest = forms.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Returns a redaction that knows secrets only by their names and shapes. */
    public static Redaction none() {
        return NONE;
    }

    /** Returns a redaction that knows these secrets too; empty ones are ignored. */
    public static Redaction of(Collection<String> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        secrets.forEach(secret -> addForms(secret, forms));
        // Of two secrets that begin alike the longer one is tried first.
        return new Redaction(
                forms.stream()
                        .filter(form -> !form.isEmpty())
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    private static void addForms(String secret, Set<String> forms) {
        String inUrl = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(secret);
        forms.add(inUrl);
        forms.add(inUrl.replace("+", "%20"));
        forms.add(JsonStrings.encode(secret));
        forms.add(JsonStrings.encode(secret).replace("/", "\\/"));
        // As it looks where bytes are not text and are shown one by one.
        forms.add(new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private static Pattern anyOf(List<String> forms) {
        return Pattern.compile(
                forms.stream().map(Redaction::patternOf).collect(Collectors.joining("|")));
    }

    private static String patternOf(String form) {
        String quoted = Pattern.quote(form);
        return form.length() < SHORT ? "(?<![A-Za-z0-9])" + quoted + "(?![A-Za-z0-9])" : quoted;
    }

    /** Returns a text of a failure without secrets, cut off after 16 thousand characters. */
    public String apply(String text) {
        boolean isLong = text.length() > TEXT_LIMIT;
        // A secret that lies across the cut must be seen whole to be found.
        String seen =
                isLong ? text.substring(0, Math.min(text.length(), TEXT_LIMIT + longest)) : text;
        String shown = Tokens.mask(NamedSecrets.mask(maskKnown(seen), Extent.WORD));
        if (!isLong) {
            return shown;
        }
        String kept = shown.substring(0, Math.min(shown.length(), TEXT_LIMIT));
        return kept + "… (" + text.length() + " characters in all)";
    }

    /** Returns a text with the known secrets masked, whatever its length. */
    public String maskKnown(String text) {
        return known == null ? text : known.matcher(text).replaceAll(NamedSecrets.MASK);
    }

    /** Returns a text with what is secret by its shape masked, such as tokens and media keys. */
    public static String maskShapes(String text) {
        return Tokens.mask(text);
    }

    /**
     * Returns a phone number as it may stand in a log: {@code +6149•••0156}.
     *
     * <p>Extensions and short codes, up to six characters, stay as they are: they name no person.
     */
    public static String phoneNumber(String number) {
        int length = number.length();
        if (length <= 6) {
            return number;
        }
        int head = length >= 12 ? 5 : 2;
        int tail = length >= 12 ? 4 : 2;
        return number.substring(0, head) + "•••" + number.substring(length - tail);
    }

    @Override
    public String toString() {
        return "Redaction[secrets not shown]";
    }
}
