package io.github.pbxsdk.core.internal.redact;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks secrets in a body of which only its beginning tells what it is. */
public final class Bodies {

    /** JSON in JSON in JSON is seen; what is wrapped more often is masked as a whole. */
    private static final int LEVELS = 5;

    /** A part of a multipart form: its name, the rest of its headers, its value. */
    private static final Pattern PART =
            Pattern.compile(
                    "(?i)(\\bname=\"([^\"\\r\\n]++)\"[^\\r\\n]*+\\r?\\n(?:[^\\r\\n]{1,500}+\\r?\\n){0,10}+\\r?\\n)"
                            + "(?s:(.*?))(?=\\r?\\n--|\\z)");

    private Bodies() {}

    /** Returns the body with secrets masked. */
    public static String mask(String body) {
        return mask(body, 0);
    }

    static String mask(String body, int level) {
        if (level > LEVELS) {
            return NamedSecrets.MASK;
        }
        String json = startsLikeJson(body) ? JsonSecrets.mask(body, level) : null;
        return json != null ? json : maskText(body);
    }

    private static boolean startsLikeJson(String body) {
        int start = 0;
        while (start < body.length() && Character.isWhitespace(body.charAt(start))) {
            start++;
        }
        return start < body.length() && "{[\"".indexOf(body.charAt(start)) >= 0;
    }

    private static String maskText(String body) {
        Extent extent = body.indexOf('{') >= 0 ? Extent.SYNTAX : Extent.FORM;
        return Tokens.mask(NamedSecrets.mask(maskParts(body), extent));
    }

    private static String maskParts(String body) {
        return PART.matcher(body).replaceAll(part -> Matcher.quoteReplacement(shown(part)));
    }

    private static String shown(MatchResult part) {
        boolean isSecret = SecretNames.isSecret(part.group(2));
        return isSecret ? part.group(1) + NamedSecrets.MASK : part.group();
    }
}
