package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers of a SIP domain, from the SRV records of the DNS (RFC 3263). */
final class ServiceRecords {

    private static final Logger log = LoggerFactory.getLogger(ServiceRecords.class);

    /** A name of several labels; what ends in a number is an address. */
    private static final Pattern DOMAIN =
            Pattern.compile("([0-9A-Za-z_-]+\\.)+[A-Za-z][0-9A-Za-z-]*\\.?");

    private ServiceRecords() {}

    private record Target(int priority, double order, HostAndPort server) {}

    /** Returns the servers in the order to try them; none when the domain names none. Blocks. */
    static List<HostAndPort> find(String domain, SipTransport transport) {
        if (transport.isWebSocket() || !DOMAIN.matcher(domain).matches()) {
            return List.of();
        }
        String service = transport == SipTransport.TLS ? "_sips._tcp." : "_sip._tcp.";
        return lookUp((transport == SipTransport.UDP ? "_sip._udp." : service) + domain);
    }

    /** What comes from the DNS is text; nothing is deserialized. JNDI is as old as Hashtable. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static List<HostAndPort> lookUp(String name) {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        settings.put("java.naming.provider.url", "dns:");
        settings.put("com.sun.jndi.dns.timeout.initial", "1000");
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        List<Target> targets = new ArrayList<>();
        try {
            DirContext dns = new InitialDirContext(settings);
            try {
                Attribute records = dns.getAttributes(name, new String[] {"SRV"}).get("SRV");
                if (records != null) {
                    addAll(records, targets);
                }
            } finally {
                dns.close();
            }
        } catch (NamingException e) {
            // Most domains have no such records; the name is a host then.
            log.debug("no SRV records for {}: {}", name, e.toString());
        }
        targets.sort(Comparator.comparingInt(Target::priority).thenComparing(Target::order));
        return targets.stream().map(Target::server).toList();
    }

    private static void addAll(Attribute records, List<Target> targets) throws NamingException {
        for (NamingEnumeration<?> each = records.getAll(); each.hasMore(); ) {
            String[] parts = String.valueOf(each.next()).split(" ");
            if (parts.length != 4 || parts[3].equals(".")) {
                continue;
            }
            try {
                targets.add(target(parts));
            } catch (IllegalArgumentException e) {
                log.debug("an SRV record cannot be read: {}", String.join(" ", parts));
            }
        }
    }

    /** Reads priority, weight, port and host; the weight makes a place early on more likely. */
    private static Target target(String[] parts) {
        int weight = Integer.parseInt(parts[1]);
        double chance = 1 - ThreadLocalRandom.current().nextDouble();
        String host = parts[3].endsWith(".") ? parts[3].replaceFirst("\\.$", "") : parts[3];
        return new Target(
                Integer.parseInt(parts[0]),
                -Math.log(chance) / Math.max(weight, 0.01),
                new HostAndPort(host, Integer.parseInt(parts[2])));
    }
}
