package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.security.OperationGuard;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client was built with.
 *
 * @param url the address of ARI, without a slash at its end
 */
record AriSettings(
        String url,
        HostAndPort host,
        CredentialsProvider credentials,
        boolean plaintextAllowed,
        List<String> applications,
        boolean subscribeAll,
        List<String> eventSources,
        @Nullable AriObject eventFilter,
        Duration connectTimeout,
        Duration timeout,
        Duration pingInterval,
        int maxMessageBytes,
        ReconnectOptions reconnect,
        EventQueueOptions eventQueue,
        OperationGuard guard,
        @Nullable FlightRecorder flightRecorder) {

    /** Returns the name of the client in events, threads and messages. */
    String source() {
        return "ari " + host;
    }
}
