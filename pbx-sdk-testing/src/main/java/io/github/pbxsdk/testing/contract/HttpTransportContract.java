package io.github.pbxsdk.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpFailure;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What every {@link HttpTransport} must keep to, as tests.
 *
 * <pre>{@code
 * class OurTransportTest implements HttpTransportContract {
 *
 *     @Override
 *     public HttpTransport transport() {
 *         return new OurTransport();
 *     }
 * }
 * }</pre>
 *
 * <p>The peer is a bare socket on loopback that counts requests and connections. Each test takes
 * some milliseconds.
 */
// JUnit stays optional: whoever runs a contract has it, others need not.
@SuppressWarnings("exports")
public interface HttpTransportContract {

    /**
     * Returns a transport for one test, which closes it when it is {@link AutoCloseable}.
     *
     * <p>It sends plain http to 127.0.0.1, and lets the timeouts of requests hold.
     */
    HttpTransport transport();

    /** One call is one request, also when the peer hangs up on a fresh connection. */
    @Test
    default void sendsOneRequestOnAFreshConnectionThatIsDropped() throws Exception {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            try (WireServer server = WireServer.start((request, peer) -> peer.hangUp());
                    Subject http = new Subject(transport())) {
                PbxException failure = http.failureOf(request(method, server.url("/call")));

                assertEquals(1, server.requests().size(), method + " must not be repeated");
                assertSent(failure, method + " reached the peer");
            }
        }
    }

    /** One call is one request, also when the peer hangs up on a connection used before. */
    @Test
    default void sendsOneRequestOnAReusedConnectionThatIsDropped() throws Exception {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            try (WireServer server = WireServer.start(HttpTransportContract::hangUpAtTheSecond);
                    Subject http = new Subject(transport())) {
                http.text(request("GET", server.url("/first")));
                PbxException failure = http.failureOf(request(method, server.url("/second")));

                assertEquals(
                        1,
                        server.requests().stream()
                                .filter(seen -> seen.requestLine().contains("/second"))
                                .count(),
                        method + " on a reused connection must not be repeated");
                assertSent(failure, method + " reached the peer");
            }
        }
    }

    private static void hangUpAtTheSecond(WireServer.Seen request, WireServer.Connection peer)
            throws IOException {
        if (request.requestLine().contains("/second")) {
            peer.hangUp();
        }
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    /** No status makes a transport try again by itself, and no header of the answer is lost. */
    @Test
    default void repeatsNothingAfterAnyStatus() throws Exception {
        for (String answer :
                List.of(
                        "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"pbx\"",
                        "408 Request Timeout\r\nConnection: close",
                        "421 Misdirected Request",
                        "425 Too Early",
                        "429 Too Many Requests\r\nRetry-After: 0",
                        "500 Internal Server Error",
                        "503 Service Unavailable\r\nRetry-After: 0",
                        "504 Gateway Timeout")) {
            for (String method : List.of("GET", "POST")) {
                repeatsNothingAfter(answer, method);
            }
        }
    }

    private void repeatsNothingAfter(String answer, String method) throws Exception {
        String head = "HTTP/1.1 " + answer + "\r\nContent-Length: 4";
        try (WireServer server = WireServer.answering(head, "body");
                Subject http = new Subject(transport());
                HttpResponse response = http.send(request(method, server.url("/call")))) {
            assertEquals(answer.substring(0, 3), String.valueOf(response.status()));
            assertEquals(
                    answer.contains("Retry-After"),
                    response.headers().contains("Retry-After"),
                    "headers of " + answer);
            assertEquals("body", response.text(100), "body of " + answer);
            assertEquals(1, server.requests().size(), method + " answered " + answer);
        }
    }

    /** Redirects are answers; whoever they point to hears nothing, least of all credentials. */
    @Test
    default void followsNoRedirectAndKeepsCredentialsFromOtherHosts() throws Exception {
        for (String status : List.of("301", "302", "303", "307", "308")) {
            try (WireServer other = WireServer.answering("HTTP/1.1 200 OK", "");
                    WireServer server =
                            WireServer.answering(
                                    "HTTP/1.1 "
                                            + status
                                            + " Elsewhere\r\nContent-Length: 0\r\nLocation: "
                                            + other.url("/stolen"),
                                    "");
                    Subject http = new Subject(transport());
                    HttpResponse response =
                            http.send(
                                    HttpRequest.builder("GET", server.url("/call"))
                                            .credentials(Credentials.of("user", "secret"))
                                            .build())) {
                assertEquals(status, String.valueOf(response.status()));
                assertEquals(0, other.connections(), status + " was followed to another host");
                assertEquals(1, server.requests().size());
            }
        }
    }

    /** Credentials go out with the first request; nobody has to ask for them. */
    @Test
    default void sendsCredentialsAtOnce() throws Exception {
        try (WireServer server = WireServer.answering("HTTP/1.1 204 No Content", "");
                Subject http = new Subject(transport())) {
            http.text(
                    HttpRequest.builder("GET", server.url("/"))
                            .credentials(Credentials.of("user", "secret"))
                            .build());

            assertEquals(
                    List.of("Basic dXNlcjpzZWNyZXQ="),
                    server.requests().get(0).headers("Authorization"));
        }
    }

    /** URL, method, headers and body arrive as they were given. */
    @Test
    default void sendsWhatItWasGiven() throws Exception {
        String target = "/ari/a%2Fb/%2B61?x=%20&empty=&y=a+b%26";
        try (WireServer server = WireServer.answering("HTTP/1.1 204 No Content", "");
                Subject http = new Subject(transport())) {
            http.text(
                    HttpRequest.builder("POST", server.url(target))
                            .addHeader("X-Tag", "one")
                            .addHeader("X-Tag", "two")
                            .body(HttpBody.text("{\"a\":\"ü\"}", "application/json"))
                            .build());

            WireServer.Seen seen = server.requests().get(0);
            assertEquals("POST " + target + " HTTP/1.1", seen.requestLine());
            assertEquals(List.of("one", "two"), seen.headers("X-Tag"));
            assertEquals(List.of("application/json"), seen.headers("Content-Type"));
            assertEquals(List.of("10"), seen.headers("Content-Length"));
            assertEquals("{\"a\":\"ü\"}", seen.body());
        }
    }

    /** Status, repeated headers and body come in as they were sent, compression included. */
    @Test
    default void receivesWhatWasSent() throws Exception {
        String head =
                "HTTP/1.1 404 Not Found\r\nContent-Encoding: gzip\r\nX-Tag: one\r\nX-Tag: two"
                        + "\r\nContent-Length: 8";
        try (WireServer server = WireServer.answering(head, "not gzip");
                Subject http = new Subject(transport());
                HttpResponse response = http.send(request("GET", server.url("/")))) {
            assertEquals(404, response.status());
            assertEquals(List.of("one", "two"), response.headers().list("x-tag"));
            assertEquals("not gzip", response.text(100));
        }
    }

    /** An answer is handed over while it comes in, not when it is complete. */
    @Test
    default void streamsALargeAnswer() throws Exception {
        int chunk = 256 * 1024;
        int chunks = 64;
        Semaphore wanted = new Semaphore(0);
        try (WireServer server =
                        WireServer.start(
                                (request, peer) -> {
                                    peer.write(
                                            "HTTP/1.1 200 OK\r\nContent-Length: "
                                                    + (long) chunk * chunks
                                                    + "\r\n\r\n");
                                    for (int i = 0; i < chunks; i++) {
                                        take(wanted);
                                        peer.write(new byte[chunk]);
                                    }
                                });
                Subject http = new Subject(transport());
                HttpResponse response = http.send(request("GET", server.url("/")))) {
            for (int i = 0; i < chunks; i++) {
                // The next part is sent only now: whoever waits for the end waits for ever.
                wanted.release();
                assertEquals(chunk, response.body().readNBytes(chunk).length);
            }
            assertEquals(-1, response.body().read());
        }
    }

    /** A request is read from its source as fast as the peer takes it, and not held in memory. */
    @Test
    default void streamsALargeRequest() throws Exception {
        long length = 64L * 1024 * 1024;
        long most = 24L * 1024 * 1024;
        AtomicLong given = new AtomicLong();
        AtomicLong ahead = new AtomicLong();
        try (WireServer server =
                        WireServer.start(
                                (request, peer) -> {
                                    for (long read = 0; read < length; read += 1 << 16) {
                                        peer.read(1 << 16);
                                        long lead = given.get() - read;
                                        ahead.accumulateAndGet(lead, Math::max);
                                    }
                                    peer.write("HTTP/1.1 204 No Content\r\n\r\n");
                                });
                Subject http = new Subject(transport());
                HttpResponse response =
                        http.send(
                                HttpRequest.builder("POST", server.url("/"))
                                        .body(
                                                HttpBody.stream(
                                                        length,
                                                        "application/octet-stream",
                                                        () -> new Zeros(given)))
                                        .build())) {
            assertEquals(204, response.status());
            assertEquals(length, given.get());
            assertTrue(ahead.get() <= most, "read ahead by " + ahead.get() + " bytes");
        }
    }

    /** An answer that ends before its announced end is a failure, never a shorter answer. */
    @Test
    default void reportsATruncatedAnswer() throws Exception {
        for (String head :
                List.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nonly this\r\n")) {
            try (WireServer server =
                            WireServer.start(
                                    (request, peer) -> {
                                        peer.write(head);
                                        peer.hangUp();
                                    });
                    Subject http = new Subject(transport());
                    HttpResponse response = http.send(request("GET", server.url("/")))) {
                PbxException failure =
                        assertThrows(PbxException.class, () -> response.bytes(1000), head);
                assertSent(failure, "a truncated answer");
            }
        }
    }

    /** Closing an answer that is not read to its end does not read on for ever. */
    @Test
    default void closingAnAnswerEarlyEndsTheConnection() throws Exception {
        try (WireServer server =
                        WireServer.start(
                                (request, peer) -> {
                                    peer.write(
                                            "HTTP/1.1 200 OK\r\nContent-Length: 100000000000"
                                                    + "\r\n\r\n");
                                    while (true) {
                                        peer.write(new byte[65_536]);
                                    }
                                });
                Subject http = new Subject(transport())) {
            http.send(request("GET", server.url("/"))).close();

            server.awaitEnd();
        }
    }

    /** Cancelling the future closes the connection, so that the peer can stop working. */
    @Test
    default void cancelReachesTheWire() throws Exception {
        try (WireServer server = WireServer.silent();
                Subject http = new Subject(transport())) {
            CompletableFuture<HttpResponse> answer =
                    http.sendAsync(request("POST", server.url("/")));
            server.awaitRequest();
            assertTrue(answer.cancel(true));

            server.awaitEnd();
            assertEquals(1, server.requests().size());
        }
    }

    /** Interrupting the thread that waits in the blocking door does so too. */
    @Test
    default void interruptReachesTheWire() throws Exception {
        try (WireServer server = WireServer.silent();
                Subject http = new Subject(transport())) {
            Thread waiting = Thread.currentThread();
            Thread interrupter =
                    new Thread(
                            () -> {
                                server.awaitRequest();
                                waiting.interrupt();
                            });
            interrupter.start();

            assertInstanceOf(
                    PbxInterruptedException.class,
                    http.failureOf(request("POST", server.url("/"))));
            assertTrue(Thread.interrupted(), "the interrupt flag is set again");
            server.awaitEnd();
            interrupter.join();
        }
    }

    /** A request that gets no answer in time fails, and its connection ends. */
    @Test
    default void timeoutReachesTheWire() throws Exception {
        try (WireServer server = WireServer.silent();
                Subject http = new Subject(transport())) {
            PbxException failure =
                    http.failureOf(
                            HttpRequest.builder("POST", server.url("/"))
                                    .timeout(Duration.ofMillis(300))
                                    .build());

            assertInstanceOf(PbxTimeoutException.class, failure);
            assertSent(failure, "a request without an answer");
            server.awaitEnd();
            assertEquals(1, server.requests().size());
        }
    }

    /** What never reached a peer says so, and can be repeated without a second thought. */
    @Test
    default void saysThatNothingWasSentWhenNothingWas() throws Exception {
        String url = "http://127.0.0.1:" + WireServer.closedPort() + "/";
        try (Subject http = new Subject(transport())) {
            PbxException failure = http.failureOf(request("POST", url));

            assertInstanceOf(HttpFailure.class, failure);
            assertEquals(0, ((HttpFailure) failure).bytesSent());
            assertFalse(failure.mayHaveBeenSent());
        }
    }

    private static HttpRequest request(String method, String url) {
        HttpRequest.Builder request =
                HttpRequest.builder(method, url).timeout(Duration.ofSeconds(10));
        boolean body = method.equals("POST") || method.equals("PUT");
        return (body ? request.body(HttpBody.text("hello", "text/plain")) : request).build();
    }

    private static void assertSent(PbxException failure, String what) {
        assertInstanceOf(HttpFailure.class, failure, what);
        assertTrue(((HttpFailure) failure).bytesSent() > 0, what + ": bytesSent()");
        assertTrue(failure.mayHaveBeenSent(), what + ": mayHaveBeenSent()");
    }

    private static void take(Semaphore permits) throws IOException {
        try {
            if (!permits.tryAcquire(10, TimeUnit.SECONDS)) {
                throw new IOException("the client does not read on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
