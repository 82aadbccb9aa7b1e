package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.TlsOptions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client, checked.
 *
 * @param name the server as the user named it
 * @param fixed servers with their ports, in order; none when the name has to be looked up
 * @param nameServer where it is looked up, as JNDI writes it
 */
record SipSettings(
        String name,
        List<HostAndPort> fixed,
        SipTransport transport,
        String domain,
        String webSocketPath,
        String nameServer,
        TlsOptions tls,
        InstanceId instanceId,
        int maxTextBytes,
        Duration connectTimeout,
        Duration timeout,
        Duration keepAliveInterval,
        boolean natDetection,
        boolean outbound,
        ReconnectOptions reconnect,
        EventQueueOptions eventQueue,
        OperationGuard guard,
        @Nullable FlightRecorder flightRecorder) {

    /** From 1024 on Asterisk accepts a text and passes on an empty one. */
    static final int ASTERISK_TEXT_BYTES = 1023;

    private static final Pattern IP_ADDRESS =
            Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+])(:[0-9]+)?");

    SipSettings {
        fixed = List.copyOf(fixed);
    }

    /** Returns the name of the client in events and logs. */
    String source() {
        return "sip " + (fixed.isEmpty() ? name : fixed.get(0).toString());
    }

    /**
     * Tells whether a host in an address means our PBX. An IP address does: a PBX writes one of its
     * own, which from here may be another, and nobody else's domain is one.
     */
    boolean isOwnHost(String host) {
        return host.equalsIgnoreCase(domain)
                || host.equalsIgnoreCase(name)
                || IP_ADDRESS.matcher(host).matches();
    }

    /** Returns the address of somebody in our domain. */
    String addressOf(String user) {
        return "sip:" + user + "@" + domain;
    }
}
