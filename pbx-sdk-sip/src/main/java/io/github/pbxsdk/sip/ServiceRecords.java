package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers of a SIP domain, from the NAPTR and SRV records of the DNS (RFC 3263).
 *
 * <p>Nothing is kept here beside the last answer, for a DNS that is out of order: who is asked for
 * each new connection is the resolver of the system, which knows how long a record is good.
 */
final class ServiceRecords {

    private static final Logger log = LoggerFactory.getLogger(ServiceRecords.class);

    /** A name of several labels; what ends in a number is an address. */
    private static final Pattern DOMAIN =
            Pattern.compile("([0-9A-Za-z_-]+\\.)+[A-Za-z][0-9A-Za-z-]*\\.?");

    private final String nameServer;
    private final String domain;
    private final SipTransport transport;
    private List<HostAndPort> last = List.of();

    /**
     * Creates a view of a domain; asks nothing yet.
     *
     * @param nameServer a URL of JNDI: {@code dns:} for those of the system
     */
    ServiceRecords(String nameServer, String domain, SipTransport transport) {
        this.nameServer = nameServer;
        this.domain = domain;
        this.transport = transport;
    }

    private record Target(int priority, double order, HostAndPort server) {}

    private record Pointer(int order, int preference, String service, String name) {}

    /**
     * Returns the servers in the order to try them; none when the domain names none. Blocks; used
     * by one thread at a time.
     */
    List<HostAndPort> find() {
        if (transport.isWebSocket() || !DOMAIN.matcher(domain).matches()) {
            return List.of();
        }
        try {
            List<Target> targets = read(serviceName(), "SRV", ServiceRecords::target);
            targets.sort(Comparator.comparingInt(Target::priority).thenComparing(Target::order));
            last = targets.stream().map(Target::server).toList();
        } catch (NamingException e) {
            log.debug("the DNS does not answer for {}: {}", domain, e.toString());
        }
        return last;
    }

    /** Returns the name that holds the servers: the one that the domain points to, or the usual. */
    private String serviceName() {
        String wanted =
                switch (transport) {
                    case TLS -> "SIPS+D2T";
                    case TCP -> "SIP+D2T";
                    default -> "SIP+D2U";
                };
        try {
            return read(domain, "NAPTR", ServiceRecords::pointer).stream()
                    .filter(pointer -> pointer.service().equalsIgnoreCase(wanted))
                    .min(
                            Comparator.comparingInt(Pointer::order)
                                    .thenComparingInt(Pointer::preference))
                    .map(Pointer::name)
                    .orElseGet(this::usualName);
        } catch (NamingException e) {
            // Some routers answer no such question at all.
            log.debug("no NAPTR records for {}: {}", domain, e.toString());
            return usualName();
        }
    }

    private String usualName() {
        return switch (transport) {
            case TLS -> "_sips._tcp." + domain;
            case TCP -> "_sip._tcp." + domain;
            default -> "_sip._udp." + domain;
        };
    }

    /** What comes from the DNS is text; nothing is deserialized. JNDI is as old as Hashtable. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private <T> List<T> read(String name, String type, Function<String[], Optional<T>> reading)
            throws NamingException {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        settings.put("java.naming.provider.url", nameServer);
        settings.put("com.sun.jndi.dns.timeout.initial", "1000");
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        DirContext dns = new InitialDirContext(settings);
        List<T> all = new ArrayList<>();
        try {
            Attribute records = dns.getAttributes(name, new String[] {type}).get(type);
            NamingEnumeration<?> each = records == null ? null : records.getAll();
            while (each != null && each.hasMore()) {
                String record = String.valueOf(each.next());
                reading.apply(record.split(" "))
                        .ifPresentOrElse(
                                all::add, () -> log.debug("cannot be used: {} {}", type, record));
            }
        } catch (NameNotFoundException e) {
            // Most domains have no such records; the name is a host then.
            log.debug("{} has no {} records", name, type);
        } finally {
            dns.close();
        }
        return all;
    }

    /** Reads priority, weight, port and host; the weight makes a place early on more likely. */
    private static Optional<Target> target(String[] parts) {
        if (parts.length != 4 || parts[3].equals(".")) {
            return Optional.empty();
        }
        try {
            int weight = Integer.parseInt(parts[1]);
            double chance = 1 - ThreadLocalRandom.current().nextDouble();
            return Optional.of(
                    new Target(
                            Integer.parseInt(parts[0]),
                            -Math.log(chance) / Math.max(weight, 0.01),
                            new HostAndPort(withoutEndDot(parts[3]), Integer.parseInt(parts[2]))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Reads order, preference, flags, service, expression and name; only names are followed. */
    private static Optional<Pointer> pointer(String[] parts) {
        if (parts.length != 6 || !unquoted(parts[2]).equalsIgnoreCase("s")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Pointer(
                            Integer.parseInt(parts[0]),
                            Integer.parseInt(parts[1]),
                            unquoted(parts[3]),
                            withoutEndDot(parts[5])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String unquoted(String text) {
        return text.replace("\"", "");
    }

    private static String withoutEndDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
