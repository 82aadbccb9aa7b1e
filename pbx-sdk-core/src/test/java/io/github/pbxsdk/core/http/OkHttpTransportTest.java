package io.github.pbxsdk.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxResources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OkHttpTransportTest {

    private final MockWebServer server = new MockWebServer();
    private final PbxResources resources = PbxResources.create();
    private final OkHttpTransport http = OkHttpTransport.builder().resources(resources).build();

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void close() {
        resources.close();
        server.close();
    }

    private String url(String target) {
        return "http://127.0.0.1:" + server.getPort() + target;
    }

    private HttpRequest get(String target) {
        return HttpRequest.builder("GET", url(target)).build();
    }

    private HttpRequest post(String text) {
        return HttpRequest.builder("POST", url("/"))
                .body(HttpBody.text(text, "text/plain"))
                .build();
    }

    private static MockResponse ok(String body) {
        return new MockResponse.Builder().body(body).build();
    }

    private static MockResponse dropped() {
        return new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build();
    }

    @Test
    void addsNothingToARequestButWhatHttpNeeds() throws InterruptedException {
        server.enqueue(ok(""));
        http.send(get("/")).close();

        RecordedRequest seen = server.takeRequest();
        assertThat(seen.getHeaders().names())
                .containsExactlyInAnyOrder("Accept-Encoding", "Connection", "Host", "User-Agent");
        assertThat(seen.getHeaders().get("User-Agent")).isEqualTo("pbx-sdk");
        assertThat(seen.getHeaders().get("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void usesAConnectionAgainAfterAnAnswerThatWasRead() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            server.enqueue(ok("answer " + i));
            assertThat(http.send(get("/")).text(100)).isEqualTo("answer " + i);
        }

        server.takeRequest();
        server.takeRequest();
        assertThat(server.takeRequest().getExchangeIndex()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "/a?x='1'", "/a|b", "/%2e%2e/b"})
    void refusesAUrlThatItWouldHaveToChange(String target) {
        assertThatThrownBy(() -> http.send(get(target)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the URL cannot be sent as it is");
        assertThat(server.getRequestCount()).isZero();
    }

    @Nested
    class Failures {

        @Test
        void nameTheHostThatRefuses() throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            HttpRequest request =
                    HttpRequest.builder("GET", "http://127.0.0.1:" + port + "/x?key=s3cret")
                            .build();

            assertThatThrownBy(() -> http.send(request))
                    .isInstanceOf(HttpConnectionException.class)
                    .hasMessage(
                            "GET http://127.0.0.1:%1$d/x?…: 127.0.0.1:%1$d refuses connections; is"
                                    + " the service on, and this its port?",
                            port);
        }

        @Test
        void nameTheHostThatNobodyKnows() {
            OkHttpTransport lost =
                    OkHttpTransports.using(
                                    new OkHttpClient.Builder().dns(name -> unknown(name)).build())
                            .resources(resources)
                            .build();

            assertThatThrownBy(
                            () ->
                                    lost.send(
                                            HttpRequest.builder("GET", "http://pbx.invalid/")
                                                    .build()))
                    .isInstanceOf(HttpConnectionException.class)
                    .hasMessage(
                            "GET http://pbx.invalid/: no address is known for the host pbx.invalid;"
                                    + " is the name right?");
        }

        private static List<InetAddress> unknown(String name) throws UnknownHostException {
            throw new UnknownHostException(name);
        }

        @Test
        void nameTheHostThatHangsUp() {
            server.enqueue(dropped());

            HttpConnectionException failure =
                    catchThrowableOfType(
                            HttpConnectionException.class, () -> http.send(post("hello")));
            assertThat(failure)
                    .hasMessageEndingWith(
                            "hung up without an answer; what was sent may have been carried out");
            assertThat(failure.bytesSent()).isGreaterThan("POST / HTTP/1.1\r\nhello".length());
        }

        @Test
        void nameTheHostThatDoesNotSpeakHttp() throws Exception {
            try (OneLineServer telnet = new OneLineServer("Asterisk Call Manager/9.0.0\r\n")) {
                assertThatThrownBy(
                                () -> http.send(HttpRequest.builder("GET", telnet.url()).build()))
                        .isInstanceOf(HttpProtocolException.class)
                        .hasMessageContaining("did not answer in HTTP")
                        .hasMessageContaining("Asterisk Call Manager");
            }
        }

        @Test
        void nameTheBodyThatIsShorterThanItSaid() {
            HttpRequest request =
                    HttpRequest.builder("POST", url("/"))
                            .body(
                                    HttpBody.stream(
                                            10,
                                            "text/plain",
                                            () -> new ByteArrayInputStream(new byte[4])))
                            .build();

            assertThatThrownBy(() -> http.send(request))
                    .isInstanceOf(HttpConnectionException.class)
                    .hasMessageContaining("the body ended 6 bytes short of the 10 it was said");
        }

        @Test
        void nameTheBodyThatCannotBeRead() {
            HttpRequest request =
                    HttpRequest.builder("POST", url("/"))
                            .body(
                                    HttpBody.stream(
                                            10,
                                            "text/plain",
                                            () -> {
                                                throw new IOException("disk gone");
                                            }))
                            .build();

            assertThatThrownBy(() -> http.send(request))
                    .isInstanceOf(HttpConnectionException.class)
                    .hasMessageContaining("the body cannot be opened: disk gone");
        }

        @Test
        void nameThePeerThatFallsSilentWithinAnAnswer() {
            server.enqueue(
                    new MockResponse.Builder()
                            .body("x".repeat(1000))
                            .throttleBody(100, 1, TimeUnit.HOURS)
                            .build());
            OkHttpTransport impatient =
                    OkHttpTransport.builder()
                            .resources(resources)
                            .idleTimeout(Duration.ofMillis(200))
                            .build();

            assertThatThrownBy(() -> impatient.send(get("/")).text(10_000))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("fell silent within the answer after 100 bytes");
        }
    }

    @Test
    void triesAllAddressesOfAHost() {
        server.enqueue(ok("reached"));
        OkHttpTransport several =
                OkHttpTransports.using(
                                new OkHttpClient.Builder()
                                        .dns(
                                                name ->
                                                        List.of(
                                                                InetAddress.getByAddress(
                                                                        new byte[] {127, 0, 0, 9}),
                                                                InetAddress.getLoopbackAddress()))
                                        .build())
                        .resources(resources)
                        .build();

        HttpRequest request =
                HttpRequest.builder("POST", "http://pbx.test:" + server.getPort() + "/").build();
        assertThat(several.send(request).text(100)).isEqualTo("reached");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void closingItFailsWhatIsUnderWayAndLeavesTheResourcesAlone() {
        server.enqueue(
                new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
        server.enqueue(ok("still there"));
        CompletableFuture<HttpResponse> pending = http.sendAsync(get("/"));
        await().until(() -> server.getRequestCount() == 1);
        http.close();
        http.close();

        assertThatThrownBy(pending::join)
                .hasCauseInstanceOf(HttpConnectionException.class)
                .hasMessageContaining("the transport was closed meanwhile");
        assertThatThrownBy(() -> http.send(get("/")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        OkHttpTransport other = OkHttpTransport.builder().resources(resources).build();
        assertThat(other.send(get("/")).text(100)).isEqualTo("still there");
    }

    @Test
    void aBlockingCallInAContinuationNeedsNoOtherThreadOfTheUser() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        ExecutorService onlyThread = Executors.newSingleThreadExecutor();
        try (PbxResources single = PbxResources.builder().executor(onlyThread).build()) {
            server.enqueue(ok("first"));
            server.enqueue(ok("second"));
            OkHttpTransport transport = OkHttpTransport.builder().resources(single).build();
            transport
                    .sendAsync(get("/"))
                    .thenAccept(
                            first ->
                                    seen.complete(
                                            first.text(10) + transport.send(get("/")).text(10)));

            assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo("firstsecond");
        } finally {
            onlyThread.shutdownNow();
        }
    }

    @Nested
    class ClientsOfTheUser {

        private HttpTransport using(Consumer<OkHttpClient.Builder> settings) {
            OkHttpClient.Builder builder = new OkHttpClient.Builder();
            settings.accept(builder);
            return OkHttpTransports.using(builder.build()).resources(resources).build();
        }

        @Test
        void keepTheirInterceptors() throws InterruptedException {
            server.enqueue(ok(""));
            using(
                            builder ->
                                    builder.addInterceptor(
                                            chain ->
                                                    chain.proceed(
                                                            chain.request()
                                                                    .newBuilder()
                                                                    .header("X-Trace", "1")
                                                                    .build())))
                    .send(get("/"))
                    .close();

            assertThat(server.takeRequest().getHeaders().get("X-Trace")).isEqualTo("1");
        }

        @Test
        void failLoudlyWhenAnInterceptorRepeatsARequest() {
            server.enqueue(new MockResponse.Builder().code(500).build());
            server.enqueue(ok("second"));
            HttpTransport transport = using(builder -> builder.addInterceptor(this::retry));

            assertThatThrownBy(() -> transport.send(post("once")))
                    .isInstanceOf(HttpConnectionException.class)
                    .hasMessageContaining("an interceptor asked for a second request");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        private Response retry(Interceptor.Chain chain) throws IOException {
            Response first = chain.proceed(chain.request());
            first.close();
            return chain.proceed(chain.request());
        }

        @Test
        void failLoudlyWhenAnInterceptorRepeatsADroppedRequest() {
            server.enqueue(dropped());
            server.enqueue(ok("second"));
            HttpTransport transport =
                    using(
                            builder ->
                                    builder.addInterceptor(
                                            chain -> {
                                                try {
                                                    return chain.proceed(chain.request());
                                                } catch (IOException e) {
                                                    return chain.proceed(chain.request());
                                                }
                                            }));

            assertThatThrownBy(() -> transport.send(get("/")))
                    .hasMessageContaining("an interceptor asked for a second request");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void failLoudlyWhenAnInterceptorTurnsToAnotherHost() throws IOException {
            try (MockWebServer other = new MockWebServer()) {
                other.start(InetAddress.getLoopbackAddress(), 0);
                HttpUrl elsewhere = other.url("/stolen");
                HttpTransport transport =
                        using(
                                builder ->
                                        builder.addInterceptor(
                                                chain ->
                                                        chain.proceed(
                                                                chain.request()
                                                                        .newBuilder()
                                                                        .url(elsewhere)
                                                                        .build())));

                assertThatThrownBy(() -> transport.send(get("/")))
                        .isInstanceOf(HttpConnectionException.class)
                        .hasMessageContaining("an interceptor asked for another host");
                assertThat(other.getRequestCount()).isZero();
            }
        }

        @Test
        void failLoudlyWhenAnInterceptorThrows() {
            HttpTransport transport =
                    using(
                            builder ->
                                    builder.addInterceptor(
                                            chain -> {
                                                throw new IllegalStateException("broken");
                                            }));

            assertThatThrownBy(() -> transport.send(get("/")))
                    .isInstanceOf(HttpConnectionException.class)
                    .hasMessageContaining("an interceptor failed")
                    .hasMessageContaining("nothing was sent");
        }

        @Test
        void neitherFollowNorLogInNorKeepCookies() {
            server.enqueue(
                    new MockResponse.Builder()
                            .code(302)
                            .addHeader("Location", "/elsewhere")
                            .addHeader("Set-Cookie", "a=b")
                            .build());
            server.enqueue(
                    new MockResponse.Builder()
                            .code(401)
                            .addHeader("WWW-Authenticate", "Basic realm=\"x\"")
                            .build());
            HttpTransport transport =
                    using(
                            builder ->
                                    builder.followRedirects(true)
                                            .cookieJar(refusingJar())
                                            .authenticator(
                                                    (route, response) ->
                                                            response.request()
                                                                    .newBuilder()
                                                                    .header("Authorization", "x")
                                                                    .build()));

            try (HttpResponse redirect = transport.send(get("/"))) {
                assertThat(redirect.status()).isEqualTo(302);
            }
            try (HttpResponse unauthorized = transport.send(get("/"))) {
                assertThat(unauthorized.status()).isEqualTo(401);
            }
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        private CookieJar refusingJar() {
            return new CookieJar() {
                @Override
                public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
                    throw new AssertionError("cookies are not kept");
                }

                @Override
                public List<Cookie> loadForRequest(HttpUrl url) {
                    throw new AssertionError("cookies are not sent");
                }
            };
        }

        @Test
        void keepTheirOwnTimeouts() {
            server.enqueue(
                    new MockResponse.Builder()
                            .onResponseStart(SocketEffect.Stall.INSTANCE)
                            .build());
            HttpTransport transport = using(builder -> builder.callTimeout(Duration.ofSeconds(1)));

            assertThatThrownBy(() -> transport.send(get("/")))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("no answer in time");
        }
    }
}
