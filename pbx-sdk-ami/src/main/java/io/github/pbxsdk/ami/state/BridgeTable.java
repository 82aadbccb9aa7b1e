package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.BridgeCreateEvent;
import io.github.pbxsdk.ami.event.BridgeDestroyEvent;
import io.github.pbxsdk.ami.event.BridgeEnterEvent;
import io.github.pbxsdk.ami.event.BridgeLeaveEvent;
import io.github.pbxsdk.ami.event.BridgeListItemEvent;
import io.github.pbxsdk.ami.event.BridgeSnapshot;
import io.github.pbxsdk.ami.event.StatusEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The bridges, and who is in which. Not thread-safe. */
final class BridgeTable {

    private static final int MOST_BRIDGES = 50_000;

    private final Watch watch;
    private final CallTable calls;
    private final Map<String, BridgeModel> bridges = new LinkedHashMap<>();
    private final Handlers handlers =
            new Handlers()
                    .on(BridgeCreateEvent.class, event -> bridge(event.bridge()))
                    .on(BridgeEnterEvent.class, this::entered)
                    .on(BridgeLeaveEvent.class, this::left)
                    .on(BridgeDestroyEvent.class, event -> destroy(event.bridge().uniqueId()));

    BridgeTable(Watch watch, CallTable calls) {
        this.watch = watch;
        this.calls = calls;
    }

    void apply(AmiEvent event) {
        handlers.handle(event);
    }

    private void entered(BridgeEnterEvent event) {
        calls.change(event.channel(), channel -> enter(channel, bridge(event.bridge())));
    }

    private void left(BridgeLeaveEvent event) {
        calls.change(
                event.channel(),
                channel -> {
                    if (channel.bridge != null
                            && channel.bridge.id.equals(event.bridge().uniqueId())) {
                        leave(channel, calls::touch);
                    }
                });
    }

    private BridgeModel bridge(BridgeSnapshot seen) {
        BridgeModel bridge = bridges.get(seen.uniqueId());
        if (bridge == null) {
            bridge = new BridgeModel(seen.uniqueId(), watch.now(), watch.position());
            if (bridges.size() < MOST_BRIDGES) {
                bridges.put(bridge.id, bridge);
            }
        }
        bridge.take(seen);
        return bridge;
    }

    private void enter(ChannelModel channel, BridgeModel bridge) {
        if (channel.bridge != bridge) {
            leave(channel, calls::touch);
            channel.bridge = bridge;
            bridge.channels.add(channel);
        }
        bridge.channels.forEach(other -> calls.touch(other.call));
    }

    /** Takes a channel out of its bridge, and has the calls of those left behind told. */
    static void leave(ChannelModel channel, Consumer<CallModel> touch) {
        BridgeModel bridge = channel.bridge;
        if (bridge != null) {
            channel.bridge = null;
            bridge.channels.remove(channel);
            bridge.channels.forEach(other -> touch.accept(other.call));
            touch.accept(channel.call);
        }
    }

    private void destroy(String id) {
        BridgeModel bridge = bridges.remove(id);
        if (bridge != null) {
            List.copyOf(bridge.channels).forEach(channel -> leave(channel, calls::touch));
        }
    }

    /** Takes over the bridges that the server has; what is younger than the question stays. */
    void replace(List<BridgeListItemEvent> items, long began) {
        Set<String> listed = new HashSet<>();
        for (BridgeListItemEvent item : items) {
            bridge(item.bridge());
            listed.add(item.bridge().uniqueId());
        }
        List<String> ghosts =
                bridges.values().stream()
                        .filter(bridge -> bridge.createdAt <= began)
                        .map(bridge -> bridge.id)
                        .filter(id -> !listed.contains(id))
                        .toList();
        ghosts.forEach(this::destroy);
    }

    /** Takes over who is in which bridge. */
    void place(List<StatusEvent> statuses) {
        for (StatusEvent status : statuses) {
            calls.channel(status.channel().uniqueId())
                    .ifPresent(channel -> place(channel, status.bridgeId()));
        }
    }

    private void place(ChannelModel channel, String bridgeId) {
        BridgeModel bridge = bridges.get(bridgeId);
        if (bridge != null) {
            enter(channel, bridge);
        } else if (bridgeId.isEmpty()) {
            leave(channel, calls::touch);
        }
    }

    void clear() {
        List.copyOf(bridges.keySet()).forEach(this::destroy);
    }

    List<LiveBridge> bridges() {
        return bridges.values().stream().map(BridgeModel::value).toList();
    }
}
