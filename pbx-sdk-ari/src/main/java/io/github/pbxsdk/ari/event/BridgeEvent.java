package io.github.pbxsdk.ari.event;

import io.github.pbxsdk.ari.model.Bridge;
import java.util.List;

/** What a bridge does: it comes, changes, ends, channels enter and leave. */
public non-sealed interface BridgeEvent extends AriEvent {

    /** Returns the bridges that the event is about, the one it is mainly about first. */
    List<Bridge> bridges();
}
