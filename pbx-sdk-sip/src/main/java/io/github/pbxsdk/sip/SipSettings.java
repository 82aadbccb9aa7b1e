package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.security.TlsOptions;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a client, checked.
 *
 * @param name the server as the user named it
 * @param fixed servers with their ports, in order; none when the name has to be looked up
 */
record SipSettings(
        String name,
        List<HostAndPort> fixed,
        SipTransport transport,
        String domain,
        String webSocketPath,
        TlsOptions tls,
        InstanceId instanceId,
        int maxTextBytes,
        Duration connectTimeout,
        Duration timeout,
        Duration keepAliveInterval,
        boolean natDetection,
        boolean outbound,
        ReconnectOptions reconnect,
        EventQueueOptions eventQueue) {

    /** From 1024 on Asterisk accepts a text and passes on an empty one. */
    static final int ASTERISK_TEXT_BYTES = 1023;

    SipSettings {
        fixed = List.copyOf(fixed);
    }

    /** Returns the name of the client in events and logs. */
    String source() {
        return "sip " + (fixed.isEmpty() ? name : fixed.get(0).toString());
    }

    /** Returns the address of somebody in our domain. */
    String addressOf(String user) {
        return "sip:" + user + "@" + domain;
    }
}
