package io.github.pbxsdk.core.internal.redact;

import java.util.regex.Pattern;

/** Masks what is secret by its shape, wherever it stands. */
final class Tokens {

    // Possessive quantifiers keep each of them linear in the length of the text.
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s/:@]*+:)[^\\s/@]++@");
    private static final Pattern SIP_USER_INFO =
            Pattern.compile("(\\bsips?:[^\\s@:;>]*+:)[^\\s@>]++@");
    private static final Pattern BEARER =
            Pattern.compile("(?i)(\\bbearer )[A-Za-z0-9._~+/=-]{8,}+");
    private static final Pattern WEB_TOKEN =
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]*+)?");
    private static final Pattern MEDIA_KEY = Pattern.compile("(\\binline:)[^\\s|;]++");

    private Tokens() {}

    static String mask(String text) {
        String masked = USER_INFO.matcher(text).replaceAll("$1***@");
        masked = SIP_USER_INFO.matcher(masked).replaceAll("$1***@");
        masked = BEARER.matcher(masked).replaceAll("$1***");
        masked = WEB_TOKEN.matcher(masked).replaceAll(NamedSecrets.MASK);
        return MEDIA_KEY.matcher(masked).replaceAll("$1***");
    }
}
