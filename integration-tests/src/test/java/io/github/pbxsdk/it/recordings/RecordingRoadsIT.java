package io.github.pbxsdk.it.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.AriRecordingSource;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.StartOrigin;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.recordings.FolderSink;
import io.github.pbxsdk.recordings.RecordingSync;
import io.github.pbxsdk.recordings.SyncOutcome;
import io.github.pbxsdk.recordings.SyncReport;
import io.github.pbxsdk.testing.ari.AriReply;
import io.github.pbxsdk.testing.ari.FakeAri;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sync over each road of a PBX, with what can go wrong on it: against servers that do it. */
@Timeout(60)
class RecordingRoadsIT {

    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final String ID = "1795230000.168";
    private static final String FILE = "in-101-+61491570156-20261121-030000-" + ID;
    private static final String NAME = "2026/11/21/" + FILE;
    private static final byte[] SOUND = Wavs.of(200_000, 1);

    private final ManualTime time = ManualTime.startingAt(NOW);
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final StateStore store = StateStore.inMemory(time);
    private final List<CallRecording> arrived = new CopyOnWriteArrayList<>();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        resources.close();
        store.close();
    }

    private RecordingSync.Builder over(RecordingSource source) {
        return RecordingSync.builder("pbx-7")
                .source(source)
                .sink(FolderSink.of(folder))
                .store(store)
                .resources(resources)
                .onArrival(arrived::add);
    }

    private static AriClient client(FakeAri server) {
        return AriClient.builder()
                .baseUri(server.uri())
                .credentials(Credentials.of("lab", "lab-secret"))
                .application("demo")
                .build();
    }

    @Test
    void overAriARecordingArrivesOnce() {
        try (FakeAri server = FakeAri.asterisk22();
                AriClient ari = client(server);
                RecordingSync sync = over(AriRecordingSource.of(ari)).build()) {
            server.addRecording(NAME, "wav", SOUND);
            assertThat(sync.check().works()).isTrue();
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            assertThat(sync.syncNow().count(SyncOutcome.KNOWN)).isEqualTo(1);
        }

        CallRecording recording = arrived.get(0);
        assertThat(recording.road()).contains("ari");
        assertThat(recording.uniqueid()).contains(ID);
        assertThat(recording.from()).contains(Address.phone("+61491570156"));
        assertThat(recording.startOrigin()).isEqualTo(StartOrigin.UNIQUEID);
        assertThat(folder.resolve(NAME + ".wav")).hasBinaryContent(SOUND);
    }

    @Test
    void overAriATransferThatBreaksOffBeginsAnew() {
        try (FakeAri server = FakeAri.asterisk22();
                AriClient ari = client(server);
                RecordingSync sync = over(AriRecordingSource.of(ari)).build()) {
            server.addRecording(NAME, "wav", SOUND);
            server.cutDownloadsAfter(100_000);
            assertThat(sync.syncNow().count(SyncOutcome.FAILED)).isEqualTo(1);
            assertThat(folder.resolve(NAME + ".wav")).doesNotExist();

            server.cutDownloadsAfter(null);
            time.advance(Duration.ofMinutes(2));
            SyncReport again = sync.syncNow();
            assertThat(again.failures()).isEmpty();
            assertThat(again.delivered()).isEqualTo(1);
        }

        assertThat(folder.resolve(NAME + ".wav")).hasBinaryContent(SOUND);
    }

    /** Asterisk 16.25 answers with rec-1 where rec-10 was asked for, and nothing tells. */
    @Test
    void overAriAnotherRecordingIsNeverTakenForTheOneMeant() {
        try (FakeAri server = FakeAri.asterisk16();
                AriClient ari = client(server);
                RecordingSync sync = over(AriRecordingSource.of(ari)).build()) {
            server.addRecording("rec-1", "wav", Wavs.of(2_000, 1));
            server.addRecording("rec-10", "wav", Wavs.of(3_000, 2));
            server.addRecording("other", "wav", Wavs.of(4_000, 3));
            SyncReport report = sync.syncNow();

            assertThat(report.delivered()).isEqualTo(2);
            assertThat(report.failures())
                    .singleElement()
                    .satisfies(
                            one -> {
                                assertThat(one.recording().name()).isEqualTo("rec-10");
                                assertThat(one.reason()).contains("rec-1");
                            });
        }

        assertThat(arrived).extracting(CallRecording::name).containsOnly("rec-1", "other");
        for (CallRecording one : arrived) {
            int bytes = one.name().equals("rec-1") ? 2_000 : 4_000;
            assertThat(one.size()).hasValue(44 + bytes);
        }
    }

    @Test
    void overAriWhatIsStillBeingMadeWaits() {
        try (FakeAri server = FakeAri.asterisk22();
                AriClient ari = client(server);
                RecordingSync sync = over(AriRecordingSource.of(ari)).build()) {
            server.addRecording("live", "wav", SOUND);
            server.answer("GET /recordings/live/live", request -> AriReply.json(200, "{}"));
            assertThat(sync.syncNow().count(SyncOutcome.WAITING)).isEqualTo(1);

            server.answer(
                    "GET /recordings/live/live", request -> AriReply.refused(404, "not found"));
            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
    }

    /** A recording directory with a link in it: such entries are listed and never handed out. */
    @Test
    void overAriWhatIsListedAndNotHandedOutIsSaidInWords() {
        try (FakeAri server = FakeAri.asterisk22();
                AriClient ari = client(server);
                RecordingSync sync = over(AriRecordingSource.of(ari)).build()) {
            server.addRecording("mon", "wav", SOUND);
            server.answer(
                    "GET /recordings/stored/mon/file", request -> AriReply.refused(404, "none"));

            assertThat(sync.check().works()).isFalse();
            assertThat(sync.check().words()).contains("outside the recording directory");
            assertThat(sync.syncNow().count(SyncOutcome.ABSENT)).isEqualTo(1);
        }
    }

    @Test
    void anAriEventBringsTheRecordingBeforeTheNextRun() {
        try (FakeAri server = FakeAri.asterisk22();
                AriClient ari = client(server);
                RecordingSync sync = over(AriRecordingSource.of(ari)).build();
                Subscription every = sync.syncEvery(Duration.ofMinutes(10))) {
            assertThat(every).isNotNull();
            ari.connect();
            await("the first run").until(() -> !time.pending().isEmpty());
            server.addRecording("voice.final", "wav", SOUND);
            server.emit(
                    """
                    {"type":"RecordingFinished","timestamp":"2026-11-21T03:59:59.000+0000",\
                    "recording":{"name":"voice.final","format":"wav","state":"done",\
                    "duration":12,"target_uri":"channel:1795216112.4"},"application":"demo"}""");
            await("the wish to look soon").until(() -> time.pending().size() > 1);
            time.advance(Duration.ofSeconds(2));

            await("arrival").until(() -> !arrived.isEmpty());
        }

        CallRecording recording = arrived.get(0);
        assertThat(recording.name()).isEqualTo("voice.final");
        assertThat(recording.format()).contains("wav");
        assertThat(recording.start()).contains(Instant.parse("2026-11-21T03:59:47Z"));
        assertThat(recording.startOrigin()).isEqualTo(StartOrigin.FINISH_EVENT);
        assertThat(recording.uniqueid()).contains("1795216112.4");
        assertThat(folder.resolve("2026/11/21/voice.final.wav")).hasBinaryContent(SOUND);
    }

    private static FreePbxClient client(FakeFreePbx server) {
        return FreePbxClient.builder()
                .baseUri(server.url())
                .credentials(Credentials.of(FakeFreePbx.CLIENT_ID, FakeFreePbx.CLIENT_SECRET))
                .gui(Credentials.of(FakeFreePbx.ADMINISTRATOR, FakeFreePbx.ADMINISTRATOR_PASSWORD))
                .build();
    }

    private static void call(FakeFreePbx server, String uniqueid, String file) {
        server.addCallRecord(
                Map.of(
                        "uniqueid",
                        uniqueid,
                        "linkedid",
                        "1795229999.1",
                        "sequence",
                        "1",
                        "calldate",
                        "2026-11-21 03:00:01",
                        "duration",
                        20,
                        "billsec",
                        12,
                        "disposition",
                        "ANSWERED",
                        "recordingfile",
                        file));
    }

    private RecordingSync over(FreePbxClient pbx) {
        return over(pbx.callRecordings())
                .callRecords(pbx.callRecords())
                .createdSince(Instant.parse("2026-11-21T00:00:00Z"))
                .build();
    }

    @Test
    void fromAnUntouchedFreePbxARecordingArrivesOnce() {
        try (FakeFreePbx server = new FakeFreePbx();
                FreePbxClient pbx = client(server);
                RecordingSync sync = over(pbx)) {
            call(server, ID, FILE + ".wav");
            server.addRecording(ID, SOUND);
            assertThat(sync.check().works()).isTrue();
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
            assertThat(sync.syncNow().count(SyncOutcome.KNOWN)).isEqualTo(1);
        }

        CallRecording recording = arrived.get(0);
        assertThat(recording.road()).contains("freepbx");
        assertThat(recording.name()).isEqualTo(NAME);
        assertThat(recording.linkedid()).contains("1795229999.1");
        assertThat(recording.start()).contains(Instant.parse("2026-11-21T03:00:01Z"));
        assertThat(recording.startOrigin()).isEqualTo(StartOrigin.CALL_RECORD);
        assertThat(recording.from()).contains(Address.phone("+61491570156"));
        assertThat(folder.resolve(NAME + ".wav")).hasBinaryContent(SOUND);
    }

    @Test
    void aRecordingThatFreePbxDoesNotHaveYetComesLater() {
        try (FakeFreePbx server = new FakeFreePbx();
                FreePbxClient pbx = client(server);
                RecordingSync sync = over(pbx)) {
            call(server, ID, FILE + ".wav");
            assertThat(sync.syncNow().count(SyncOutcome.ABSENT)).isEqualTo(1);

            server.addRecording(ID, SOUND);
            time.advance(Duration.ofMinutes(2));
            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
    }

    @Test
    void aSessionThatHasEndedInBetweenIsOpenedAnew() {
        try (FakeFreePbx server = new FakeFreePbx();
                FreePbxClient pbx = client(server);
                RecordingSync sync = over(pbx)) {
            call(server, ID, FILE + ".wav");
            server.addRecording(ID, SOUND);
            sync.syncNow();
            server.endGuiSessions();
            String second = "1795230009.7";
            call(server, second, "in-101-101-20261121-030009-" + second + ".wav");
            server.addRecording(second, Wavs.of(5_000, 2));

            assertThat(sync.syncNow().delivered()).isEqualTo(1);
        }
        assertThat(arrived).extracting(one -> one.uniqueid().orElseThrow()).contains(ID);
    }
}
