package io.github.pbxsdk.core.http;

import static io.github.pbxsdk.core.http.RawWebSocketServer.BINARY;
import static io.github.pbxsdk.core.http.RawWebSocketServer.CLOSE;
import static io.github.pbxsdk.core.http.RawWebSocketServer.LAST;
import static io.github.pbxsdk.core.http.RawWebSocketServer.PING;
import static io.github.pbxsdk.core.http.RawWebSocketServer.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.time.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebSocketTest {

    private final PbxResources resources = PbxResources.create();
    private final OkHttpTransport transport =
            OkHttpTransport.builder().resources(resources).build();
    private final WebSocketProbe probe = new WebSocketProbe();
    private final List<RawWebSocketServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        resources.close();
        servers.forEach(RawWebSocketServer::close);
    }

    private RawWebSocketServer server(RawWebSocketServer.Script script) {
        RawWebSocketServer server = new RawWebSocketServer(script);
        servers.add(server);
        return server;
    }

    private RawWebSocketServer echo() {
        return server(
                (peer, head) -> {
                    peer.accept(head);
                    peer.echo();
                });
    }

    private RawWebSocketServer answering(String answer) {
        return server((peer, head) -> peer.write(answer));
    }

    private static WebSocketRequest request(RawWebSocketServer server) {
        return WebSocketRequest.builder(server.url()).build();
    }

    private WebSocketConnection connect(RawWebSocketServer server) {
        return transport.connect(request(server), probe);
    }

    private PbxException failureOf(WebSocketRequest request) {
        return catchThrowableOfType(PbxException.class, () -> transport.connect(request, probe));
    }

    @Nested
    class Messages {

        @Test
        void goAndComeInTheirOrder() throws InterruptedException {
            WebSocketConnection socket = connect(echo());
            socket.send("grüezi");
            socket.send(new byte[] {1, 2, 3});
            socket.send("x".repeat(100_000));

            assertThat(probe.next()).isEqualTo("grüezi");
            assertThat(probe.next()).isEqualTo(new byte[] {1, 2, 3});
            assertThat(probe.next()).isEqualTo("x".repeat(100_000));
        }

        @Test
        void arePutTogetherFromTheirFrames() throws InterruptedException {
            connect(
                    server(
                            (peer, head) -> {
                                peer.accept(head);
                                peer.frame(TEXT, "Event: ");
                                peer.frame(LAST | PING, "");
                                peer.frame(0, "Hang");
                                peer.frame(LAST, "up");
                                peer.frame(BINARY, new byte[] {1});
                                peer.frame(LAST, new byte[] {2});
                                peer.ignore();
                            }));

            assertThat(probe.next()).isEqualTo("Event: Hangup");
            assertThat(probe.next()).isEqualTo(new byte[] {1, 2});
        }

        @Test
        void thatAreTooLongEndTheConnectionBeforeTheyAreRead() throws InterruptedException {
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                peer.accept(head);
                                peer.frame(LAST | TEXT, "before");
                                peer.header(LAST | TEXT, 1L << 40);
                                peer.ignore();
                            });
            connect(server);

            assertThat(probe.next()).isEqualTo("before");
            assertThat(probe.nextFailure())
                    .isInstanceOf(PbxProtocolException.class)
                    .hasMessageContaining("a message of more than 16777216 bytes");
            assertThat(server.awaitEnded()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 125, 126, 4_000, 70_000})
        void mayBeExactlyAsLongAsAgreed(int size) throws InterruptedException {
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                peer.accept(head);
                                for (int i = 0; i < 3; i++) {
                                    peer.frame(LAST | BINARY, new byte[size]);
                                }
                                peer.frame(BINARY, new byte[size]);
                                peer.frame(LAST, new byte[1]);
                                peer.ignore();
                            });
            transport.connect(
                    WebSocketRequest.builder(server.url()).maxMessageBytes(size).build(), probe);

            for (int i = 0; i < 3; i++) {
                assertThat(probe.next()).isEqualTo(new byte[size]);
            }
            assertThat(probe.nextFailure())
                    .hasMessageContaining("a message of more than " + size + " bytes");
        }

        @Test
        void thatNobodyReadsEndTheConnectionWhenTooManyWait() throws Exception {
            CountDownLatch over = new CountDownLatch(1);
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                peer.accept(head);
                                await(over);
                                peer.ignore();
                            });
            WebSocketConnection socket = connect(server);
            byte[] megabyte = new byte[1024 * 1024];

            PbxConnectionException refused =
                    catchThrowableOfType(
                            PbxConnectionException.class,
                            () -> IntStream.range(0, 100).forEach(i -> socket.send(megabyte)));
            over.countDown();
            assertThat(refused.mayHaveBeenSent()).isFalse();
            assertThat(probe.nextFailure()).hasMessageContaining("reads too slowly");
            assertThatThrownBy(() -> socket.send("more"))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("is closed");
            assertThat(server.awaitEnded()).isTrue();
        }

        @Test
        void thatMakeTheHandlerFailEndTheConnection() throws InterruptedException {
            AtomicReference<PbxException> failure = new AtomicReference<>();
            CountDownLatch told = new CountDownLatch(1);
            RawWebSocketServer server = echo();
            transport
                    .connect(
                            request(server),
                            new WebSocketHandler() {
                                @Override
                                public void onText(String message) {
                                    throw new AssertionError("broken");
                                }

                                @Override
                                public void onBinary(byte[] message) {}

                                @Override
                                public void onClosed(int code, String reason) {}

                                @Override
                                public void onFailure(PbxException lost) {
                                    failure.set(lost);
                                    told.countDown();
                                }
                            })
                    .send("hello");

            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(failure.get()).hasMessageContaining("its handler failed");
            assertThat(server.awaitEnded()).isTrue();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Nested
    class Opening {

        @Test
        void sendsHeadersAndSubprotocolButNoExtension() {
            RawWebSocketServer server = echo().withHeaders("Sec-WebSocket-Protocol: ari\r\n");
            WebSocketConnection socket =
                    transport.connect(
                            WebSocketRequest.builder(server.url())
                                    .credentials(Credentials.of("user", "secret"))
                                    .addHeader("X-Tag", "1")
                                    .subprotocol("ari")
                                    .build(),
                            probe);

            assertThat(socket.subprotocol()).contains("ari");
            assertThat(server.upgrades().get(0))
                    .startsWith("GET /events?app=x&api_key=s3cret HTTP/1.1\r\n")
                    .contains("Authorization: Basic dXNlcjpzZWNyZXQ=\r\n")
                    .contains("X-Tag: 1\r\n")
                    .contains("Sec-WebSocket-Protocol: ari\r\n")
                    .doesNotContain("Sec-WebSocket-Extensions");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Sec-WebSocket-Protocol: other\r\n"})
        void failsWhenThePeerDoesNotSpeakTheSubprotocol(String header) throws Exception {
            RawWebSocketServer server = echo().withHeaders(header);

            assertThat(failureOf(WebSocketRequest.builder(server.url()).subprotocol("ari").build()))
                    .isInstanceOf(PbxProtocolException.class)
                    .hasMessageContaining("the peer does not speak ari")
                    .hasMessageNotContaining("s3cret");
            assertThat(server.awaitEnded()).isTrue();
            assertThat(probe.isEmpty()).isTrue();
        }

        @Test
        void failsWhenThePeerCompressesUnasked() {
            RawWebSocketServer server =
                    echo().withHeaders("Sec-WebSocket-Extensions: permessage-deflate\r\n");

            assertThat(failureOf(request(server)))
                    .isInstanceOf(PbxProtocolException.class)
                    .hasMessageContaining("an extension that nobody asked for");
        }

        @Test
        void tellsRefusedCredentials() {
            RawWebSocketServer server =
                    answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");

            assertThat(failureOf(request(server))).isInstanceOf(PbxAuthenticationException.class);
            assertThat(server.upgrades()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "400 Bad Request",
                    "302 Found\r\nLocation: /elsewhere",
                    "408 Request Timeout",
                    "503 Service Unavailable",
                    "503 Service Unavailable\r\nRetry-After: 0",
                    "200 OK"
                })
        void tellsAnyOtherStatusAndRepeatsNothing(String status) {
            RawWebSocketServer server =
                    answering("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");

            PbxException failure = failureOf(request(server));
            assertThat(failure).isInstanceOf(PbxRejectedException.class);
            assertThat(((PbxRejectedException) failure).code())
                    .isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(server.upgrades()).hasSize(1);
        }

        @Test
        void failsWhenThePeerHangsUp() {
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                throw new IOException("hang up");
                            });

            assertThat(failureOf(request(server)))
                    .isInstanceOf(HttpConnectionException.class)
                    .hasMessageContaining("hung up without an answer")
                    .hasMessageNotContaining("s3cret");
            assertThat(server.upgrades()).hasSize(1);
        }

        @Test
        void failsInTime() throws Exception {
            ManualTime time = ManualTime.startingAt(Instant.EPOCH);
            Duration timeout = Duration.ofMillis(200);
            CountDownLatch asked = new CountDownLatch(1);
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                asked.countDown();
                                peer.ignore();
                            });
            try (PbxResources manual = PbxResources.builder().time(time).build();
                    OkHttpTransport hasty = OkHttpTransport.builder().resources(manual).build()) {
                CompletableFuture<WebSocketConnection> opening =
                        hasty.connectAsync(
                                WebSocketRequest.builder(server.url()).timeout(timeout).build(),
                                probe);
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
                time.advance(timeout);

                assertThatThrownBy(opening::join)
                        .hasCauseInstanceOf(PbxTimeoutException.class)
                        .hasMessageContaining("no answer within 200 ms");
                assertThat(server.awaitEnded()).isTrue();
            }
        }

        @Test
        void canBeCancelled() throws Exception {
            CountDownLatch asked = new CountDownLatch(1);
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                asked.countDown();
                                peer.ignore();
                            });
            CompletableFuture<WebSocketConnection> opening =
                    transport.connectAsync(request(server), probe);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            opening.cancel(true);

            assertThat(server.awaitEnded()).isTrue();
            assertThat(probe.isEmpty()).isTrue();
        }

        @Test
        void canBeInterrupted() throws Exception {
            Thread waiting = Thread.currentThread();
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                waiting.interrupt();
                                peer.ignore();
                            });

            assertThatThrownBy(() -> connect(server)).isInstanceOf(PbxInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(server.awaitEnded()).isTrue();
        }

        @Test
        void failsLoudlyWhenAnInterceptorOfTheUserRepeats() {
            RawWebSocketServer server =
                    answering("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n");
            OkHttpTransport repeating =
                    OkHttpTransports.using(
                                    new OkHttpClient.Builder()
                                            .addInterceptor(
                                                    chain -> {
                                                        chain.proceed(chain.request()).close();
                                                        return chain.proceed(chain.request());
                                                    })
                                            .build())
                            .resources(resources)
                            .build();

            assertThatThrownBy(() -> repeating.connect(request(server), probe))
                    .isInstanceOf(HttpConnectionException.class)
                    .hasMessageContaining("an interceptor asked for a second request");
            assertThat(server.upgrades()).hasSize(1);
        }
    }

    @Nested
    class Ending {

        @Test
        void isPoliteAndRepeatable() throws InterruptedException {
            WebSocketConnection socket = connect(echo());
            socket.send("last words");
            socket.close();
            socket.close();

            assertThat(probe.next()).isEqualTo("last words");
            assertThat(probe.next()).isEqualTo("closed 1000 ");
            socket.close();
            assertThatThrownBy(() -> socket.send("too late"))
                    .isInstanceOf(PbxConnectionException.class);
        }

        @Test
        void comesAlsoWhenThePeerDoesNotAgree() throws InterruptedException {
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                peer.accept(head);
                                peer.ignore();
                            });
            connect(server).close();

            assertThat(probe.next()).isEqualTo("closed 1006 ");
            assertThat(server.awaitEnded()).isTrue();
        }

        @Test
        void canComeFromThePeer() throws InterruptedException {
            connect(
                    server(
                            (peer, head) -> {
                                peer.accept(head);
                                peer.frame(LAST | CLOSE, new byte[] {0x03, (byte) 0xe9, 'b'});
                                peer.read();
                                throw new IOException("done");
                            }));

            assertThat(probe.next()).isEqualTo("closed 1001 b");
        }

        @Test
        void withoutACloseFrameIsALoss() throws InterruptedException {
            connect(
                    server(
                            (peer, head) -> {
                                peer.accept(head);
                                throw new IOException("pull the plug");
                            }));

            PbxException failure = probe.nextFailure();
            assertThat(failure)
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("the connection was lost")
                    .hasMessageNotContaining("s3cret");
            assertThat(failure.mayHaveBeenSent()).isTrue();
        }

        @Test
        void comesWhenAPingGetsNoAnswer() throws InterruptedException {
            RawWebSocketServer server =
                    server(
                            (peer, head) -> {
                                peer.accept(head);
                                peer.ignore();
                            });
            transport.connect(
                    WebSocketRequest.builder(server.url())
                            .pingInterval(Duration.ofMillis(200))
                            .build(),
                    probe);

            assertThat(probe.nextFailure()).hasMessageContaining("answers no ping");
            assertThat(server.awaitEnded()).isTrue();
        }

        @Test
        void comesWithTheResources() throws InterruptedException {
            RawWebSocketServer server = echo();
            connect(server);
            resources.close();

            assertThat(probe.next()).asString().startsWith("closed ");
            assertThat(server.awaitEnded()).isTrue();
            assertThat(probe.isEmpty()).isTrue();
        }
    }

    @Test
    void thatOpenFasterThanTheirThreadGoesOnStayOpen() throws Exception {
        RawWebSocketServer server = echo();
        for (int i = 0; i < 1_000; i++) {
            WebSocketProbe each = new WebSocketProbe();
            WebSocketConnection socket =
                    transport.connectAsync(request(server), each).get(30, TimeUnit.SECONDS);
            socket.send("still open " + i);
            assertThat(each.next()).isEqualTo("still open " + i);
            socket.close();
        }
    }

    @Test
    void twoHundredOpenOnesLeaveHttpCallsAlone() throws Exception {
        RawWebSocketServer server = echo();
        List<WebSocketProbe> probes = new ArrayList<>();
        List<CompletableFuture<WebSocketConnection>> opening = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            WebSocketProbe each = new WebSocketProbe();
            probes.add(each);
            opening.add(transport.connectAsync(request(server), each));
        }
        for (CompletableFuture<WebSocketConnection> each : opening) {
            each.get(30, TimeUnit.SECONDS);
        }

        try (MockWebServer http = new MockWebServer()) {
            http.start();
            for (int i = 0; i < 50; i++) {
                http.enqueue(new MockResponse.Builder().body("answer").build());
            }
            for (int i = 0; i < 50; i++) {
                HttpRequest get = HttpRequest.builder("GET", http.url("/").toString()).build();
                assertThat(transport.send(get).text(100)).isEqualTo("answer");
            }
        }
        for (int i = 0; i < 200; i++) {
            opening.get(i).get().send("still open " + i);
            assertThat(probes.get(i).next()).isEqualTo("still open " + i);
        }
    }
}
