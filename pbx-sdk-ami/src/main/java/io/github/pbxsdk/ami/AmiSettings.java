package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.TlsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client was built with. */
record AmiSettings(
        AmiTransport transport,
        List<HostAndPort> hosts,
        @Nullable TlsOptions tls,
        CredentialsProvider credentials,
        LoginMethod login,
        Set<AmiEventClass> eventMask,
        List<AmiEventFilter> filters,
        Duration connectTimeout,
        Duration timeout,
        Duration itemTimeout,
        long maxListBytes,
        Duration pingInterval,
        Duration pingTimeout,
        ReconnectOptions reconnect,
        EventQueueOptions eventQueue,
        OperationGuard guard,
        @Nullable FlightRecorder flightRecorder) {

    /** Stands for credentials where somebody else logs in. */
    static final Credentials NOBODY = Credentials.of("nobody", "");

    /** Returns the name of the client in events, threads and messages. */
    String source() {
        return "ami " + hosts.get(0);
    }
}
