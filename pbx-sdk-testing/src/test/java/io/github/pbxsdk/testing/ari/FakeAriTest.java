package io.github.pbxsdk.testing.ari;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FakeAriTest {

    private final FakeAri server = FakeAri.asterisk22();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String user) throws Exception {
        String login = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(URI.create(server.uri() + path))
                        .header("Authorization", "Basic " + login)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ari/asterisk/ping, lab:lab-secret, 200, pong",
        "PATCH, /ari/channels, lab:lab-secret, 405, Invalid method",
        "PATCH, /ari/channels, reader:reader-secret, 403, Write access denied",
        "DELETE, /ari/channels/1.1, reader:reader-secret, 403, Write access denied",
        "GET, /ari/channels, reader:reader-secret, 200, []",
        "GET, /ari/channels, lab:wrong, 401, Authentication required",
        "GET, /ari/channels/, lab:lab-secret, 404, ARI URLs do not end with a slash.",
        "GET, /prefix/ari/channels, lab:lab-secret, 404, 404 Not Found"
    })
    void answersAsTheServerDoes(String method, String path, String user, int status, String words)
            throws Exception {
        server.addUser("reader", "reader-secret", true);

        HttpResponse<String> answer = send(method, path, user);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void answersNobodyWhileItStarts() throws Exception {
        server.booted(false);

        assertThat(send("GET", "/ari/channels", "lab:lab-secret").statusCode()).isEqualTo(503);
    }
}
