package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ari.event.ChannelDtmfReceivedEvent;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ManySocketsTest {

    private static final int CLIENTS = 200;
    private static final String DIGIT = "{\"type\":\"ChannelDtmfReceived\",\"digit\":\"1\"}";

    private final AtomicInteger heard = new AtomicInteger();

    private AriClient client(FakeAri server, PbxResources resources, int number) {
        AriClient client =
                AriClient.builder()
                        .baseUri(server.uri())
                        .credentials(TestClients.LAB)
                        .application("application-" + number)
                        .resources(resources)
                        .connectTimeout(Duration.ofSeconds(30))
                        .build();
        client.events().subscribe(ChannelDtmfReceivedEvent.class, event -> heard.incrementAndGet());
        return client;
    }

    private void assertThatAllHear(FakeAri server) {
        heard.set(0);
        server.emit(DIGIT);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(heard).hasValue(CLIENTS));
    }

    @Test
    void twoHundredEventSocketsLiveOnOneResourcesObject() {
        try (FakeAri server = FakeAri.asterisk22();
                PbxResources resources = PbxResources.create()) {
            List<AriClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(client(server, resources, i));
            }
            CompletableFuture.allOf(
                            clients.stream()
                                    .map(AriClient::connectAsync)
                                    .toArray(CompletableFuture[]::new))
                    .join();
            assertThatAllHear(server);

            clients.stream()
                    .map(client -> client.asterisk().pingAsync())
                    .toList()
                    .forEach(ping -> assertThat(ping.join().ping()).isEqualTo("pong"));

            server.stopListening();
            server.listenAgain();
            server.awaitSockets(2 * CLIENTS);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> clients.stream().allMatch(ManySocketsTest::isConnected));
            assertThatAllHear(server);
            clients.forEach(AriClient::close);
        }
    }

    private static boolean isConnected(AriClient client) {
        return client.status().state() == ConnectionState.CONNECTED;
    }
}
