package io.github.pbxsdk.ari;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ari.AriRejectedException.Kind;
import io.github.pbxsdk.ari.model.StoredRecording;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StoredRecordingsTest {

    @TempDir Path folder;

    private final FakeAri server = FakeAri.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] wav(int sound, boolean finished) {
        ByteBuffer file = ByteBuffer.allocate(44 + sound).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII));
        file.putInt(finished ? 36 + sound : 0);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
        file.putInt(40, finished ? sound : 0);
        return file.array();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDownloadIsComparedAndHashed(Door door) throws Exception {
        server.addRecording("dir/rec one+1", "wav", wav(100_000, true));
        Path file = folder.resolve("a.wav");
        try (AriClient ari = TestClients.builder(server).build()) {
            DownloadedRecording stored =
                    door.ask(
                            () -> ari.storedRecordings().download("dir/rec one+1", file),
                            () -> ari.storedRecordings().downloadAsync("dir/rec one+1", file));
            assertThat(stored.bytes()).isEqualTo(100_044);
            assertThat(stored.contentType()).isEqualTo("audio/wav");
            assertThat(stored.sha256()).hasSize(64);
        }
        assertThat(file).hasBinaryContent(wav(100_000, true));
        assertThat(files()).containsExactly("a.wav");
    }

    @Test
    void aDownloadThatBreaksOffLeavesNothing() throws Exception {
        server.addRecording("a", "wav", wav(100_000, true));
        server.cutDownloadsAfter(50_000);
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatThrownBy(() -> ari.storedRecordings().download("a", folder.resolve("a.wav")))
                    .isInstanceOf(PbxConnectionException.class);
            server.cutDownloadsAfter(null);
            server.announceTooMuch(7);
            assertThatThrownBy(() -> ari.storedRecordings().download("a", folder.resolve("a.wav")))
                    .isInstanceOf(PbxException.class);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void aRecordingThatIsNotFinishedIsNotTaken() throws Exception {
        server.addRecording("a", "wav", wav(100_000, false));
        server.addRecording("empty", "wav", wav(0, false));
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatThrownBy(() -> ari.storedRecordings().download("a", folder.resolve("a.wav")))
                    .hasMessageContaining("is still being written");
            assertThat(ari.storedRecordings().download("empty", folder.resolve("e.wav")).bytes())
                    .isEqualTo(44);
        }
        assertThat(files()).containsExactly("e.wav");
    }

    @ParameterizedTest
    @EnumSource
    void anOldServerIsNotAskedForWhatItWouldConfuse(Door door) throws Exception {
        try (FakeAri old = FakeAri.asterisk16();
                AriClient ari = TestClients.builder(old).build()) {
            old.addRecording("rec-1", "wav", wav(10, true));
            old.addRecording("rec-10", "wav", wav(20, true));
            old.addRecording("other", "wav", wav(30, true));

            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(
                            () ->
                                    door.run(
                                            () -> ari.storedRecordings().delete("rec-10"),
                                            () ->
                                                    ari.storedRecordings()
                                                            .deleteAsync("rec-10")
                                                            .thenApply(nothing -> null)))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_RECORDING))
                    .withMessageContaining("would take the recording rec-1 instead");
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.storedRecordings().get("rec-12345"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_RECORDING));
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(
                            () ->
                                    ari.storedRecordings()
                                            .download("rec-10", folder.resolve("a.wav")))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_RECORDING));
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> ari.storedRecordings().delete("none"))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));

            assertThat(ari.storedRecordings().download("rec-1", folder.resolve("b.wav")).bytes())
                    .isEqualTo(54);
            ari.storedRecordings().delete("other");
            assertThat(old.recordings()).containsExactly("rec-1", "rec-10");
        }
        assertThat(files()).containsExactly("b.wav");
    }

    @Test
    void aNewServerIsAskedWithoutTheList() {
        server.addRecording("rec-1", "wav", wav(10, true));
        server.addRecording("rec-10", "wav", wav(20, true));
        try (AriClient ari = TestClients.builder(server).build()) {
            ari.asterisk().ping();
            assertThat(ari.storedRecordings().get("rec-10").name()).isEqualTo("rec-10");
            ari.storedRecordings().delete("rec-10");
        }
        assertThat(server.recordings()).containsExactly("rec-1");
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aLongListComesOneByOne(Door door) {
        StringBuilder list = new StringBuilder("[");
        for (int i = 0; i < 20_000; i++) {
            list.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"2026/11/20/in-100-200-" + i + "\",\"format\":\"wav\"}");
        }
        server.answer(
                "GET /recordings/stored",
                request -> AriReply.json(200, list.append("]").toString()));
        AtomicInteger seen = new AtomicInteger();
        try (AriClient ari = TestClients.builder(server).build()) {
            door.run(
                    () -> ari.storedRecordings().list(one -> seen.incrementAndGet()),
                    () ->
                            ari.storedRecordings()
                                    .listAsync(one -> seen.incrementAndGet())
                                    .thenApply(nothing -> null));
        }
        assertThat(seen).hasValue(20_000);
    }

    @Test
    void aStreamIsReadWhileItIsWalkedAndMayBeLeftEarly() {
        for (int i = 0; i < 2_000; i++) {
            server.addRecording("2026/11/20/in-100-" + i, "wav", new byte[0]);
        }
        try (AriClient ari = TestClients.builder(server).build()) {
            for (int i = 0; i < 20; i++) {
                try (Stream<StoredRecording> some = ari.storedRecordings().stream()) {
                    assertThat(some.limit(3)).hasSize(3);
                }
            }
            try (Stream<StoredRecording> all = ari.storedRecordings().stream()) {
                assertThat(all.parallel().map(StoredRecording::name).distinct()).hasSize(2_000);
            }
            server.booted(false);
            AriClient once = ari.with(CallOptions.retry(RetryPolicy.none()));
            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> once.storedRecordings().stream().close());
        }
    }

    @Test
    void aRecordingIsOpenedAndReadWhileItComesIn() throws Exception {
        byte[] content = wav(300_000, true);
        server.addRecording("a", "wav", content);
        try (AriClient ari = TestClients.builder(server).build()) {
            try (RecordingContent open = ari.storedRecordings().open("a")) {
                assertThat(open.length()).hasValue(content.length);
                assertThat(open.contentType()).contains("audio/wav");
                assertThat(open.stream().readAllBytes()).isEqualTo(content);
            }
            try (RecordingContent open = ari.storedRecordings().open("a")) {
                assertThat(open.stream().read()).isEqualTo('R');
            }
            server.cutDownloadsAfter(50_000);
            try (RecordingContent open = ari.storedRecordings().open("a")) {
                assertThatThrownBy(() -> open.stream().readAllBytes())
                        .isInstanceOf(PbxConnectionException.class);
            }
        }
    }

    @Test
    void closingTheClientEndsWhatIsBeingRead() throws Exception {
        server.addRecording("a", "wav", wav(8_000_000, true));
        AriClient ari = TestClients.builder(server).build();
        try (RecordingContent open = ari.storedRecordings().open("a")) {
            assertThat(open.stream().read()).isEqualTo('R');
            ari.close();
            assertThatThrownBy(() -> open.stream().readAllBytes()).isInstanceOf(PbxException.class);
        }
    }

    @Test
    void aDownloadTellsHowFarItIs() {
        server.addRecording("a", "wav", wav(300_000, true));
        List<Progress> told = new ArrayList<>();
        try (AriClient ari = TestClients.builder(server).build()) {
            ari.storedRecordings().download("a", folder.resolve("a.wav"), told::add);
            ari.storedRecordings()
                    .download(
                            "a",
                            folder.resolve("b.wav"),
                            progress -> {
                                throw new IllegalStateException("the work goes on");
                            });
        }
        assertThat(told).hasSizeGreaterThan(3).isSortedAccordingTo(comparing(Progress::done));
        assertThat(told.get(told.size() - 1).fraction()).hasValue(1.0);
    }

    @Test
    void whatAListenerThrowsEndsTheList() {
        server.addRecording("a", "wav", wav(1, true));
        server.addRecording("b", "wav", wav(1, true));
        List<StoredRecording> seen = new ArrayList<>();
        try (AriClient ari = TestClients.builder(server).build()) {
            assertThatThrownBy(
                            () ->
                                    ari.storedRecordings()
                                            .list(
                                                    one -> {
                                                        seen.add(one);
                                                        throw new IllegalStateException("enough");
                                                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("enough");
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void cancellingADownloadLeavesNothing() throws Exception {
        server.addRecording("a", "wav", wav(100_000, true));
        server.slow(Duration.ofSeconds(30));
        try (AriClient ari = TestClients.builder(server).build()) {
            CompletableFuture<DownloadedRecording> download =
                    ari.storedRecordings().downloadAsync("a", folder.resolve("a.wav"));
            server.awaitRequest(request -> true);
            download.cancel(true);
            assertThat(download).isCancelled();
        }
        assertThat(files()).isEmpty();
    }
}
