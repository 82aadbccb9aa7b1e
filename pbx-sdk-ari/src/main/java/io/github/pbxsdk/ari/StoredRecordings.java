package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.model.StoredRecording;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.SafeProgress;
import io.github.pbxsdk.core.observe.ProgressListener;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.security.Operation.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Operations on recordings on disk; get it from {@link AriClient#storedRecordings()}.
 *
 * <p>Servers before 16.26, 18.12 and 20 take another recording than the one named, when its name
 * begins with that of the other: they answer with it, or delete it, and nothing in the answer
 * tells. With such a server each operation on a name reads the list first, and is refused where
 * that could happen. Thread-safe.
 */
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

    /** Does as {@link #list()} without waiting; the future fails as that does. */
    public CompletableFuture<List<StoredRecording>> listAsync() {
        return calls.send(listing(), AriAnswer.list(StoredRecording::of));
    }

    /**
     * Lists the recordings one by one as they come in, for archives that do not fit into memory.
     *
     * <p>The listener is called on a thread of the client, and has been called for the last time
     * when this returns. What it throws ends the list and is thrown here.
     *
     * @throws AriRejectedException if the server refuses
     * @throws PbxConnectionException if the list breaks off
     */
    public void list(Listener<? super StoredRecording> listener) {
        Futures.await(listAsync(listener));
    }

    /** Does as {@link #list(Listener)} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> listAsync(Listener<? super StoredRecording> listener) {
        Objects.requireNonNull(listener, "listener");
        return calls.sendStreaming(listing(), AriAnswer.each(StoredRecording::of, listener));
    }

    /**
     * Returns the recordings as they come in, for archives that do not fit into memory; to be
     * closed. Walking it waits for the server.
     *
     * @throws AriRejectedException if the server refuses
     * @throws PbxConnectionException here or while walking, if the list breaks off
     */
    public Stream<StoredRecording> stream() {
        return Futures.await(calls.lend(listing(), (answer, body) -> new ListedObjects(body)))
                .stream()
                .map(StoredRecording::of);
    }

    private AriCall listing() {
        return call("recordings.listStored", Access.READ, "GET");
    }

    /**
     * Returns a recording.
     *
     * @throws AriRejectedException if there is none of the name
     */
    public StoredRecording get(String name) {
        return Futures.await(getAsync(name));
    }

    /** Does as {@link #get} without waiting; the future fails as that does. */
    public CompletableFuture<StoredRecording> getAsync(String name) {
        AriCall call = call("recordings.getStored", Access.READ, "GET");
        call.recording("name", name);
        return guarded(name, call, AriAnswer.object(StoredRecording::of));
    }

    /**
     * Deletes a recording.
     *
     * @throws AriRejectedException if there is none of the name
     */
    public void delete(String name) {
        Futures.await(deleteAsync(name));
    }

    /** Does as {@link #delete} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> deleteAsync(String name) {
        AriCall call = call("recordings.deleteStored", Access.CHANGE, "DELETE");
        call.recording("name", name);
        return guarded(name, call, AriAnswer.nothing());
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
        return guarded(name, call, AriAnswer.object(StoredRecording::of));
    }

    /**
     * Opens a recording to read it while it comes in; to be closed. It begins at its start, and
     * nothing is compared: see {@link #download(String, Path)} for that.
     *
     * @throws AriRejectedException if there is none of the name
     */
    public RecordingContent open(String name) {
        AriCall call = file(name);
        requireRight(name, call);
        return Futures.await(calls.lend(call, StoredRecordings::content));
    }

    private static RecordingContent content(HttpResponse answer, LentBody body) {
        RecordingContent.Builder content = RecordingContent.builder(body);
        answer.headers().find("Content-Type").ifPresent(content::contentType);
        RecordingDownload.announced(answer).ifPresent(content::length);
        return content.build();
    }

    private AriCall file(String name) {
        AriCall call = call("recordings.getStoredFile", Access.READ, "GET");
        call.recording("name", name);
        call.path("file");
        return call;
    }

    /**
     * Downloads a recording into a file, which is there only when all of it is: it is written
     * beside its place, its length and the sizes in a WAV header are compared, and only then gets
     * its name. What was there before is replaced.
     *
     * <p>The server cannot send the rest of a file: what breaks off begins anew. There is no limit
     * of time as long as it goes on, unless {@link AriClient#with} sets one.
     *
     * @throws AriRejectedException if there is none of the name
     * @throws PbxConnectionException if the connection is lost on the way
     * @throws PbxProtocolException if it is longer or shorter than announced
     * @throws PbxException if a WAV file is not finished, or the file cannot be written
     */
    public DownloadedRecording download(String name, Path file) {
        return download(name, file, ProgressListener.none());
    }

    /** Downloads a recording as {@link #download(String, Path)} does, and tells how far it is. */
    public DownloadedRecording download(String name, Path file, ProgressListener progress) {
        return Futures.await(downloadAsync(name, file, progress));
    }

    /**
     * Does as {@link #download(String, Path)} without waiting; the future fails as that does.
     * Cancelling it ends the download and leaves nothing behind.
     */
    public CompletableFuture<DownloadedRecording> downloadAsync(String name, Path file) {
        return downloadAsync(name, file, ProgressListener.none());
    }

    /** Does as {@link #downloadAsync(String, Path)}, and tells how far it is. */
    public CompletableFuture<DownloadedRecording> downloadAsync(
            String name, Path file, ProgressListener progress) {
        AriCall call = file(name);
        RecordingDownload download =
                new RecordingDownload(name, file, new SafeProgress(progress), calls.time());
        return calls.steps(
                () -> {
                    requireRight(name, call);
                    return Futures.await(calls.sendStreaming(call, download::store));
                });
    }

    private <T extends @Nullable Object> CompletableFuture<T> guarded(
            String name, AriCall call, AriAnswer<T> answer) {
        return calls.steps(
                () -> {
                    requireRight(name, call);
                    return Futures.await(calls.send(call, answer));
                });
    }

    /** Makes sure that the server takes the recording that is meant. */
    private void requireRight(String name, AriCall call) {
        if (calls.server().map(release -> !release.confusesRecordings()).orElse(false)) {
            return;
        }
        NameSearch search = new NameSearch(name);
        list(search::look);
        if (calls.server().map(Release::confusesRecordings).orElse(true)) {
            search.requireRight(calls.describe(call));
        }
    }

    private AriCall call(String operation, Access access, String method) {
        AriCall call = calls.begin(operation, access, method);
        call.path("recordings");
        call.path("stored");
        return call;
    }

    /** Looks in a list for a name, and for another that the server would take for it. */
    private static final class NameSearch {

        private final String name;
        private boolean found;
        private @Nullable String other;

        NameSearch(String name) {
            this.name = name;
        }

        void look(StoredRecording recording) {
            String candidate = recording.name();
            if (candidate.equals(name)) {
                found = true;
            } else if (name.startsWith(candidate)
                    && candidate.lastIndexOf('/') == name.lastIndexOf('/')) {
                other = candidate;
            }
        }

        void requireRight(String tried) {
            if (other != null) {
                throw AriRejectedException.wrongRecording(tried, other);
            }
            if (!found) {
                throw AriRejectedException.of(tried, 404, "Recording not found");
            }
        }
    }
}
