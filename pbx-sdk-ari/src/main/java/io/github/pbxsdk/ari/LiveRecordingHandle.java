package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.RecordingEvent;
import io.github.pbxsdk.ari.model.LiveRecording;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A recording that was started by this client. Its end is listened for since before the request
 * left. Thread-safe.
 */
public final class LiveRecordingHandle {

    private final AriClient client;
    private final String name;
    private final Ending<LiveRecording> ending;
    private volatile boolean thrownAway;

    LiveRecordingHandle(AriClient client, String name) {
        this.client = client;
        this.name = name;
        this.ending =
                Ending.begin(
                        client.engine(),
                        Endings.Moment.RECORDING_ENDED.of(name),
                        "the end of recording " + name,
                        event -> outcome((RecordingEvent) event),
                        () -> new LiveRecordings(client.engine().ownCalls()).getAsync(name));
    }

    /** What is thrown away before it has begun in earnest may still be told as done. */
    private LiveRecording outcome(RecordingEvent event) {
        return thrownAway ? canceled() : event.recording();
    }

    /** Returns the name of the recording. */
    public String name() {
        return name;
    }

    /**
     * Returns how it ended, once it has: its state is {@code DONE}, {@code FAILED} with a cause, or
     * {@code CANCELED}. Cancelling the future gives up waiting and does not stop the recording.
     */
    public CompletableFuture<LiveRecording> finished() {
        return ending.future();
    }

    /**
     * Waits for the end; a listener may do so too.
     *
     * @throws PbxTimeoutException if it does not come within the limit; the recording goes on
     */
    public LiveRecording awaitFinished(Duration limit) {
        return ending.await(limit);
    }

    /**
     * Stops the recording and keeps it.
     *
     * @throws AriRejectedException if it is over
     */
    public void stop() {
        Futures.await(stopAsync());
    }

    /** Does as {@link #stop} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> stopAsync() {
        return client.liveRecordings().stopAsync(name);
    }

    /**
     * Stops the recording and throws it away.
     *
     * @throws AriRejectedException if it is over
     */
    public void cancel() {
        Futures.await(cancelAsync());
    }

    /** Does as {@link #cancel} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> cancelAsync() {
        thrownAway = true;
        CompletableFuture<@Nullable Void> cancelling = client.liveRecordings().cancelAsync(name);
        cancelling.whenComplete((nothing, failure) -> cancelled(failure));
        return cancelling;
    }

    /** The server mostly tells no end of a recording that was thrown away. */
    private void cancelled(@Nullable Throwable failure) {
        if (failure == null) {
            ending.complete(canceled());
        } else {
            thrownAway = false;
        }
    }

    private LiveRecording canceled() {
        return LiveRecording.of(
                AriObject.builder().put("name", name).put("state", "canceled").build());
    }

    /**
     * Leaves out what follows; repeatable.
     *
     * @throws AriRejectedException if it is over
     */
    public void pause() {
        Futures.await(pauseAsync());
    }

    /** Does as {@link #pause} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> pauseAsync() {
        return client.liveRecordings().pauseAsync(name);
    }

    /**
     * Goes on after {@link #pause}.
     *
     * @throws AriRejectedException if it is over
     */
    public void unpause() {
        Futures.await(unpauseAsync());
    }

    /** Does as {@link #unpause} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> unpauseAsync() {
        return client.liveRecordings().unpauseAsync(name);
    }

    void failed(Throwable failure) {
        ending.fail(failure);
    }

    @Override
    public String toString() {
        return "LiveRecordingHandle[" + name + "]";
    }
}
