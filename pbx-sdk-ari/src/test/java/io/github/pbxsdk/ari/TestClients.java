package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.time.Duration;

/** Clients of a fake server. */
final class TestClients {

    static final Credentials LAB = Credentials.of("lab", "lab-secret");

    private TestClients() {}

    /** Returns a builder for a client that comes back quickly. */
    static AriClient.Builder builder(FakeAri server) {
        return AriClient.builder()
                .baseUri(server.uri())
                .credentials(LAB)
                .application("demo")
                .connectTimeout(Duration.ofSeconds(5))
                .timeout(Duration.ofSeconds(5))
                .reconnect(
                        ReconnectOptions.defaults()
                                .firstDelay(Duration.ofMillis(20))
                                .longestDelay(Duration.ofMillis(200)));
    }

    static AriClient connect(FakeAri server) {
        return connect(builder(server));
    }

    static AriClient connect(AriClient.Builder builder) {
        AriClient client = builder.build();
        client.connect();
        return client;
    }
}
