package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.sip.internal.wire.Grammar;
import io.github.pbxsdk.sip.internal.wire.MalformedMessageException;
import io.github.pbxsdk.sip.internal.wire.NameAddress;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an answer sends us instead (301, 302, 305). */
final class Redirect {

    private static final Pattern PLACE =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");

    private static final Pattern TRANSPORT = Pattern.compile("(?i);transport=([a-z]+)");

    private Redirect() {}

    static boolean is(SipResponse response) {
        return switch (response.status()) {
            case 301, 302, 305 -> true;
            default -> false;
        };
    }

    /** Returns the first server that can be reached over our transport, if there is one. */
    static Optional<HostAndPort> target(SipResponse response, SipTransport transport) {
        return response.headers().all("Contact").stream()
                .flatMap(line -> target(line, transport).stream())
                .findFirst();
    }

    private static Optional<HostAndPort> target(String line, SipTransport transport) {
        try {
            return Grammar.addresses("Contact", line).stream()
                    .filter(contact -> suits(contact.uri(), transport))
                    .flatMap(contact -> place(contact, transport).stream())
                    .findFirst();
        } catch (MalformedMessageException e) {
            // Another one may be readable.
            return Optional.empty();
        }
    }

    /** What is secure stays so. */
    private static boolean suits(String uri, SipTransport transport) {
        String lower = uri.toLowerCase(Locale.ROOT);
        Matcher named = TRANSPORT.matcher(lower);
        boolean sameTransport = !named.find() || named.group(1).equals(transport.uriName());
        return lower.startsWith("sip:")
                ? sameTransport
                : lower.startsWith("sips:") && transport.isSecure();
    }

    private static Optional<HostAndPort> place(NameAddress contact, SipTransport transport) {
        Matcher place = PLACE.matcher(contact.host());
        if (!place.matches()) {
            return Optional.empty();
        }
        int port =
                place.group(2) == null ? transport.defaultPort() : Integer.parseInt(place.group(2));
        String host = place.group(1).replace("[", "").replace("]", "");
        return port < 1 || port > 65_535
                ? Optional.empty()
                : Optional.of(new HostAndPort(host, port));
    }
}
