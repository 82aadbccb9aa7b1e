package io.github.pbxsdk.ari.event;

import io.github.pbxsdk.ari.model.Channel;
import java.util.List;

/** What a channel does: it comes, changes, is in a bridge, sends digits, ends. */
public non-sealed interface ChannelEvent extends AriEvent {

    /** Returns the channels that the event is about, the one it is mainly about first. */
    List<Channel> channels();
}
