package io.github.pbxsdk.core.internal.http;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

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

    private static final String SEPARATOR = "://";
    private static final int MOST_PORT_DIGITS = 5;

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
        return isAt(url, 0, scheme);
    }

    /** By hand, for to Java a long s is an s as well. */
    private static boolean isAt(String url, int start, String lowerCase) {
        int length = lowerCase.length();
        boolean is = url.length() >= start + length;
        for (int i = 0; is && i < length; i++) {
            is = (url.charAt(start + i) | 0x20) == lowerCase.charAt(i);
        }
        return is;
    }

    /** By hand, as it is done for each request, and a pattern takes several times as long. */
    private static WebAddress parse(String url, String scheme) {
        boolean secure = isAt(url, scheme.length(), "s");
        int separator = scheme.length() + (secure ? 1 : 0);
        int start = separator + SEPARATOR.length();
        int end = endOfAuthority(url, start);
        int colon = endOfHost(url, start, end);
        boolean readable =
                url.startsWith(SEPARATOR, separator)
                        && isHost(url, start, colon)
                        && isPort(url, colon, end)
                        && url.indexOf('#', end) < 0;
        if (!readable) {
            throw unreadable(url, scheme);
        }
        requireEncoded(url, end);
        String target = url.substring(end);
        return new WebAddress(
                url,
                secure,
                withoutBrackets(url.substring(start, colon).toLowerCase(Locale.ROOT)),
                port(url, colon, end, secure),
                target.startsWith("/") ? target : "/" + target);
    }

    private static int endOfAuthority(String url, int start) {
        for (int i = start; i < url.length(); i++) {
            if (url.charAt(i) == '/' || url.charAt(i) == '?' || url.charAt(i) == '#') {
                return i;
            }
        }
        return url.length();
    }

    /** Returns where the colon before a port is, or the end; an IPv6 address has colons too. */
    private static int endOfHost(String url, int start, int end) {
        int colon = url.indexOf(':', Math.max(start, url.lastIndexOf(']', end)));
        return colon < 0 || colon > end ? end : colon;
    }

    private static boolean isHost(String url, int start, int end) {
        if (!url.startsWith("[", start)) {
            return start < end && all(url, start, end, WebAddress::isOfName);
        }
        return start + 2 < end
                && url.charAt(end - 1) == ']'
                && all(url, start + 1, end - 1, WebAddress::isOfIpv6);
    }

    private static boolean isOfName(int c) {
        return isDigit(c)
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c == '.' || c == '_' || c == '-');
    }

    private static boolean isOfIpv6(int c) {
        return isDigit(c)
                || (c >= 'a' && c <= 'f')
                || (c >= 'A' && c <= 'F')
                || c == ':'
                || c == '.';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isPort(String url, int colon, int end) {
        int digits = end - colon - 1;
        return colon == end
                || (digits >= 1
                        && digits <= MOST_PORT_DIGITS
                        && all(url, colon + 1, end, WebAddress::isDigit));
    }

    private static boolean all(String text, int start, int end, IntPredicate allowed) {
        for (int i = start; i < end; i++) {
            if (!allowed.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException unreadable(String url, String scheme) {
        return new IllegalArgumentException(
                "not a URL of the form "
                        + scheme
                        + "://host:port/path, without user information and fragment: "
                        + withoutQuery(url));
    }

    private static void requireEncoded(String url, int start) {
        if (!all(url, start, url.length(), c -> c > ' ' && c < 0x7f && c != '\\')) {
            throw new IllegalArgumentException(
                    "a space, a backslash and what is not ASCII must be percent-encoded in "
                            + withoutQuery(url));
        }
    }

    private static int port(String url, int colon, int end, boolean secure) {
        if (colon == end) {
            return secure ? 443 : 80;
        }
        int port = Integer.parseInt(url, colon + 1, end, 10);
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
