package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.security.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AriCallsTest {

    private final List<String> sent = new ArrayList<>();
    private final Queue<Runnable> threads = new ArrayDeque<>();

    private AriCalls calls(AriSettings settings, PbxResources resources) {
        return AriCalls.of(
                settings,
                new AriHttp(settings, resources, new RecordingTransport(sent), FlightTap.none()),
                new AriLogin("ari", CredentialsProvider.of(TestClients.LAB), threads::add),
                resources,
                Optional::empty,
                done -> {});
    }

    @Test
    void whatWasGivenUpWhileTheCredentialsWereAskedForDoesNotLeave() {
        try (PbxResources resources = PbxResources.create();
                AriClient client =
                        AriClient.builder()
                                .baseUri("http://127.0.0.1:8088")
                                .credentials(TestClients.LAB)
                                .build()) {
            AriCalls calls = calls(client.engine().settings(), resources);
            AriCall ping = calls.begin("asterisk.ping", Operation.Access.READ, "GET");
            ping.path("asterisk");
            RootFuture<?> operation = (RootFuture<?>) calls.send(ping);

            operation.keepBack();
            threads.remove().run();

            assertThat(sent).isEmpty();
            assertThat(operation.mayHaveBeenSent()).isFalse();
            calls.close();
        }
    }
}
