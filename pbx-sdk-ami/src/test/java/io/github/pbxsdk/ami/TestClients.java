package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.time.Duration;

/** Clients of a fake server. */
final class TestClients {

    private TestClients() {}

    /** Returns a builder for a client that comes back quickly. */
    static AmiClient.Builder builder(FakeAmi server) {
        return AmiClient.builder()
                .host(server.host())
                .port(server.port())
                .credentials(Credentials.of("lab", "lab-secret"))
                .connectTimeout(Duration.ofSeconds(5))
                .timeout(Duration.ofSeconds(5))
                .reconnect(
                        ReconnectOptions.defaults()
                                .firstDelay(Duration.ofMillis(20))
                                .longestDelay(Duration.ofMillis(200)));
    }

    static AmiClient connect(FakeAmi server) {
        AmiClient client = builder(server).build();
        client.connect();
        return client;
    }
}
