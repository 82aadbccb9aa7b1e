package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.pbx.PbxHealth.Part;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import io.github.pbxsdk.testing.CallScenario;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.OnFakePbx;
import io.github.pbxsdk.testing.PlayedCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OnFakePbx.class)
class PbxRecordingsTest {

    private static final CallScenario RECORDED =
            CallScenario.of("call to 1002, answered after 1 s, recorded");

    private final StateStore store = StateStore.inMemory();
    private final BlockingQueue<CallRecording> arrived = new LinkedBlockingQueue<>();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        store.close();
    }

    private Pbx pbx(Map<String, String> settings) {
        return Pbx.builder().settings(settings).recordings("pbx-7", this::intoTheFolder).build();
    }

    private void intoTheFolder(RecordingSync.Builder sync) {
        sync.sink(FolderSink.of(folder)).store(store).onArrival(arrived::add);
    }

    @Test
    void aRecordedCallIsInTheFolder(FakePbx fake) {
        PlayedCall call = fake.play(RECORDED);
        try (Pbx pbx = pbx(fake.settings())) {
            assertThat(pbx.recordings().syncArchive().delivered()).isOne();

            assertThat(arrived.remove().uniqueid()).contains(call.uniqueId());
        }
    }

    @Test
    void arrivesSoonAfterTheHangUpWhichAmiTells(FakePbx fake) throws InterruptedException {
        try (Pbx pbx = pbx(fake.settings())) {
            pbx.syncRecordings();
            assertThat(pbx.recordings().syncNow().delivered()).as("before the call").isZero();

            PlayedCall call = fake.play(RECORDED);

            CallRecording recording = arrived.poll(20, TimeUnit.SECONDS);
            assertThat(recording).isNotNull();
            assertThat(recording.uniqueid()).contains(call.uniqueId());
        }
    }

    @Test
    void saysWhatIsMissing() {
        try (Pbx pbx = Pbx.from(Map.of())) {
            assertThatThrownBy(pbx::recordings)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("sink(...).store(...)");
        }
    }

    @Test
    void saysWhichSettingsNameASource() {
        try (Pbx pbx = pbx(Map.of())) {
            assertThatThrownBy(pbx::recordings)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("recordings() needs ARI_URL or FREEPBX_GUI_USER")
                    .hasMessageContaining("set source(...) before build()");
        }
    }

    @Test
    void healthTellsHowItStandsWithRecordings(FakePbx fake) {
        fake.play(RECORDED);
        try (Pbx pbx = pbx(fake.settings())) {
            Part before = pbx.health().find("recordings").orElseThrow();
            assertThat(before.light()).isEqualTo(Light.GREEN);
            assertThat(before.detail()).isEqualTo("nothing is open; no look has ended yet");

            pbx.recordings().syncArchive();
            assertThat(pbx.health().find("recordings").orElseThrow().detail())
                    .startsWith("nothing is open; looked at ");

            fake.ari().stopListening();
            assertThatThrownBy(() -> pbx.recordings().syncArchive())
                    .isInstanceOf(PbxException.class);
            Part after = pbx.health().find("recordings").orElseThrow();
            assertThat(after.light()).isEqualTo(Light.RED);
            assertThat(after.detail()).contains("; since " + after.since() + ": ");
        }
    }

    @Test
    void healthSaysWhatRecordingsLack() {
        try (Pbx pbx = pbx(Map.of())) {
            Part part = pbx.health().find("recordings").orElseThrow();

            assertThat(part.light()).isEqualTo(Light.RED);
            assertThat(part.detail()).contains("ARI_URL");
        }
    }

    @Test
    void theIntervalIsMinutes() {
        assertThat(interval("5")).isEqualTo(Duration.ofMinutes(5));
        assertThatThrownBy(() -> interval("soon"))
                .hasMessageContaining("FREEPBX_SYNC_INTERVAL_MINUTES")
                .hasMessageContaining("a whole number of minutes");
        assertThatThrownBy(() -> interval("0")).hasMessageContaining("1 or more");
    }

    private static Duration interval(String minutes) {
        Settings settings = new Settings(Map.of("FREEPBX_SYNC_INTERVAL_MINUTES", minutes), "");
        return settings.minutes(PbxSetting.FREEPBX_SYNC_INTERVAL_MINUTES).orElseThrow();
    }
}
