package io.github.pbxsdk.sip.internal.wire;

import gov.nist.core.CommonLogger;
import gov.nist.core.NameValue;
import gov.nist.core.NameValueList;
import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.AddressParametersHeader;
import gov.nist.javax.sip.header.AuthenticationHeader;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.parser.ParserFactory;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The grammar of single headers, which JAIN SIP's parsers know.
 *
 * <p>Nothing else of that library is used: no stack, no threads. Its types end here.
 */
public final class Grammar {

    static {
        // Without a logger of ours the library looks for log4j 1.2, which nobody has any more.
        CommonLogger.useLegacyLogger = true;
        CommonLogger.legacyLogger = new QuietLogger();
    }

    private Grammar() {}

    /** Reads the first of the Via values in a line. */
    public static TopVia via(String value) throws MalformedMessageException {
        return guarded("Via", () -> topVia((Via) first("Via", value)));
    }

    private static TopVia topVia(Via via) {
        String branch = Objects.requireNonNullElse(via.getBranch(), "");
        String sentBy = via.getSentBy() == null ? "" : via.getSentBy().encode();
        return new TopVia(sentBy, branch, via.getReceived(), Math.max(0, via.getRPort()));
    }

    /** Reads an address header with a single value, such as From. */
    public static NameAddress address(String header, String value)
            throws MalformedMessageException {
        return guarded(
                header,
                () -> {
                    if (first(header, value) instanceof AddressParametersHeader parsed) {
                        return address(parsed);
                    }
                    throw new MalformedMessageException(header + " is not an address");
                });
    }

    /** Reads all addresses of a header line, such as Contact; {@code *} is none. */
    public static List<NameAddress> addresses(String header, String value)
            throws MalformedMessageException {
        return guarded(
                header,
                () -> {
                    List<NameAddress> all = new ArrayList<>();
                    for (SIPHeader parsed : parse(header, value)) {
                        if (parsed instanceof AddressParametersHeader one
                                && one.getAddress() != null) {
                            all.add(address(one));
                        }
                    }
                    return all;
                });
    }

    private static NameAddress address(AddressParametersHeader header)
            throws MalformedMessageException {
        if (!(header.getAddress() instanceof AddressImpl address)) {
            throw new MalformedMessageException(header.getName() + " has no address");
        }
        String name = Objects.requireNonNullElse(address.getDisplayName(), "");
        Map<String, String> parameters = parameters(header.getParameters());
        if (address.getURI() instanceof SipUri uri) {
            String user = Objects.requireNonNullElse(uri.getUser(), "");
            return new NameAddress(
                    unescaped(name), uri.encode(), user, uri.getHostPort().encode(), parameters);
        }
        return new NameAddress(unescaped(name), address.getURI().toString(), "", "", parameters);
    }

    private static String unescaped(String quoted) {
        return quoted.indexOf('\\') < 0 ? quoted : quoted.replaceAll("\\\\(.)", "$1");
    }

    /** Reads the parameters of a challenge in which the scheme is Digest; empty for any other. */
    public static List<Map<String, String>> digestChallenges(String header, String value)
            throws MalformedMessageException {
        if (!value.regionMatches(true, 0, "Digest", 0, 6)) {
            return List.of();
        }
        return guarded(
                header,
                () -> {
                    List<Map<String, String>> all = new ArrayList<>();
                    for (SIPHeader parsed : parse(header, value)) {
                        if (parsed instanceof AuthenticationHeader challenge) {
                            all.add(parameters(challenge.getParameters()));
                        }
                    }
                    return all;
                });
    }

    private static Map<String, String> parameters(NameValueList list) {
        Map<String, String> all = new HashMap<>();
        for (Iterator<NameValue> each = list.iterator(); each.hasNext(); ) {
            NameValue one = each.next();
            Object value = one.getValueAsObject();
            all.put(
                    one.getName().toLowerCase(Locale.ROOT),
                    value == null ? "" : unescaped(value.toString()));
        }
        return all;
    }

    private static SIPHeader first(String header, String value)
            throws ParseException, MalformedMessageException {
        List<SIPHeader> all = parse(header, value);
        if (all.isEmpty()) {
            throw new MalformedMessageException(header + " is empty");
        }
        return all.get(0);
    }

    private static List<SIPHeader> parse(String name, String value) throws ParseException {
        SIPHeader parsed = ParserFactory.createParser(name + ": " + value + "\n").parse();
        List<SIPHeader> all = new ArrayList<>();
        if (parsed instanceof SIPHeaderList<?> list) {
            all.addAll(list);
        } else {
            all.add(parsed);
        }
        return all;
    }

    /** Work with the library, which throws more than it declares, and in words for its makers. */
    private static <T> T guarded(String name, Reading<T> reading) throws MalformedMessageException {
        try {
            return reading.read();
        } catch (ParseException | RuntimeException e) {
            throw new MalformedMessageException(name + " cannot be read");
        }
    }

    @FunctionalInterface
    private interface Reading<T> {

        T read() throws ParseException, MalformedMessageException;
    }
}
