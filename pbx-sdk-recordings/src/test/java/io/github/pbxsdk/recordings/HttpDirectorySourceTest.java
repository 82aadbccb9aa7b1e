package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.http.HttpConnectionException;
import io.github.pbxsdk.core.http.OkHttpTransport;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.recordings.Transfer.Copied;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpDirectorySourceTest {

    private static final RecordingEntry ENTRY =
            RecordingEntry.builder("2026/11/21/in-#1-+61 $(x)-1")
                    .format("wav")
                    .tag("\"a\"")
                    .build();

    private final MockWebServer server = new MockWebServer();
    private final OkHttpTransport transport = OkHttpTransport.builder().build();
    private HttpDirectorySource source;

    @BeforeEach
    void start() throws IOException {
        server.start();
        source =
                HttpDirectorySource.builder(server.url("/monitor").toString())
                        .transport(transport)
                        .credentials(Credentials.of("recordings", "secret"))
                        .build();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    private void answer(int status, String... headers) {
        MockResponse.Builder answer = new MockResponse.Builder().code(status);
        for (int i = 0; i < headers.length; i += 2) {
            answer.setHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(answer.build());
    }

    @Test
    void handsOutARecordingWhateverIsInItsName() throws Exception {
        server.enqueue(
                new MockResponse.Builder()
                        .body(new Buffer().writeUtf8("RIFF…"))
                        .setHeader("Content-Type", "audio/wav")
                        .build());

        try (RecordingContent content = source.open(ENTRY, 0).orElseThrow()) {
            assertThat(content.offset()).isZero();
            assertThat(content.length()).hasValue(7);
            assertThat(content.stream().readAllBytes()).hasSize(7);
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget())
                .isEqualTo("/monitor/2026/11/21/in-%231-%2B61%20%24%28x%29-1.wav");
        assertThat(request.getHeaders().get("Authorization")).startsWith("Basic ");
        assertThat(request.getHeaders().get("Range")).isNull();
    }

    @Test
    void asksForTheRestOfTheSameFile() throws Exception {
        server.enqueue(
                new MockResponse.Builder()
                        .code(206)
                        .body("rest")
                        .setHeader("Content-Range", "bytes 100-103/104")
                        .build());

        try (RecordingContent content = source.open(ENTRY, 100).orElseThrow()) {
            assertThat(content.offset()).isEqualTo(100);
            assertThat(content.length()).hasValue(4);
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Range")).isEqualTo("bytes=100-");
        assertThat(request.getHeaders().get("If-Range")).isEqualTo("\"a\"");
    }

    /** Answers with a beginning, and hangs up. */
    private void answerHalf(byte[] sound, int half) {
        server.enqueue(
                new MockResponse.Builder()
                        .body(new Buffer().write(sound, 0, half))
                        .setHeader("Content-Length", sound.length)
                        .onResponseEnd(new SocketEffect.CloseSocket())
                        .build());
    }

    private Copied transfer() throws Exception {
        try (RecordingContent content = source.open(ENTRY, 0).orElseThrow()) {
            Throttle throttle = new Throttle(ManualTime.startingAt(Instant.EPOCH), 0);
            return new Transfer(source, ENTRY, throttle, () -> {}, false).copy(content, List.of());
        }
    }

    @Test
    void aTransferThatBreaksOffGoesOnWithTheRest() throws Exception {
        byte[] sound = Wav.of(100_000, 1);
        int half = 70_000;
        answerHalf(sound, half);
        server.enqueue(
                new MockResponse.Builder()
                        .code(206)
                        .body(new Buffer().write(sound, half, sound.length - half))
                        .setHeader("Content-Range", "bytes 70000-200043/200044")
                        .build());

        Copied copied = transfer();

        assertThat(copied.size()).isEqualTo(sound.length);
        assertThat(copied.sha256())
                .isEqualTo(HexFormat.of().formatHex(RecordingFiles.digest().digest(sound)));
        assertThat(server.takeRequest().getHeaders().get("Range")).isNull();
        assertThat(server.takeRequest().getHeaders().get("Range")).isEqualTo("bytes=70000-");
    }

    @Test
    void aServerThatGivesNoPartsIsNotTakenForAChange() {
        byte[] sound = Wav.of(100_000, 1);
        answerHalf(sound, 70_000);
        server.enqueue(new MockResponse.Builder().body(new Buffer().write(sound)).build());

        assertThatExceptionOfType(HttpConnectionException.class).isThrownBy(this::transfer);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void tellsWhatIsThere() {
        answer(
                200,
                "Content-Length",
                "1234",
                "ETag",
                "\"b\"",
                "Last-Modified",
                "Sat, 21 Nov 2026 03:00:00 GMT");

        RecordingEntry found = source.find(ENTRY.name()).orElseThrow();

        assertThat(found.size()).hasValue(1234);
        assertThat(found.tag()).contains("\"b\"");
        assertThat(found.modifiedAt()).contains(Instant.parse("2026-11-21T03:00:00Z"));
        answer(404);
        assertThat(source.find(ENTRY.name())).isEmpty();
    }

    @Test
    void saysWhyItCanNot() {
        answer(404);
        assertThat(source.open(ENTRY, 0)).isEmpty();
        answer(403);
        assertThatExceptionOfType(PbxAuthenticationException.class)
                .isThrownBy(() -> source.open(ENTRY, 0))
                .withMessageEndingWith("answered 403: check its credentials and rights");
        answer(302, "Location", "/log-in");
        assertThatExceptionOfType(PbxConnectionException.class)
                .isThrownBy(() -> source.open(ENTRY, 0))
                .withMessageEndingWith("answered 302");
    }

    @Test
    void aNameThatLeavesTheDirectoryIsNotAskedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.open(RecordingEntry.of("../etc/passwd"), 0));
        assertThat(server.getRequestCount()).isZero();
    }
}
