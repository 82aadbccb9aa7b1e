package io.github.pbxsdk.core.internal.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL as text, taken apart only as far as we need to look at it.
 *
 * <p>{@code java.net.URI} refuses what servers accept and libraries put URLs in order; both lose
 * the text as it was given, over which signatures are made.
 *
 * @param text the URL as given
 * @param secure whether the scheme is https or wss
 * @param host without the brackets of an IPv6 address
 * @param target path and query as they go into the request line
 */
public record WebAddress(String text, boolean secure, String host, int port, String target) {

    private static final Pattern URL =
            Pattern.compile(
                    "(?i)(https?|wss?)://" // scheme
                            + "(\\[[0-9a-f:.]+]|[0-9a-z._-]+)" // host
                            + "(?::([0-9]{1,5}))?" // port
                            + "((?:/[^?#]*)?(?:\\?[^#]*)?)"); // target

    private static final Pattern USER = Pattern.compile("//[^/?#]*@");

    /**
     * Reads the URL of an HTTP request.
     *
     * @throws IllegalArgumentException if it is none, in words that hold no query
     */
    public static WebAddress http(String url) {
        if (!isScheme(url, "http")) {
            throw unreadable(url, "http");
        }
        return parse(url, "http");
    }

    /**
     * Reads the URL of a WebSocket; http and https will do too.
     *
     * @throws IllegalArgumentException if it is none, in words that hold no query
     */
    public static WebAddress webSocket(String url) {
        if (isScheme(url, "http")) {
            return parse("ws" + url.substring(4), "ws");
        }
        if (!isScheme(url, "ws")) {
            throw unreadable(url, "ws");
        }
        return parse(url, "ws");
    }

    private static boolean isScheme(String url, String scheme) {
        return url.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static WebAddress parse(String url, String scheme) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw unreadable(url, scheme);
        }
        boolean secure = matcher.group(1).length() > scheme.length();
        String target = matcher.group(4);
        requireEncoded(url, target);
        return new WebAddress(
                url,
                secure,
                withoutBrackets(matcher.group(2).toLowerCase(Locale.ROOT)),
                port(url, matcher.group(3), secure),
                target.startsWith("/") ? target : "/" + target);
    }

    private static IllegalArgumentException unreadable(String url, String scheme) {
        return new IllegalArgumentException(
                "not a URL of the form "
                        + scheme
                        + "://host:port/path, without user information and fragment: "
                        + withoutQuery(url));
    }

    private static void requireEncoded(String url, String target) {
        if (target.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == '\\')) {
            throw new IllegalArgumentException(
                    "a space, a backslash and what is not ASCII must be percent-encoded in "
                            + withoutQuery(url));
        }
    }

    private static int port(String url, @Nullable String digits, boolean secure) {
        if (digits == null) {
            return secure ? 443 : 80;
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("no port of that number: " + withoutQuery(url));
        }
        return port;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the same address for the HTTP request that opens a WebSocket. */
    public String overHttp() {
        return isScheme(text, "ws") ? "http" + text.substring(2) : text;
    }

    /** Returns the URL with what can hold secrets left out: user information and query. */
    public String redacted() {
        return withoutQuery(text);
    }

    /** Returns host and port, for messages. */
    public String peer() {
        return host + ":" + port;
    }

    private static String withoutQuery(String url) {
        String shown = url.indexOf('@') < 0 ? url : USER.matcher(url).replaceFirst("//");
        int query = shown.indexOf('?');
        return query < 0 ? shown : shown.substring(0, query) + "?…";
    }
}
