package io.github.pbxsdk.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.state.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program whose main method has ended is over, whatever it did with us before. */
@Timeout(60)
class EndOfJvmTest {

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
        server.enqueue(new MockResponse.Builder().body("hello").build());
        server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Polite()).build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "leave open"})
    void comesAtOnce(String how) throws Exception {
        try (ChildProcess child =
                ChildProcess.start(Program.class, server.url("/").toString(), how)) {
            assertThat(child.readLine()).isEqualTo("hello");
            assertThat(child.readLine()).isEqualTo("main ends");

            assertThat(child.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    /** Leaves an idle HTTP connection, an open WebSocket and an alarm behind. */
    static final class Program {

        private Program() {}

        public static void main(String... arguments) {
            String url = arguments[0];
            PbxResources resources = PbxResources.create();
            resources.time().schedule(Duration.ofHours(1), () -> {});
            OkHttpTransport http = OkHttpTransport.builder().resources(resources).build();
            System.out.println(http.send(HttpRequest.builder("GET", url).build()).text(100));
            WebSocketConnection socket =
                    http.connect(
                            WebSocketRequest.builder(url.replace("http:", "ws:")).build(),
                            new Silent());
            CompletableFuture.runAsync(() -> {}, resources.executor()).join();
            if (arguments[1].equals("close")) {
                resources.close();
            } else {
                socket.send("still here");
            }
            System.out.println("main ends");
        }
    }

    /** Closes with whoever closes, so that the server can be stopped. */
    private static final class Polite extends WebSocketListener {

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(code, reason);
        }
    }

    private static final class Silent implements WebSocketHandler {

        @Override
        public void onText(String message) {}

        @Override
        public void onBinary(byte[] message) {}

        @Override
        public void onClosed(int code, String reason) {}

        @Override
        public void onFailure(PbxException failure) {}
    }
}
