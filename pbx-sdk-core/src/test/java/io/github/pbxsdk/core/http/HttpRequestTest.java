package io.github.pbxsdk.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.pbxsdk.core.Credentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {

    private static final Credentials SECRET = Credentials.of("user", "s3cret");

    @Test
    void keepsTheUrlAsItWasGiven() {
        String url = "HTTPS://PBX.example.com:8089/ari/a%2Fb?x=%2b&empty=";

        assertThat(HttpRequest.builder("GET", url).build().url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pbx.example.com",
                "ftp://pbx.example.com/",
                "ws://pbx.example.com/",
                "http://",
                "http://user:s3cret@pbx.example.com/?token=s3cret",
                "http://good.example.com\\@evil.example.com/?token=s3cret",
                "http://pbx.example.com/#s3cret-fragment",
                "http://pbx.example.com:99999/?token=s3cret",
                "http://pbx.example.com/a b?token=s3cret",
                "http://pbx.example.com/ü?token=s3cret",
                "http://pbx.example.com/\r\nX-Injected: 1?token=s3cret"
            })
    void refusesWhatIsNoUrlAndShowsNoSecretOfIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpRequest.builder("GET", url))
                .withMessageNotContaining("token=s3cret")
                .withMessageNotContaining("user:s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "GET /", "GET\r\n"})
    void refusesWhatIsNoMethod(String method) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpRequest.builder(method, "http://localhost/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\0b", "über"})
    void refusesHeadersThatDoNotFitIntoOneLineAndDoesNotShowThem(String value) {
        HttpRequest.Builder request = HttpRequest.builder("GET", "http://localhost/");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> request.addHeader("X-Tag", value))
                .withMessageContaining("X-Tag")
                .withMessageNotContaining(value);
        assertThatIllegalArgumentException().isThrownBy(() -> request.bearer(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Tag", "X:", "X\n", "Ü"})
    void refusesWhatIsNoNameOfAHeader(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> HttpRequest.builder("GET", "http://localhost/").addHeader(name, "1"));
    }

    @Test
    void showsNeitherHeadersNorQueryNorBody() {
        HttpRequest request =
                HttpRequest.builder("POST", "https://pbx.example.com/api/sms?password=s3cret")
                        .credentials(SECRET)
                        .addHeader("Cookie", "session=s3cret")
                        .body(HttpBody.text("s3cret", "text/plain"))
                        .build();

        assertThat(request).hasToString("POST https://pbx.example.com/api/sms?…");
        assertThat(request.headers().toString()).isEqualTo("HttpHeaders[Authorization, Cookie]");
        assertThat(request.body()).hasToString("HttpBody[text/plain, 6 bytes]");
    }

    @Test
    void refusesABodyWhereThereIsNone() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                HttpRequest.builder("GET", "http://localhost/")
                                        .body(HttpBody.text("x", "text/plain"))
                                        .build())
                .withMessage("a GET carries no body(...)");
    }

    @Test
    void refusesATimeoutThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                HttpRequest.builder("GET", "http://localhost/")
                                        .timeout(Duration.ZERO))
                .withMessageContaining("timeout(...)");
    }

    @Nested
    class Plaintext {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://pbx.example.com/",
                    "http://10.0.0.7:8088/ari",
                    "http://127.0.0.1.example.com/",
                    "http://localhost.example.com/",
                    "http://[fe80::1]/"
                })
        void keepsCredentialsFromOtherHosts(String url) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> HttpRequest.builder("GET", url).credentials(SECRET).build())
                    .withMessageContaining("in clear text")
                    .withMessageContaining("allowPlaintext()");
            assertThatIllegalStateException()
                    .isThrownBy(() -> HttpRequest.builder("GET", url).bearer("token").build());
            assertThatIllegalStateException()
                    .isThrownBy(
                            () ->
                                    HttpRequest.builder("GET", url)
                                            .addHeader("cookie", "session=1")
                                            .build());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost:8088/",
                    "http://127.0.0.1/",
                    "http://127.8.8.8/",
                    "http://[::1]:8088/",
                    "https://pbx.example.com/"
                })
        void isNoMatterOnThisMachineAndOverTls(String url) {
            HttpRequest request = HttpRequest.builder("GET", url).credentials(SECRET).build();

            assertThat(request.headers().find("authorization")).contains("Basic dXNlcjpzM2NyZXQ=");
        }

        @Test
        void canBeAllowed() {
            HttpRequest request =
                    HttpRequest.builder("GET", "http://10.0.0.7/")
                            .credentials(SECRET)
                            .allowPlaintext()
                            .build();

            assertThat(request.headers().contains("Authorization")).isTrue();
        }

        @Test
        void keepsCredentialsOffWebSocketsToo() {
            assertThatIllegalStateException()
                    .isThrownBy(
                            () ->
                                    WebSocketRequest.builder("ws://pbx.example.com/ari/events")
                                            .credentials(SECRET)
                                            .build())
                    .withMessageContaining("allowPlaintext()");
        }
    }

    @Nested
    class Headers {

        private final HttpHeaders headers =
                HttpHeaders.builder()
                        .add("X-Tag", "1")
                        .add("Date", "now")
                        .add("x-tag", "2")
                        .build();

        @Test
        void areFoundWithoutRegardToCase() {
            assertThat(headers.find("X-TAG")).contains("1");
            assertThat(headers.find("none")).isEmpty();
            assertThat(headers.list("x-Tag")).containsExactly("1", "2");
            assertThat(headers.size()).isEqualTo(3);
        }

        @Test
        void canBeReplaced() {
            HttpHeaders changed = headers.toBuilder().put("X-TAG", "3").build();

            assertThat(changed.list("x-tag")).containsExactly("3");
            assertThat(headers.list("x-tag")).hasSize(2);
            assertThat(changed).isNotEqualTo(headers);
        }
    }

    @Nested
    class Bodies {

        @TempDir Path folder;

        @Test
        void ofBytesAreCopied() throws IOException {
            byte[] content = {1, 2, 3};
            HttpBody body = HttpBody.bytes(content, "application/octet-stream");
            content[0] = 9;

            try (InputStream in = body.open()) {
                assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
            }
        }

        @Test
        void ofAFileAreAsLongAsTheFile() throws IOException {
            Path file = Files.writeString(folder.resolve("greeting.txt"), "grüezi");
            HttpBody body = HttpBody.file(file, "text/plain");

            assertThat(body.length()).isEqualTo(7);
            assertThat(body.contentType()).contains("text/plain");
            assertThat(HttpBody.none().contentType()).isEmpty();
        }
    }

    @Nested
    class Responses {

        private HttpResponse response(String contentType, byte[] body) {
            HttpHeaders headers = HttpHeaders.builder().add("Content-Type", contentType).build();
            return HttpResponse.of(200, headers, new ByteArrayInputStream(body));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain; charset=ISO-8859-1",
                    "text/plain;Charset=\"latin1\"",
                    "text/plain, charset=iso-8859-1"
                })
        void areReadInTheirCharset(String contentType) {
            byte[] body = "grüezi".getBytes(StandardCharsets.ISO_8859_1);

            assertThat(response(contentType, body).text(100)).isEqualTo("grüezi");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "text/plain; charset=no-such", ""})
        void areUtf8Otherwise(String contentType) {
            byte[] body = "grüezi".getBytes(StandardCharsets.UTF_8);

            assertThat(response(contentType, body).text(100)).isEqualTo("grüezi");
        }

        @Test
        void areReadUpToTheLimitAndNoFurther() {
            assertThat(response("text/plain", new byte[100]).bytes(100)).hasSize(100);
            assertThatExceptionOfType(HttpProtocolException.class)
                    .isThrownBy(() -> response("text/plain", new byte[101]).bytes(100))
                    .withMessage("the answer is longer than 100 bytes");
        }

        @Test
        void tellSuccessFromOtherStatus() {
            assertThat(
                            List.of(200, 204, 299, 301, 404).stream()
                                    .filter(
                                            status ->
                                                    HttpResponse.of(
                                                                    status,
                                                                    HttpHeaders.empty(),
                                                                    InputStream.nullInputStream())
                                                            .isSuccessful()))
                    .containsExactly(200, 204, 299);
        }
    }
}
