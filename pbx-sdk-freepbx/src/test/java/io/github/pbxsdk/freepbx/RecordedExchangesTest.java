package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.internal.redact.Redaction;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.testing.freepbx.RecordedExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every exchange that was recorded on a real FreePBX 16, answered to a client once more: what the
 * client makes of it stands in {@code outcomes.txt}, a line for each.
 */
class RecordedExchangesTest {

    private static final String TOKEN =
            "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"a-token\"}";

    static Map<String, String> outcomes() throws IOException {
        Map<String, String> outcomes = new TreeMap<>();
        try (InputStream in =
                Objects.requireNonNull(
                        RecordedExchangesTest.class.getResourceAsStream("outcomes.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+", 2))
                    .forEach(parts -> outcomes.put(parts[0], parts[1]));
        }
        return outcomes;
    }

    static Stream<String> names() throws IOException {
        return outcomes().keySet().stream();
    }

    private static Path folder() {
        URL folder = RecordedExchangesTest.class.getResource("recorded");
        try {
            return Path.of(Objects.requireNonNull(folder).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static RecordedExchange exchange(String name) throws IOException {
        return RecordedExchange.parse(Files.readString(folder().resolve(name + ".http")));
    }

    @Test
    void everyRecordedExchangeIsUsed() throws IOException {
        TreeSet<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.list(folder())) {
            all.map(file -> file.getFileName().toString().replaceFirst("\\.http$", ""))
                    .forEach(files::add);
        }

        assertThat(outcomes().keySet()).containsExactlyElementsOf(files);
    }

    @ParameterizedTest
    @MethodSource("names")
    void comesToTheOutcomeOfTheTable(String name) throws IOException {
        RecordedExchange exchange = exchange(name);
        try (FreePbxClient pbx =
                FreePbxClient.builder()
                        .baseUri("https://pbx.example")
                        .credentials(Credentials.of("id", "client-secret"))
                        .transport(new Recorded(exchange))
                        .build()) {
            assertThat(outcome(pbx.with(CallOptions.retry(RetryPolicy.none())), exchange))
                    .isEqualTo(outcomes().get(name));
        }
    }

    /** Always answers the same; to the request for a token only where that was recorded. */
    record Recorded(RecordedExchange exchange) implements HttpTransport {

        @Override
        public CompletableFuture<HttpResponse> sendAsync(HttpRequest request) {
            boolean token = request.url().endsWith("/token");
            boolean recorded = token == exchange.target().endsWith("/token");
            HttpHeaders.Builder headers = HttpHeaders.builder();
            headers.add(
                    "Content-Type",
                    recorded
                            ? exchange.header("Content-Type").orElse("text/plain")
                            : "application/json");
            exchange.header("Set-Cookie").ifPresent(cookie -> headers.add("Set-Cookie", cookie));
            String body = recorded ? exchange.body() : TOKEN;
            return CompletableFuture.completedFuture(
                    HttpResponse.of(
                            recorded ? exchange.status() : 200,
                            headers.build(),
                            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static String outcome(FreePbxClient pbx, RecordedExchange exchange) {
        try {
            return "ok " + result(pbx, exchange);
        } catch (PbxAuthenticationException e) {
            return "authentication";
        } catch (PbxProtocolException e) {
            return "protocol";
        } catch (FreePbxRejectedException e) {
            assertThat(e).hasMessageNotContaining("<AMI secret>");
            return "rejected " + e.kind() + (e.mayHaveBeenSent() ? " perhaps done" : "");
        } catch (PbxException e) {
            return "other " + e;
        }
    }

    private static String result(FreePbxClient pbx, RecordedExchange exchange) {
        String target = exchange.target();
        if (target.contains("/rest/")) {
            return rest(pbx, exchange, target.replaceFirst(".*/rest/", ""));
        }
        if (target.endsWith("/token")) {
            return "with a token " + pbx.rest().get("x").object().names();
        }
        if (target.contains("/api/")) {
            return names(graphQl(pbx, exchange));
        }
        return gui(exchange);
    }

    private static String rest(FreePbxClient pbx, RecordedExchange exchange, String route) {
        Object body = exchange.requestBody().isEmpty() ? null : Json.parse(exchange.requestBody());
        RestAnswer answer =
                exchange.method().equals("GET")
                        ? pbx.rest().get(route)
                        : pbx.rest().send(exchange.method(), route, plain(body));
        if (answer.isNone()) {
            return "none";
        }
        return answer.text()
                .or(() -> answer.flag().map(String::valueOf))
                .orElseGet(() -> answer.objects().size() + " objects");
    }

    private static FreePbxObject graphQl(FreePbxClient pbx, RecordedExchange exchange) {
        FreePbxObject asked = FreePbxObject.empty();
        try {
            asked = Json.parse(exchange.requestBody()) instanceof FreePbxObject o ? o : asked;
        } catch (IllegalArgumentException e) {
            // The point of this exchange is that it is no JSON.
        }
        String query = asked.filled("query").orElse("mutation{x}");
        return pbx.graphQl().run(query, plain(asked.object("variables")));
    }

    private static Map<String, Object> plain(@Nullable Object value) {
        Map<String, Object> plain = new TreeMap<>();
        if (value instanceof FreePbxObject object) {
            for (String name : object.names()) {
                object.find(name).ifPresent(text -> plain.put(name, text));
                object.flag(name).ifPresent(flag -> plain.put(name, flag));
                if (!object.object(name).isEmpty()) {
                    plain.put(name, plain(object.object(name)));
                }
                if (!object.texts(name).isEmpty()) {
                    plain.put(name, object.texts(name));
                }
            }
        }
        return plain;
    }

    private static String names(FreePbxObject data) {
        return String.join(",", data.names());
    }

    /** Pages were recorded cut short; of those there is only left what kind of answer it was. */
    private static String gui(RecordedExchange exchange) {
        String type = exchange.header("Content-Type").orElse("");
        FreePbxHttp.Answer answer =
                new FreePbxHttp.Answer(exchange.status(), type, List.of(), exchange.body());
        if (type.startsWith("audio/")) {
            assertThat(CallRecordings.isSound(type)).isTrue();
            return "a sound";
        }
        if (type.startsWith("text/html")) {
            assertThat(CallRecordings.isSound(type)).isFalse();
            return "a page" + (exchange.header("Set-Cookie").isPresent() ? " with a cookie" : "");
        }
        RestAnswer value = RestAnswer.of(new Answers("gui", false, Redaction.none()).rest(answer));
        return value.objects().size() + " objects";
    }
}
