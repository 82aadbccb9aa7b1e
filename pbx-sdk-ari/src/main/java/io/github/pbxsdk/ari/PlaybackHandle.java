package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.PlaybackEvent;
import io.github.pbxsdk.ari.model.Playback;
import io.github.pbxsdk.ari.request.PlaybackOperation;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A playback that was started by this client. Its end is listened for since before the request
 * left. Thread-safe.
 */
public final class PlaybackHandle {

    private final AriClient client;
    private final String id;
    private final Ending<Playback> ending;

    PlaybackHandle(AriClient client, String id) {
        this.client = client;
        this.id = id;
        this.ending =
                Ending.begin(
                        client.engine(),
                        Endings.Moment.PLAYBACK_ENDED.of(id),
                        "the end of playback " + id,
                        event -> ((PlaybackEvent) event).playback(),
                        () -> new Playbacks(client.engine().ownCalls()).getAsync(id));
    }

    /** Returns the id of the playback. */
    public String id() {
        return id;
    }

    /**
     * Returns how it ended, once it has: its state is {@code DONE}, or {@code FAILED} where a file
     * is missing. Cancelling the future gives up waiting and does not stop the playback.
     */
    public CompletableFuture<Playback> finished() {
        return ending.future();
    }

    /**
     * Waits for the end; a listener may do so too.
     *
     * @throws PbxTimeoutException if it does not come within the limit; the playback goes on
     */
    public Playback awaitFinished(Duration limit) {
        return ending.await(limit);
    }

    /**
     * Stops the playback, which then is finished.
     *
     * @throws AriRejectedException if it is over
     */
    public void stop() {
        Futures.await(stopAsync());
    }

    /** Does as {@link #stop} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> stopAsync() {
        return client.playbacks().stopAsync(id);
    }

    /**
     * Pauses, resumes or winds the playback.
     *
     * @throws AriRejectedException if it is over, or in a state in which this cannot be done
     */
    public void control(PlaybackOperation operation) {
        Futures.await(controlAsync(operation));
    }

    /** Does as {@link #control} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> controlAsync(PlaybackOperation operation) {
        return client.playbacks().controlAsync(id, operation);
    }

    void failed(Throwable failure) {
        ending.fail(failure);
    }

    @Override
    public String toString() {
        return "PlaybackHandle[" + id + "]";
    }
}
