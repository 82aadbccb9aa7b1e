package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.BridgeEvent;
import io.github.pbxsdk.ari.model.Bridge;
import io.github.pbxsdk.ari.request.AddChannelRequest;
import io.github.pbxsdk.ari.request.BridgePlayRequest;
import io.github.pbxsdk.ari.request.BridgeRecordRequest;
import io.github.pbxsdk.ari.request.CreateBridgeRequest;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One bridge by its id, whether it is there already or not: subscribe first, create then, and no
 * event is missed.
 *
 * <p>A handle holds nothing of the bridge and costs nothing; operations that it doesn't have are in
 * {@link AriClient#bridges()}. Thread-safe.
 */
public final class BridgeHandle {

    private final AriClient client;
    private final String id;

    BridgeHandle(AriClient client, String id) {
        this.client = client;
        this.id = id;
    }

    /** Returns the id of the bridge. */
    public String id() {
        return id;
    }

    /**
     * Attaches a listener to the events of this bridge, of a type and everything below it.
     *
     * @throws IllegalStateException if the client is closed
     */
    public <E extends BridgeEvent> Subscription subscribe(
            Class<E> type, Listener<? super E> listener) {
        return client.events()
                .subscribe(
                        type,
                        event -> {
                            if (isAbout(event)) {
                                listener.onEvent(event);
                            }
                        });
    }

    private boolean isAbout(BridgeEvent event) {
        return event.bridges().stream().anyMatch(bridge -> bridge.id().equals(id));
    }

    /**
     * Creates the bridge with this id.
     *
     * @throws AriRejectedException if the server refuses
     */
    public Bridge create(CreateBridgeRequest request) {
        return Futures.await(createAsync(request));
    }

    /** Does as {@link #create} without waiting; the future fails as that does. */
    public CompletableFuture<Bridge> createAsync(CreateBridgeRequest request) {
        return client.bridges().createAsync(request.toBuilder().bridgeId(id).build());
    }

    /**
     * Returns the bridge as it is now.
     *
     * @throws AriRejectedException if it is gone
     */
    public Bridge get() {
        return Futures.await(getAsync());
    }

    /** Does as {@link #get} without waiting; the future fails as that does. */
    public CompletableFuture<Bridge> getAsync() {
        return client.bridges().getAsync(id);
    }

    /**
     * Puts channels into the bridge.
     *
     * @throws AriRejectedException if it or one of them is gone, or one is in no application
     */
    public void add(String... channelIds) {
        Futures.await(addAsync(channelIds));
    }

    /** Does as {@link #add} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> addAsync(String... channelIds) {
        return client.bridges().addChannelAsync(id, AddChannelRequest.of(channelIds));
    }

    /**
     * Takes channels out of the bridge.
     *
     * @throws AriRejectedException if it or one of them is gone, or one is not in it
     */
    public void remove(String... channelIds) {
        Futures.await(removeAsync(channelIds));
    }

    /** Does as {@link #remove} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> removeAsync(String... channelIds) {
        return client.bridges().removeChannelAsync(id, List.of(channelIds));
    }

    /**
     * Plays media to all in the bridge.
     *
     * @throws AriRejectedException if it is gone
     */
    public PlaybackHandle play(BridgePlayRequest request) {
        return playing(request).await();
    }

    /** Does as {@link #play} without waiting; the future fails as that does. */
    public CompletableFuture<PlaybackHandle> playAsync(BridgePlayRequest request) {
        return playing(request).future();
    }

    private Starting<PlaybackHandle> playing(BridgePlayRequest request) {
        String playbackId = request.playbackId().orElseGet(AriClient::newId);
        PlaybackHandle playback = new PlaybackHandle(client, playbackId);
        BridgePlayRequest withId = request.toBuilder().playbackId(playbackId).build();
        return Starting.of(
                client, playback, () -> client.bridges().playAsync(id, withId), playback::failed);
    }

    /**
     * Records all in the bridge.
     *
     * @throws AriRejectedException if it is gone, the name taken, the format unknown
     */
    public LiveRecordingHandle record(BridgeRecordRequest request) {
        return recording(request).await();
    }

    /** Does as {@link #record} without waiting; the future fails as that does. */
    public CompletableFuture<LiveRecordingHandle> recordAsync(BridgeRecordRequest request) {
        return recording(request).future();
    }

    private Starting<LiveRecordingHandle> recording(BridgeRecordRequest request) {
        LiveRecordingHandle recording = new LiveRecordingHandle(client, request.name());
        return Starting.of(
                client,
                recording,
                () -> client.bridges().recordAsync(id, request),
                recording::failed);
    }

    /**
     * Ends the bridge; its channels stay in their application.
     *
     * @throws AriRejectedException if it is gone
     */
    public void destroy() {
        Futures.await(destroyAsync());
    }

    /** Does as {@link #destroy} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> destroyAsync() {
        return client.bridges().destroyAsync(id);
    }

    @Override
    public String toString() {
        return "BridgeHandle[" + id + "]";
    }
}
