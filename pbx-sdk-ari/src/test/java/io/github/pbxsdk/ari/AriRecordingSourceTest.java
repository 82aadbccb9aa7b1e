package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEnded;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.FakeAri;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AriRecordingSourceTest {

    private static final byte[] SOUND = "sound".getBytes(StandardCharsets.US_ASCII);

    private final FakeAri server = FakeAri.asterisk22();
    private final AriClient ari = TestClients.builder(server).build();
    private final RecordingSource source = AriRecordingSource.of(ari);

    @AfterEach
    void close() {
        ari.close();
        server.close();
    }

    @Test
    void listsFindsAndOpensWhatIsThere() throws Exception {
        server.addRecording("2026/11/20/in-+15550100-200", "wav", SOUND);

        assertThat(source.capabilities())
                .containsExactlyInAnyOrder(SourceCapability.LIST, SourceCapability.FIND);
        RecordingEntry entry;
        try (Stream<RecordingEntry> all = source.stream()) {
            entry = all.findFirst().orElseThrow();
        }
        assertThat(entry.name()).isEqualTo("2026/11/20/in-+15550100-200");
        assertThat(entry.format()).contains("wav");
        assertThat(source.find(entry.name())).contains(entry);
        try (RecordingContent content = source.open(entry, 3).orElseThrow()) {
            assertThat(content.offset()).isZero();
            assertThat(content.stream().readAllBytes()).isEqualTo(SOUND);
        }
    }

    @Test
    void whatIsNotThereIsNoFailure() {
        assertThat(source.find("none")).isEmpty();
        assertThat(source.open(RecordingEntry.of("none"), 0)).isEmpty();
        assertThat(source.isBeingWritten(RecordingEntry.of("none"))).isFalse();
    }

    @Test
    void knowsWhatIsBeingWritten() {
        server.answer("GET /recordings/live/a", request -> AriReply.json(200, "{\"name\":\"a\"}"));

        assertThat(source.isBeingWritten(RecordingEntry.of("a"))).isTrue();
    }

    @Test
    void anOldServerDoesNotHandOutAnotherRecording() {
        try (FakeAri old = FakeAri.asterisk16();
                AriClient client = TestClients.builder(old).build()) {
            old.addRecording("rec-1", "wav", SOUND);
            old.addRecording("rec-10", "wav", SOUND);
            RecordingSource confused = AriRecordingSource.of(client);

            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> confused.open(RecordingEntry.of("rec-10"), 0));
        }
    }

    @Test
    void tellsWhenARecordingHasEndedAndWhereSomeMayBeMissing() throws Exception {
        BlockingQueue<RecordingEnded> ended = new LinkedBlockingQueue<>();
        BlockingQueue<GapEvent> gaps = new LinkedBlockingQueue<>();
        source.signal()
                .orElseThrow()
                .subscribe(
                        new FeedListener<>() {
                            @Override
                            public void onEvent(RecordingEnded recording) {
                                ended.add(recording);
                            }

                            @Override
                            public void onGap(GapEvent gap) {
                                gaps.add(gap);
                            }
                        });
        ari.connect();
        server.emit(
                """
                {"type":"RecordingFinished","timestamp":"2026-11-20T23:03:26.110+0000",\
                "recording":{"name":"a.final","format":"wav","state":"done","duration":3,\
                "target_uri":"channel:1795216112.4"},"application":"demo"}""");

        RecordingEnded one = ended.poll(10, TimeUnit.SECONDS);
        assertThat(one.file()).contains("a.final.wav");
        assertThat(one.uniqueid()).contains("1795216112.4");
        assertThat(one.duration()).contains(Duration.ofSeconds(3));
        assertThat(one.endedAt()).isPresent();
        server.cut();
        assertThat(gaps.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void hasNoSignalWithoutAnApplication() {
        try (AriClient deaf =
                AriClient.builder().baseUri(server.uri()).credentials(TestClients.LAB).build()) {
            assertThat(AriRecordingSource.of(deaf).signal()).isEmpty();
        }
    }
}
