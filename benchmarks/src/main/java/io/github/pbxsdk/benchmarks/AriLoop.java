package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.http.WebSocketTransport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A server in the same process: its events come without a network. */
final class AriLoop implements HttpTransport, WebSocketTransport {

    private static final String INFO =
            "{\"system\":{\"version\":\"22.10.1\",\"entity_id\":\"aa:bb:cc:dd:ee:01\"}}";

    private volatile @Nullable WebSocketHandler handler;

    void deliver(String frame) {
        WebSocketHandler connected = handler;
        if (connected == null) {
            throw new IllegalStateException("nobody is connected");
        }
        connected.onText(frame);
    }

    @Override
    public CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
        return CompletableFuture.completedFuture(
                HttpResponse.of(
                        200,
                        HttpHeaders.builder().build(),
                        new ByteArrayInputStream(INFO.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public CompletableFuture<WebSocketConnection> connectAsync(
            WebSocketRequest request, WebSocketHandler events) {
        handler = events;
        return CompletableFuture.completedFuture(new Open());
    }

    /** Takes everything and says nothing. */
    private static final class Open implements WebSocketConnection {

        @Override
        public void send(String message) {
            // Nobody is there.
        }

        @Override
        public void send(byte[] message) {
            // Nobody is there.
        }

        @Override
        public Optional<String> subprotocol() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
