package io.github.pbxsdk.core.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Asterisk closes a connection that was idle for 15 seconds, perhaps just as the next request
 * leaves. So we close it first.
 */
@Timeout(60)
class IdleHttpConnectionTest {

    private static final Duration LONG_BEFORE_ASTERISK = Duration.ofSeconds(12);

    @Test
    void isClosedByUsLongBeforeTheServerDoes() throws IOException {
        try (OkHttpTransport http = OkHttpTransport.builder().build()) {
            assertThat(idleTime(http)).isLessThan(LONG_BEFORE_ASTERISK);
        }
    }

    @Test
    void isClosedByUsOnAClientOfTheUserAsWell() throws IOException {
        try (OkHttpTransport http = OkHttpTransports.using(new OkHttpClient()).build()) {
            assertThat(idleTime(http)).isLessThan(LONG_BEFORE_ASTERISK);
        }
    }

    /** Makes a request and returns how long the server sees the connection open after it. */
    private static Duration idleTime(OkHttpTransport http) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
            CompletableFuture<HttpResponse> answer =
                    http.sendAsync(HttpRequest.builder("GET", url).build());
            try (Socket socket = server.accept()) {
                socket.setSoTimeout((int) LONG_BEFORE_ASTERISK.toMillis());
                readHead(socket.getInputStream());
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
                assertThat(answer.join().text(10)).isEqualTo("ok");
                long start = System.nanoTime();
                assertThat(socket.getInputStream().read()).isNegative();
                return Duration.ofNanos(System.nanoTime() - start);
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }
}
