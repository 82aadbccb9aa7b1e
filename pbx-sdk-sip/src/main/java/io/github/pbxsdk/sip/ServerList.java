package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The servers to try, the best first: one that has just failed comes after all others. */
final class ServerList {

    private static final Duration MEMORY = Duration.ofSeconds(30);

    private final SipSettings settings;
    private final Time time;
    private final ServiceRecords records;
    private final Map<HostAndPort, Long> failedAt = new ConcurrentHashMap<>();
    private volatile List<HostAndPort> latest = List.of();
    private volatile @Nullable HostAndPort redirected;

    ServerList(SipSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
        this.records =
                new ServiceRecords(settings.nameServer(), settings.name(), settings.transport());
    }

    /** Returns the servers in the order to try them; looks a name up, and may block for that. */
    List<HostAndPort> inOrder() {
        List<HostAndPort> servers = new ArrayList<>(known());
        HostAndPort target = redirected;
        if (target != null) {
            servers.remove(target);
            servers.add(0, target);
        }
        latest = List.copyOf(servers);
        servers.sort(Comparator.comparing(this::hasFailed));
        return servers;
    }

    private List<HostAndPort> known() {
        if (!settings.fixed().isEmpty()) {
            return settings.fixed();
        }
        List<HostAndPort> found = records.find();
        return found.isEmpty()
                ? List.of(new HostAndPort(settings.name(), settings.transport().defaultPort()))
                : found;
    }

    /**
     * Has another server come first from now on, because one that we know sends us there.
     *
     * @return false if that one was itself such a server, or the other one has failed lately
     */
    boolean follow(HostAndPort from, HostAndPort to) {
        if (from.equals(redirected) || from.equals(to) || hasFailed(to)) {
            return false;
        }
        redirected = to;
        return true;
    }

    /**
     * Returns the name that the certificate of a server must hold: the one that the user gave, not
     * what the DNS made of it, unless a server that had proved itself sent us there.
     */
    String certificateName(HostAndPort server) {
        boolean byName = settings.fixed().isEmpty() && !server.equals(redirected);
        return byName ? settings.name() : server.host();
    }

    private boolean hasFailed(HostAndPort server) {
        Long at = failedAt.get(server);
        return at != null && time.nanos() - at < MEMORY.toNanos();
    }

    /** Notes that a server does not do its work. */
    void failed(HostAndPort server) {
        failedAt.put(server, time.nanos());
    }

    /** Notes that a server does its work. */
    void works(HostAndPort server) {
        failedAt.remove(server);
    }

    /** Tells whether there is another server that has not failed lately. */
    boolean hasAlternative(HostAndPort server) {
        return latest.stream().anyMatch(other -> !other.equals(server) && !hasFailed(other));
    }
}
