package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Keeps credentials off networks on which anyone can read them. */
public final class PlaintextGuard {

    private static final List<String> CREDENTIALS =
            List.of("Authorization", "Proxy-Authorization", "Cookie");

    private static final Set<String> USUAL_LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.+\\.localhost|127(\\.[0-9]{1,3}){3}|::1|(0+:){7}0*1");

    private PlaintextGuard() {}

    /**
     * Checks a client's setting before it opens anything.
     *
     * @param what what would go out, for instance {@code the AMI secret}
     * @throws IllegalStateException if another host would get it in clear text
     */
    public static void requireProtected(String what, String host, boolean secure) {
        if (!secure && !isLoopback(host)) {
            throw new IllegalStateException(
                    what
                            + " would go to "
                            + host
                            + " in clear text; use TLS, or say allowPlaintext() if the network"
                            + " between is your own");
        }
    }

    /**
     * Checks a request.
     *
     * @throws IllegalStateException if it carries credentials to another host in clear text
     */
    public static void requireProtected(WebAddress address, HttpHeaders headers) {
        if (!address.secure() && CREDENTIALS.stream().anyMatch(headers::contains)) {
            requireProtected("the credentials", address.host(), address.secure());
        }
    }

    /** Tells whether a host is this machine by its name alone; no name is looked up. */
    public static boolean isLoopback(String host) {
        return USUAL_LOOPBACK.contains(host)
                || LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
