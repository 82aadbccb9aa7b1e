package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.ChannelDestroyedEvent;
import io.github.pbxsdk.ari.event.ChannelEvent;
import io.github.pbxsdk.ari.event.StasisStartEvent;
import io.github.pbxsdk.ari.model.Channel;
import io.github.pbxsdk.ari.request.OriginateRequest;
import io.github.pbxsdk.ari.request.PlayRequest;
import io.github.pbxsdk.ari.request.RecordRequest;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One channel by its id, whether it is there already or not: subscribe first, originate then, and
 * no event is missed.
 *
 * <pre>{@code
 * ChannelHandle call = ari.channel(AriClient.newId());
 * call.subscribe(ChannelDtmfReceivedEvent.class, event -> log.info(event.digit()));
 * call.originate(OriginateRequest.builder("PJSIP/100").app("reception").build());
 * }</pre>
 *
 * <p>A handle holds nothing of the channel and costs nothing; operations that it doesn't have are
 * in {@link AriClient#channels()}. Thread-safe.
 */
public final class ChannelHandle {

    private final AriClient client;
    private final String id;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Ending<StasisStartEvent> entering;
    private @Nullable Ending<ChannelDestroyedEvent> ending;
    private @Nullable CompletableFuture<Channel> originating;

    ChannelHandle(AriClient client, String id) {
        this.client = client;
        this.id = id;
    }

    /** Returns the id of the channel. */
    public String id() {
        return id;
    }

    /**
     * Attaches a listener to the events of this channel, of a type and everything below it.
     *
     * @throws IllegalStateException if the client is closed
     */
    public <E extends ChannelEvent> Subscription subscribe(
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

    private boolean isAbout(ChannelEvent event) {
        return event.channels().stream().anyMatch(channel -> channel.id().equals(id));
    }

    /**
     * Calls somebody with a channel of this id.
     *
     * <p>Before the request leaves, {@link #entered()} and {@link #ended()} listen, if what becomes
     * of the channel is told to this client: it is connected, or on its way to it, and the call
     * goes to one of its applications, or it is subscribed to all channels or to this one.
     * Otherwise they listen from when they are called.
     *
     * @throws AriRejectedException if the server refuses; {@code CONFLICT} while the id is in use
     */
    public Channel originate(OriginateRequest request) {
        return Futures.await(originateAsync(request));
    }

    /** Does as {@link #originate} without waiting; the future fails as that does. */
    public CompletableFuture<Channel> originateAsync(OriginateRequest request) {
        if (client.engine().hearsOfChannel(id, request.app())) {
            entering();
            ending();
        }
        CompletableFuture<Channel> call;
        try {
            call = client.channels().originateAsync(request.toBuilder().channelId(id).build());
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        }
        originating(call);
        call.whenComplete(
                (channel, failure) -> {
                    if (failure != null) {
                        failed(Futures.unwrap(failure));
                    }
                });
        return call;
    }

    private void failed(Throwable failure) {
        entering().fail(failure);
        ending().fail(failure);
    }

    private void originating(CompletableFuture<Channel> request) {
        lock.lock();
        try {
            originating = request;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the channel's coming into an application of this client, told from now on: call it,
     * or {@link #originate}, before the channel comes. It fails when an originated channel ends
     * without. A call into the dialplan may come in from there: call this before {@link #originate}
     * then.
     */
    public CompletableFuture<StasisStartEvent> entered() {
        return checkedEntering().future();
    }

    /**
     * Waits until the channel comes into an application of this client; a listener may do so too.
     *
     * @throws PbxRejectedException if it ends without, with the cause of its end
     * @throws PbxTimeoutException if neither is told within the limit
     */
    public StasisStartEvent awaitEntered(Duration limit) {
        return checkedEntering().await(limit);
    }

    /**
     * Returns the channel's end, told from now on; it fails when the channel is gone already.
     * Cancelling the future gives up waiting and does not hang up.
     */
    public CompletableFuture<ChannelDestroyedEvent> ended() {
        return checkedEnding().future();
    }

    /**
     * Waits for the channel's end; a listener may do so too.
     *
     * @throws PbxTimeoutException if it does not come within the limit
     */
    public ChannelDestroyedEvent awaitEnded(Duration limit) {
        return checkedEnding().await(limit);
    }

    /** Whoever begins to wait only after his call was made may be too late. */
    private Ending<StasisStartEvent> checkedEntering() {
        lock.lock();
        try {
            boolean isNew = entering == null;
            Ending<StasisStartEvent> start = entering();
            if (isNew && originating != null) {
                // Its end without a start fails the start.
                checkedEnding();
                check(start);
            }
            return start;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever begins to wait now may be too late. */
    private Ending<ChannelDestroyedEvent> checkedEnding() {
        lock.lock();
        try {
            boolean isNew = ending == null;
            Ending<ChannelDestroyedEvent> end = ending();
            if (isNew) {
                check(end);
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** A channel that is being made is not there yet. */
    private void check(Ending<?> waiting) {
        if (originating == null) {
            waiting.check();
        } else {
            originating.whenComplete(
                    (channel, failure) -> {
                        if (failure == null) {
                            waiting.check();
                        }
                    });
        }
    }

    private Ending<StasisStartEvent> entering() {
        lock.lock();
        try {
            if (entering == null) {
                entering =
                        Ending.begin(
                                client.engine(),
                                Endings.Moment.CHANNEL_ENTERED.of(id),
                                "the start of channel " + id,
                                event -> (StasisStartEvent) event,
                                this::isThere);
            }
            return entering;
        } finally {
            lock.unlock();
        }
    }

    private Ending<ChannelDestroyedEvent> ending() {
        lock.lock();
        try {
            if (ending == null) {
                ending =
                        Ending.begin(
                                client.engine(),
                                Endings.Moment.CHANNEL_ENDED.of(id),
                                "the end of channel " + id,
                                event -> (ChannelDestroyedEvent) event,
                                this::isThere);
                ending.future().whenComplete((event, failure) -> endedWithoutStart(event));
            }
            return ending;
        } finally {
            lock.unlock();
        }
    }

    private void endedWithoutStart(@Nullable ChannelDestroyedEvent event) {
        Ending<StasisStartEvent> start;
        lock.lock();
        try {
            start = entering;
        } finally {
            lock.unlock();
        }
        if (start != null && event != null) {
            start.fail(
                    new PbxRejectedException(
                            "channel " + id + " ended before it came in: " + event.causeText(),
                            (int) event.cause().orElse(0),
                            event.causeText()));
        }
    }

    /**
     * Returns the channel as it is now.
     *
     * @throws AriRejectedException if it is gone
     */
    public Channel get() {
        return Futures.await(getAsync());
    }

    /** Does as {@link #get} without waiting; the future fails as that does. */
    public CompletableFuture<Channel> getAsync() {
        return client.channels().getAsync(id);
    }

    private CompletableFuture<Channel> isThere() {
        return new Channels(client.engine().ownCalls()).getAsync(id);
    }

    /**
     * Answers the channel.
     *
     * @throws AriRejectedException if it is gone, or in no application
     */
    public void answer() {
        Futures.await(answerAsync());
    }

    /** Does as {@link #answer} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> answerAsync() {
        return client.channels().answerAsync(id);
    }

    /**
     * Hangs up the channel.
     *
     * @throws AriRejectedException if it is gone
     */
    public void hangup() {
        Futures.await(hangupAsync());
    }

    /** Does as {@link #hangup} without waiting; the future fails as that does. */
    public CompletableFuture<@Nullable Void> hangupAsync() {
        return client.channels().hangupAsync(id);
    }

    /**
     * Plays media one after the other, such as {@code sound:hello-world}.
     *
     * @throws AriRejectedException if the channel is gone, or in no application
     */
    public PlaybackHandle play(String... media) {
        return play(PlayRequest.of(media));
    }

    /**
     * Plays media.
     *
     * @throws AriRejectedException if the channel is gone, or in no application
     */
    public PlaybackHandle play(PlayRequest request) {
        return playing(request).await();
    }

    /** Does as {@link #play(PlayRequest)} without waiting; the future fails as that does. */
    public CompletableFuture<PlaybackHandle> playAsync(PlayRequest request) {
        return playing(request).future();
    }

    private Starting<PlaybackHandle> playing(PlayRequest request) {
        String playbackId = request.playbackId().orElseGet(AriClient::newId);
        PlaybackHandle playback = new PlaybackHandle(client, playbackId);
        PlayRequest withId = request.toBuilder().playbackId(playbackId).build();
        return Starting.of(
                client, playback, () -> client.channels().playAsync(id, withId), playback::failed);
    }

    /**
     * Records what comes from the channel.
     *
     * @throws AriRejectedException if the channel is gone or in no application, the name taken, the
     *     format unknown
     */
    public LiveRecordingHandle record(RecordRequest request) {
        return recording(request).await();
    }

    /** Does as {@link #record} without waiting; the future fails as that does. */
    public CompletableFuture<LiveRecordingHandle> recordAsync(RecordRequest request) {
        return recording(request).future();
    }

    private Starting<LiveRecordingHandle> recording(RecordRequest request) {
        LiveRecordingHandle recording = new LiveRecordingHandle(client, request.name());
        return Starting.of(
                client,
                recording,
                () -> client.channels().recordAsync(id, request),
                recording::failed);
    }

    @Override
    public String toString() {
        return "ChannelHandle[" + id + "]";
    }
}
