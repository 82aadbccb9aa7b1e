package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.CallRecordEvent;
import io.github.pbxsdk.ami.event.ChannelSnapshot;
import io.github.pbxsdk.ami.event.HangupEvent;
import io.github.pbxsdk.ami.event.HoldEvent;
import io.github.pbxsdk.ami.event.NewAccountCodeEvent;
import io.github.pbxsdk.ami.event.NewCallerIdEvent;
import io.github.pbxsdk.ami.event.NewChannelEvent;
import io.github.pbxsdk.ami.event.NewConnectedLineEvent;
import io.github.pbxsdk.ami.event.NewStateEvent;
import io.github.pbxsdk.ami.event.OtherEvent;
import io.github.pbxsdk.ami.event.RenameEvent;
import io.github.pbxsdk.ami.event.StatusEvent;
import io.github.pbxsdk.ami.event.UnholdEvent;
import io.github.pbxsdk.ami.event.UserEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The channels and the calls they make up.
 *
 * <p>Only {@code Newchannel} and the list of the server make a channel; all other events are
 * believed only about channels that are known. Not thread-safe.
 */
final class CallTable {

    /** No server has so many; a flood of forged events does not fill the memory. */
    private static final int MOST_CHANNELS = 50_000;

    private final Watch watch;
    private final Consumer<CallModel> whenClosed;
    private final Map<String, ChannelModel> channels = new LinkedHashMap<>();
    private final Map<String, CallModel> calls = new LinkedHashMap<>();
    private final Map<String, CallModel> byAlias = new HashMap<>();
    private final Map<String, CallModel> byGoneChannel = new HashMap<>();
    private final Set<CallModel> touched = new LinkedHashSet<>();
    private final List<CallModel> closed = new ArrayList<>();
    private final Handlers handlers =
            new Handlers()
                    .on(HangupEvent.class, event -> hungUp(event.channel()))
                    .on(NewStateEvent.class, event -> report(event.channel()))
                    .on(NewCallerIdEvent.class, event -> report(event.channel()))
                    .on(NewConnectedLineEvent.class, event -> report(event.channel()))
                    .on(NewAccountCodeEvent.class, event -> report(event.channel()))
                    .on(RenameEvent.class, this::renamed)
                    .on(HoldEvent.class, event -> hold(event.channel(), true))
                    .on(UnholdEvent.class, event -> hold(event.channel(), false));

    /**
     * Creates a table.
     *
     * @param whenClosed is told of each call that will not be heard of again
     */
    CallTable(Watch watch, Consumer<CallModel> whenClosed) {
        this.watch = watch;
        this.whenClosed = whenClosed;
    }

    /**
     * Takes over what an event says.
     *
     * @param isNew whether it isn't gone through again: a channel that has begun doesn't once more
     */
    void apply(AmiEvent event, boolean isNew) {
        if (!isFreeText(event)) {
            followLinkedId(ChannelSnapshot.of(event.fields()));
            followLinkedId(ChannelSnapshot.of(event.fields(), "Dest"));
            followLinkedId(ChannelSnapshot.of(event.fields(), "Parkee"));
        }
        if (event instanceof NewChannelEvent begun) {
            appeared(begun.channel(), isNew);
        }
        handlers.handle(event);
    }

    /** Tells whether its lines are not the server's own description of a channel of this moment. */
    private static boolean isFreeText(AmiEvent event) {
        return event instanceof CallRecordEvent
                || event instanceof UserEvent
                || event instanceof OtherEvent;
    }

    /** All texts of a server run through one channel that never ends: no call. */
    private static boolean isCall(ChannelSnapshot seen) {
        return !seen.name().startsWith("Message/");
    }

    private void appeared(ChannelSnapshot seen, boolean isNew) {
        if (!isCall(seen)) {
            return;
        }
        ChannelModel known = channels.get(seen.uniqueId());
        if (known == null) {
            if (isNew) {
                add(seen, watch.now());
            }
        } else if (known.name.equals(seen.name())) {
            report(seen);
        } else {
            watch.doubt(StatePart.CALLS, "a second channel " + seen.uniqueId());
        }
    }

    private @Nullable ChannelModel add(ChannelSnapshot seen, Instant startedAt) {
        if (seen.uniqueId().isEmpty()
                || seen.linkedId().isEmpty()
                || channels.size() >= MOST_CHANNELS) {
            watch.doubt(StatePart.CALLS, "a channel without an id, or too many");
            return null;
        }
        CallModel call = callOf(seen.linkedId(), startedAt);
        ChannelModel channel = new ChannelModel(seen, call, startedAt, watch.position());
        channels.put(channel.uniqueId, channel);
        byGoneChannel.remove(channel.uniqueId);
        call.add(channel);
        touch(call);
        return channel;
    }

    private CallModel callOf(String linkedId, Instant startedAt) {
        CallModel live = calls.get(linkedId);
        CallModel call = live == null ? byAlias.get(linkedId) : live;
        if (call == null) {
            call = new CallModel(linkedId, startedAt);
            calls.put(linkedId, call);
        }
        return call;
    }

    private void hungUp(ChannelSnapshot seen) {
        if (isCall(seen)) {
            known(seen.uniqueId()).ifPresent(this::end);
        }
    }

    private void end(ChannelModel channel) {
        CallModel call = channel.call;
        channels.remove(channel.uniqueId);
        BridgeTable.leave(channel, this::touch);
        call.channels.remove(channel.uniqueId);
        remember(call, channel.uniqueId, watch.position());
        if (call.isOver()) {
            call.over(watch.now());
            watch.closeLater(call);
        }
        touch(call);
    }

    private void remember(CallModel call, String channelId, long goneAt) {
        call.gone.put(channelId, goneAt);
        byGoneChannel.put(channelId, call);
    }

    /** Closes a call whose last channel has gone, if none has come since. */
    void close(CallModel call) {
        if (call.isOver() && calls.remove(call.id, call)) {
            call.gone.keySet().forEach(id -> byGoneChannel.remove(id, call));
            call.aliases().forEach(id -> byAlias.remove(id, call));
            touched.remove(call);
            closed.add(call);
            whenClosed.accept(call);
        }
    }

    /** No event says that a channel belongs to another call now; those that follow just do so. */
    private void followLinkedId(ChannelSnapshot seen) {
        ChannelModel channel = channels.get(seen.uniqueId());
        String linkedId = seen.linkedId();
        // Events of different kinds overtake each other: one with the former id is an old one.
        if (channel != null && !linkedId.isEmpty() && !channel.call.knows(linkedId)) {
            move(channel, callOf(linkedId, channel.startedAt));
        }
    }

    private void move(ChannelModel channel, CallModel to) {
        CallModel from = channel.call;
        from.channels.remove(channel.uniqueId);
        to.add(channel);
        alias(from.id, to);
        if (from.isOver()) {
            List.copyOf(from.aliases()).forEach(id -> alias(id, to));
            from.gone.forEach((id, goneAt) -> remember(to, id, goneAt));
            from.gone.clear();
            from.goesOnIn(to);
            from.over(watch.now());
            close(from);
        } else {
            touch(from);
        }
        touch(to);
    }

    private void alias(String id, CallModel call) {
        call.addAlias(id);
        if (call.aliases().contains(id)) {
            byAlias.put(id, call);
        }
    }

    private void report(ChannelSnapshot seen) {
        change(seen, channel -> channel.take(seen));
    }

    private void hold(ChannelSnapshot seen, boolean onHold) {
        change(seen, channel -> channel.onHold = onHold);
    }

    private void renamed(RenameEvent event) {
        known(event.uniqueId())
                .ifPresent(
                        channel -> {
                            channel.name = event.newName();
                            touch(channel.call);
                        });
    }

    /** Changes a channel, if it is known. */
    void change(ChannelSnapshot seen, Consumer<ChannelModel> step) {
        if (!isCall(seen)) {
            return;
        }
        known(seen.uniqueId())
                .ifPresent(
                        channel -> {
                            step.accept(channel);
                            touch(channel.call);
                        });
    }

    /** Returns a live channel; an event about one that never was raises doubt. */
    Optional<ChannelModel> known(String uniqueId) {
        ChannelModel channel = channels.get(uniqueId);
        if (channel == null && !byGoneChannel.containsKey(uniqueId)) {
            watch.doubt(StatePart.CALLS, "an event about a channel that is not known");
        }
        return Optional.ofNullable(channel);
    }

    /** Returns a live channel. */
    Optional<ChannelModel> channel(String uniqueId) {
        return Optional.ofNullable(channels.get(uniqueId));
    }

    Collection<ChannelModel> channels() {
        return channels.values();
    }

    /** Has the change of a call told. */
    void touch(CallModel call) {
        if (calls.get(call.id) == call) {
            touched.add(call);
        }
    }

    /**
     * Takes over the channels that the server has.
     *
     * @param began how many events had come when the server was asked: what began since stays, and
     *     what ended since doesn't come back
     */
    void replace(List<StatusEvent> statuses, long began) {
        Instant now = watch.now();
        Set<String> listed = new HashSet<>();
        for (StatusEvent status : statuses) {
            ChannelSnapshot seen = status.channel();
            listed.add(seen.uniqueId());
            ChannelModel channel = channels.get(seen.uniqueId());
            if (channel == null && isCall(seen) && !hasGoneSince(began, seen.uniqueId())) {
                add(seen, status.duration().map(now::minus).orElse(now));
            } else if (channel != null) {
                channel.name = seen.name();
                channel.take(seen);
                followLinkedId(seen);
                touch(channel.call);
            }
        }
        List<ChannelModel> ghosts =
                channels.values().stream()
                        .filter(channel -> channel.createdAt <= began)
                        .filter(channel -> !listed.contains(channel.uniqueId))
                        .toList();
        ghosts.forEach(this::end);
    }

    private boolean hasGoneSince(long began, String channelId) {
        CallModel call = byGoneChannel.get(channelId);
        return call != null && call.gone.getOrDefault(channelId, began) > began;
    }

    /** Forgets everything: the ids of the server that was restarted mean nothing any more. */
    void clear() {
        List.copyOf(channels.values()).forEach(this::end);
        List.copyOf(calls.values()).forEach(this::close);
    }

    /** Tells what has changed since the last time. */
    void tell(Consumer<StateEvent> out) {
        for (CallModel call : touched) {
            call.look(watch.now());
            tell(call, out);
        }
        touched.clear();
        for (CallModel call : closed) {
            if (call.told == null) {
                tell(call, out);
            }
            out.accept(new CallEndedEvent(call.value()));
        }
        closed.clear();
    }

    private static void tell(CallModel call, Consumer<StateEvent> out) {
        LiveCall before = call.told;
        LiveCall now = call.value();
        call.told = now;
        if (before == null) {
            out.accept(new CallAppearedEvent(now));
        } else if (!before.equals(now)) {
            out.accept(new CallChangedEvent(before, now));
        }
    }

    List<LiveCall> calls() {
        return calls.values().stream().map(CallModel::value).toList();
    }

    /** Returns a call by its id, a former id, or the id of one of its channels. */
    Optional<LiveCall> find(String id) {
        CallModel call = calls.get(id);
        if (call == null) {
            call = byAlias.get(id);
        }
        if (call == null) {
            ChannelModel channel = channels.get(id);
            call = channel == null ? byGoneChannel.get(id) : channel.call;
        }
        return Optional.ofNullable(call).map(CallModel::value);
    }

    /** Returns how many entries there are in all, for tests of what is kept. */
    int size() {
        return channels.size() + calls.size() + byAlias.size() + byGoneChannel.size();
    }
}
