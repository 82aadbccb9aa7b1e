package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The servers to try, the best first: one that has just failed comes after all others. */
final class ServerList {

    private static final Duration MEMORY = Duration.ofSeconds(30);

    private final SipSettings settings;
    private final Time time;
    private final Map<HostAndPort, Long> failedAt = new ConcurrentHashMap<>();
    private volatile List<HostAndPort> latest = List.of();

    ServerList(SipSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
    }

    /** Returns the servers in the order to try them; looks a name up, and may block for that. */
    List<HostAndPort> inOrder() {
        latest = known();
        List<HostAndPort> servers = new ArrayList<>(latest);
        servers.sort(Comparator.comparing(this::hasFailed));
        return servers;
    }

    private List<HostAndPort> known() {
        if (!settings.fixed().isEmpty()) {
            return settings.fixed();
        }
        List<HostAndPort> found = ServiceRecords.find(settings.name(), settings.transport());
        return found.isEmpty()
                ? List.of(new HostAndPort(settings.name(), settings.transport().defaultPort()))
                : found;
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
