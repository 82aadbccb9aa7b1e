package io.github.pbxsdk.testing.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import java.util.concurrent.CompletableFuture;

/** The transport under test, closed at the end of a test if it can be. */
final class Subject implements AutoCloseable {

    private final HttpTransport transport;

    Subject(HttpTransport transport) {
        this.transport = transport;
    }

    HttpResponse send(HttpRequest request) {
        return transport.send(request);
    }

    CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
        return transport.sendAsync(request);
    }

    String text(HttpRequest request) {
        return transport.send(request).text(1_000_000);
    }

    PbxException failureOf(HttpRequest request) {
        return assertThrows(PbxException.class, () -> transport.send(request).close());
    }

    @Override
    public void close() {
        if (transport instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new AssertionError("the transport cannot be closed", e);
            }
        }
    }
}
