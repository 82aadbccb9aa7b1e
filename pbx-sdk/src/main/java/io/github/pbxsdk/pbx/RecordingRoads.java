package io.github.pbxsdk.pbx;

import io.github.pbxsdk.ami.AmiRecordingSignal;
import io.github.pbxsdk.ari.AriRecordingSource;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.recordings.RecordingSync;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a sync of recordings together from what is set up. */
final class RecordingRoads {

    private final Clients clients;

    RecordingRoads(Clients clients) {
        this.clients = clients;
    }

    /** What an application says of its recordings: what it calls the PBX, and the rest. */
    record Wish(String pbx, Consumer<RecordingSync.Builder> change) {}

    RecordingSync sync(@Nullable Wish wish) {
        if (wish == null) {
            throw new IllegalStateException(
                    "recordings() needs a sink and a store: Pbx.builder().recordings(\"pbx-7\","
                            + " sync -> sync.sink(...).store(...))");
        }
        RecordingSync.Builder builder =
                RecordingSync.builder(wish.pbx()).resources(clients.resources);
        if (clients.hasAri()) {
            builder.source(AriRecordingSource.of(clients.ari.get()));
        }
        if (hasWebInterface()) {
            addFreepbx(builder, clients.freepbx.get());
        }
        if (clients.hasAmi()) {
            builder.signal(AmiRecordingSignal.of(clients.ami.get()));
        }
        wish.change().accept(builder);
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            throw hasSource() ? e : withoutSource(e);
        }
    }

    private boolean hasSource() {
        return clients.hasAri() || hasWebInterface();
    }

    private boolean hasWebInterface() {
        return clients.hasFreepbx() && clients.settings.isSet(PbxSetting.FREEPBX_GUI_USER);
    }

    /** The change of the application may have named one, and lack something else. */
    private IllegalStateException withoutSource(IllegalStateException lack) {
        return clients.settings.missing(
                "recordings()",
                clients.settings.name(PbxSetting.ARI_URL)
                        + " or "
                        + clients.settings.name(PbxSetting.FREEPBX_GUI_USER)
                        + " with the settings beside them",
                lack);
    }

    /** Its web interface hands out a recording by the unique id, which a call record tells. */
    private void addFreepbx(RecordingSync.Builder builder, FreePbxClient freepbx) {
        builder.source(freepbx.callRecordings()).callRecords(freepbx.callRecords());
    }
}
