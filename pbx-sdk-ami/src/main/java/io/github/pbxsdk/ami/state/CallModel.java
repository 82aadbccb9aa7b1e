package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.ChannelState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known of one call. Its owner guards it. */
final class CallModel {

    /** Transfers and merges are few; a server that reports more than this is not believed. */
    private static final int MOST_ALIASES = 100;

    final String id;
    final Instant startedAt;
    final Map<String, ChannelModel> channels = new LinkedHashMap<>();

    /** Channels that have gone, whose late events are no surprise, with the position of the end. */
    final Map<String, Long> gone = new LinkedHashMap<>();

    /** What was told last; null before the first time. */
    @Nullable LiveCall told;

    private final Set<String> aliases = new LinkedHashSet<>();
    private @Nullable Instant talkingSince;
    private @Nullable Instant endedAt;
    private @Nullable String continuesAs;

    CallModel(String id, Instant startedAt) {
        this.id = id;
        this.startedAt = startedAt;
    }

    boolean knows(String linkedId) {
        return id.equals(linkedId) || aliases.contains(linkedId);
    }

    Set<String> aliases() {
        return aliases;
    }

    void addAlias(String linkedId) {
        if (aliases.size() < MOST_ALIASES && !linkedId.equals(id)) {
            aliases.add(linkedId);
        }
    }

    void add(ChannelModel channel) {
        channels.put(channel.uniqueId, channel);
        channel.call = this;
        endedAt = null;
        continuesAs = null;
    }

    /** Notes that the last channel has gone. */
    void over(Instant now) {
        endedAt = now;
    }

    void goesOnIn(CallModel other) {
        continuesAs = other.id;
    }

    boolean isOver() {
        return channels.isEmpty();
    }

    @Nullable Instant endedAt() {
        return endedAt;
    }

    boolean wentOn() {
        return continuesAs != null;
    }

    /** Notes since when two talk, which only the first talk sets. */
    void look(Instant now) {
        if (talkingSince == null && phase() == CallPhase.TALKING) {
            talkingSince = now;
        }
    }

    LiveCall value() {
        Collection<ChannelModel> all = channels.values();
        List<RunningRecording> recordings = new ArrayList<>();
        all.forEach(channel -> recordings.addAll(channel.recordings));
        return new Values.Call(
                id,
                Set.copyOf(aliases),
                phase(),
                all.stream().map(ChannelModel::value).toList(),
                startedAt,
                Optional.ofNullable(talkingSince),
                Optional.ofNullable(endedAt),
                Optional.ofNullable(continuesAs),
                List.copyOf(recordings),
                all.stream().map(channel -> channel.parked).filter(Objects::nonNull).toList(),
                all.stream().map(channel -> channel.queue).filter(Objects::nonNull).findFirst());
    }

    private CallPhase phase() {
        if (channels.isEmpty()) {
            return CallPhase.ENDED;
        }
        if (Conversations.areIn(this)) {
            return CallPhase.TALKING;
        }
        if (any(channel -> channel.parked != null)) {
            return CallPhase.PARKED;
        }
        if (any(channel -> channel.queue != null)) {
            return CallPhase.QUEUED;
        }
        if (any(channel -> channel.state == ChannelState.RINGING)) {
            return CallPhase.RINGING;
        }
        return any(channel -> channel.state == ChannelState.UP)
                ? CallPhase.CONNECTED
                : CallPhase.STARTED;
    }

    private boolean any(Predicate<ChannelModel> condition) {
        return channels.values().stream().anyMatch(condition);
    }
}
