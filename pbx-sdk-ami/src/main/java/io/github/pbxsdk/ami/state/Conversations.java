package io.github.pbxsdk.ami.state;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who hears whom.
 *
 * <p>Two telephones talk when they are in one bridge, or when {@code Local} pairs lead from the
 * bridge of one to that of the other. A telephone with nothing but a {@code Local} channel beside
 * it hears the dialplan.
 */
final class Conversations {

    private Conversations() {}

    /** Tells whether two telephones of a call, or one of it and another one, hear each other. */
    static boolean areIn(CallModel call) {
        Collection<ChannelModel> channels = call.channels.values();
        Map<String, ChannelModel> locals = new HashMap<>();
        channels.stream().filter(Conversations::isLocal).forEach(one -> locals.put(one.name, one));
        Set<BridgeModel> seen = new HashSet<>();
        return channels.stream()
                .filter(channel -> !isLocal(channel))
                .anyMatch(channel -> telephones(channel.bridge, locals, seen) > 1);
    }

    private static int telephones(
            @Nullable BridgeModel start, Map<String, ChannelModel> locals, Set<BridgeModel> seen) {
        int telephones = 0;
        Deque<BridgeModel> open = new ArrayDeque<>();
        visit(start, seen, open);
        while (!open.isEmpty()) {
            for (ChannelModel channel : open.remove().channels) {
                if (isLocal(channel)) {
                    ChannelModel other = locals.get(otherHalf(channel.name));
                    visit(other == null ? null : other.bridge, seen, open);
                } else {
                    telephones++;
                }
            }
        }
        return telephones;
    }

    private static void visit(
            @Nullable BridgeModel bridge, Set<BridgeModel> seen, Deque<BridgeModel> open) {
        if (bridge != null && !bridge.isHolding() && seen.add(bridge)) {
            open.add(bridge);
        }
    }

    private static boolean isLocal(ChannelModel channel) {
        return channel.name.startsWith("Local/");
    }

    private static String otherHalf(String name) {
        return name.endsWith(";1")
                ? name.substring(0, name.length() - 1) + '2'
                : name.substring(0, Math.max(0, name.length() - 1)) + '1';
    }
}
