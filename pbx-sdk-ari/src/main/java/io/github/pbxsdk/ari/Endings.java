package io.github.pbxsdk.ari;

import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.ari.event.ChannelDestroyedEvent;
import io.github.pbxsdk.ari.event.PlaybackFinishedEvent;
import io.github.pbxsdk.ari.event.RecordingFailedEvent;
import io.github.pbxsdk.ari.event.RecordingFinishedEvent;
import io.github.pbxsdk.ari.event.StasisStartEvent;
import io.github.pbxsdk.core.PbxConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Who waits for which event that comes once.
 *
 * <p>They are told by the thread that reads the socket, not through the queue of the listeners: so
 * a listener itself may wait for the end of a playback that it has started.
 */
final class Endings {

    private static final int ASKED_AT_A_TIME = 8;

    private final Map<String, List<Ending<?>>> waiting = new ConcurrentHashMap<>();

    /** What is waited for. */
    enum Moment {
        CHANNEL_ENTERED,
        CHANNEL_ENDED,
        PLAYBACK_ENDED,
        RECORDING_ENDED;

        String of(String id) {
            return name() + " " + id;
        }
    }

    void add(String key, Ending<?> ending) {
        waiting.compute(
                key,
                (same, before) -> {
                    List<Ending<?>> after =
                            before == null ? new ArrayList<>() : new ArrayList<>(before);
                    after.add(ending);
                    return after;
                });
    }

    void remove(String key, Ending<?> ending) {
        waiting.computeIfPresent(
                key,
                (same, before) -> {
                    List<Ending<?>> after = new ArrayList<>(before);
                    after.remove(ending);
                    return after.isEmpty() ? null : after;
                });
    }

    /** Tells whether an event of a type can be one that is waited for. */
    boolean want(String type) {
        if (waiting.isEmpty()) {
            return false;
        }
        return switch (type) {
            case "StasisStart",
                    "ChannelDestroyed",
                    "PlaybackFinished",
                    "RecordingFinished",
                    "RecordingFailed" ->
                    true;
            default -> false;
        };
    }

    /** Tells those who wait for an event; does nothing that could take time. */
    void take(AriEvent event) {
        keyOf(event)
                .flatMap(key -> Optional.ofNullable(waiting.get(key)))
                .ifPresent(all -> all.forEach(one -> one.take(event)));
    }

    private static Optional<String> keyOf(AriEvent event) {
        if (event instanceof StasisStartEvent start) {
            return Optional.of(Moment.CHANNEL_ENTERED.of(start.channel().id()));
        }
        if (event instanceof ChannelDestroyedEvent end) {
            return Optional.of(Moment.CHANNEL_ENDED.of(end.channel().id()));
        }
        if (event instanceof PlaybackFinishedEvent end) {
            return Optional.of(Moment.PLAYBACK_ENDED.of(end.playback().id()));
        }
        if (event instanceof RecordingFinishedEvent end) {
            return Optional.of(Moment.RECORDING_ENDED.of(end.recording().name()));
        }
        return event instanceof RecordingFailedEvent end
                ? Optional.of(Moment.RECORDING_ENDED.of(end.recording().name()))
                : Optional.empty();
    }

    /** Asks for each whether there is still something to wait for, for a few at a time. */
    void check() {
        Queue<Ending<?>> left = new ConcurrentLinkedQueue<>(all());
        for (int i = 0; i < ASKED_AT_A_TIME; i++) {
            checkNext(left);
        }
    }

    private static void checkNext(Queue<Ending<?>> left) {
        for (Ending<?> next = left.poll(); next != null; next = left.poll()) {
            CompletableFuture<?> asked = next.check();
            if (!asked.isDone()) {
                asked.whenComplete((there, failure) -> checkNext(left));
                return;
            }
        }
    }

    /** Fails all: nothing comes any more. */
    void close(String source) {
        all().forEach(
                        one ->
                                one.fail(
                                        new PbxConnectionException(
                                                source + " was closed", null, true)));
    }

    private List<Ending<?>> all() {
        List<Ending<?>> all = new ArrayList<>();
        waiting.values().forEach(all::addAll);
        return all;
    }
}
