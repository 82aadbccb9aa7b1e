package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.BridgeSnapshot;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is known of one bridge. Its owner guards it. */
final class BridgeModel {

    final String id;
    final Instant startedAt;
    final long createdAt;
    final Set<ChannelModel> channels = new LinkedHashSet<>();

    private String type = "";
    private String technology = "";
    private String creator = "";
    private String name = "";

    BridgeModel(String id, Instant startedAt, long createdAt) {
        this.id = id;
        this.startedAt = startedAt;
        this.createdAt = createdAt;
    }

    void take(BridgeSnapshot seen) {
        type = seen.type();
        technology = seen.technology();
        creator = seen.creator();
        name = seen.name();
    }

    /** Tells whether those in it only wait. */
    boolean isHolding() {
        return technology.equals("holding_bridge");
    }

    LiveBridge value() {
        List<String> ids = channels.stream().map(channel -> channel.uniqueId).toList();
        return new Values.Bridge(id, type, technology, creator, name, startedAt, ids);
    }
}
