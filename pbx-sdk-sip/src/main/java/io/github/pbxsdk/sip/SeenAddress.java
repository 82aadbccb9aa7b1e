package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import io.github.pbxsdk.sip.internal.wire.TopVia;
import java.util.Optional;
import java.util.regex.Pattern;

/** Our address as the server sees it, which a router on the way may have changed. */
final class SeenAddress {

    private static final Pattern PRIVATE =
            Pattern.compile(
                    "(10|127)\\..*|192\\.168\\..*|172\\.(1[6-9]|2[0-9]|3[01])\\..*|169\\.254\\..*"
                            + "|[fF][cCdD].*|[fF][eE]80.*|::1");

    private SeenAddress() {}

    /** Returns the address to use from now on, if it is another one than ours and makes sense. */
    static Optional<String> of(String local, SipResponse response) {
        TopVia via;
        try {
            via = response.via();
        } catch (MalformedMessageException e) {
            // It says nothing then.
            return Optional.empty();
        }
        String received = via.received();
        if (received == null || via.rport() < 1 || via.rport() > 65_535) {
            return Optional.empty();
        }
        String host = received.replace("[", "").replace("]", "");
        String seen = new HostAndPort(host, via.rport()).toString();
        boolean fromPublicToPrivate = isPrivate(host) && !isPrivate(local.replace("[", ""));
        return seen.equals(local) || fromPublicToPrivate ? Optional.empty() : Optional.of(seen);
    }

    private static boolean isPrivate(String host) {
        return PRIVATE.matcher(host).matches();
    }
}
