package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.WebSocketConnection;
import io.github.pbxsdk.core.http.WebSocketHandler;
import io.github.pbxsdk.core.http.WebSocketRequest;
import io.github.pbxsdk.core.http.WebSocketTransport;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes down method and path of each request, and answers that nothing is there. */
final class RecordingTransport implements HttpTransport, WebSocketTransport {

    private final List<String> sent;

    private final String server;

    RecordingTransport(List<String> sent) {
        this(sent, "Asterisk/22.10.1");
    }

    /** Calls itself what a server or a proxy before it does. */
    RecordingTransport(List<String> sent, String server) {
        this.sent = sent;
        this.server = server;
    }

    @Override
    public CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
        sent.add(
                request.method()
                        + " "
                        + URI.create(request.url()).getPath().substring("/ari".length()));
        return CompletableFuture.completedFuture(
                HttpResponse.of(
                        404,
                        HttpHeaders.builder().add("Server", server).build(),
                        new ByteArrayInputStream(new byte[0])));
    }

    @Override
    public CompletableFuture<WebSocketConnection> connectAsync(
            WebSocketRequest request, WebSocketHandler handler) {
        return CompletableFuture.failedFuture(new IllegalStateException("nothing is opened here"));
    }
}
