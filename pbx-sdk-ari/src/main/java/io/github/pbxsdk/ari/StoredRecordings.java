package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.model.StoredRecording;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.security.Operation.Access;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Operations on recordings on disk; get it from {@link AriClient#storedRecordings()}. */
public final class StoredRecordings {

    private final AriCalls calls;

    StoredRecordings(AriCalls calls) {
        this.calls = calls;
    }

    /**
     * Lists the recordings, those that are under way among them; not in the order of time.
     *
     * @throws AriRejectedException if the server refuses
     */
    public List<StoredRecording> list() {
        return Futures.await(listAsync());
    }

    /** Does as {@link #list} without waiting; the future fails as that does. */
    public CompletableFuture<List<StoredRecording>> listAsync() {
        return calls.send(
                call("recordings.listStored", Access.READ, "GET"),
                AriAnswer.list(StoredRecording::of));
    }

    /**
     * Copies a recording.
     *
     * @throws AriRejectedException if there is none of the name, or the other name is taken
     */
    public StoredRecording copy(String name, String destination) {
        return Futures.await(copyAsync(name, destination));
    }

    /** Does as {@link #copy} without waiting; the future fails as that does. */
    public CompletableFuture<StoredRecording> copyAsync(String name, String destination) {
        AriCall call = call("recordings.copyStored", Access.CHANGE, "POST");
        call.recording("name", name);
        call.path("copy");
        call.member("destinationRecordingName", AriCall.recordingName("destination", destination));
        return calls.send(call, AriAnswer.object(StoredRecording::of));
    }

    private AriCall call(String operation, Access access, String method) {
        AriCall call = calls.begin(operation, access, method);
        call.path("recordings");
        call.path("stored");
        return call;
    }
}
