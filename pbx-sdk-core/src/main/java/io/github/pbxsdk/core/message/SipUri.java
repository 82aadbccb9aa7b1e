package io.github.pbxsdk.core.message;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP URI, such as {@code sip:102@pbx.example.com}.
 *
 * <p>{@link #text()} is the URI as it was given, parameters and all. Two URIs are equal when
 * scheme, user, host and port are: {@code sip:102@pbx} and {@code sip:102@PBX;transport=tcp} are
 * one person. As in SIP itself, {@code sips} differs from {@code sip} and a port written out from
 * none. Immutable.
 */
public final class SipUri extends Address {

    /** Longer than any that makes sense; it bounds the work on what strangers send. */
    private static final int MOST_CHARACTERS = 1024;

    private static final int HIGHEST_PORT = 65_535;

    private static final Pattern URI =
            Pattern.compile(
                    "(?i)(?<scheme>sips?):"
                            + "(?:(?<user>[!-~&&[^@:<>\"]]+)(?::[!-~&&[^@<>\"]]*)?@)?"
                            + "(?<host>\\[[0-9a-f:.]+]|[a-z0-9_.-]+)"
                            + "(?::(?<port>[0-9]{1,5}))?"
                            + "(?:[;?][!-~&&[^@<>\"]]*)?");

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final Pattern ESCAPED = Pattern.compile("%([0-9a-fA-F]{2})");

    /**
     * The signs that mean the same escaped and plain in the user part (RFC 3261, 19.1.4 and 25).
     */
    private static final String PLAIN_SIGNS = "-_.!~*'()&=+$,;?/";

    private final String text;
    private final String scheme;
    private final String user;
    private final String host;
    private final int port;

    private SipUri(String text, Matcher parts) {
        this.text = text;
        this.scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        this.user = parts.group("user") == null ? "" : plain(parts.group("user"));
        this.host = parts.group("host").toLowerCase(Locale.ROOT);
        this.port = portOf(parts);
    }

    /**
     * Returns the URI.
     *
     * @throws IllegalArgumentException if it is not a SIP URI without display name and brackets, or
     *     is longer than 1024 characters
     */
    public static SipUri of(String uri) {
        return find(uri)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "a SIP URI is written as in sip:102@pbx.example.com, without"
                                                + " display name and angle brackets"));
    }

    /** Returns the URI, if the text is one. */
    public static Optional<SipUri> find(String text) {
        if (text.length() > MOST_CHARACTERS || BROKEN_ESCAPE.matcher(text).find()) {
            return Optional.empty();
        }
        Matcher parts = URI.matcher(text);
        return parts.matches() && portOf(parts) <= HIGHEST_PORT
                ? Optional.of(new SipUri(text, parts))
                : Optional.empty();
    }

    private static int portOf(Matcher parts) {
        String port = parts.group("port");
        return port == null ? -1 : Integer.parseInt(port);
    }

    private static String plain(String user) {
        return ESCAPED.matcher(user).replaceAll(SipUri::plainSign);
    }

    private static String plainSign(MatchResult escaped) {
        char sign = (char) Integer.parseInt(escaped.group(1), 16);
        String written = isPlain(sign) ? String.valueOf(sign) : escaped.group();
        return Matcher.quoteReplacement(isPlain(sign) ? written : written.toUpperCase(Locale.ROOT));
    }

    private static boolean isPlain(char sign) {
        return (sign < 128 && Character.isLetterOrDigit(sign)) || PLAIN_SIGNS.indexOf(sign) >= 0;
    }

    /** Returns {@code sip} or {@code sips}. */
    public String scheme() {
        return scheme;
    }

    /** Returns the user, such as {@code 102}, without needless escapes. */
    public Optional<String> user() {
        return user.isEmpty() ? Optional.empty() : Optional.of(user);
    }

    /** Returns the host in small letters; an IPv6 address stands in brackets. */
    public String host() {
        return host;
    }

    /** Returns the port, if it is written out. */
    public OptionalInt port() {
        return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    @Override
    public Kind kind() {
        return Kind.SIP_URI;
    }

    @Override
    public String text() {
        return text;
    }

    /** Returns scheme, user and host, the user shortened unless it is as short as an extension. */
    @Override
    public String masked() {
        return scheme + ":" + (user.isEmpty() ? "" : Mask.unlessShort(user) + "@") + host;
    }

    @Override
    String identity() {
        return (scheme + ":" + (user.isEmpty() ? "" : user + "@") + host)
                + (port < 0 ? "" : ":" + port);
    }
}
