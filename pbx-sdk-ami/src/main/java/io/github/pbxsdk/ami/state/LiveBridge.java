package io.github.pbxsdk.ami.state;

import java.time.Instant;
import java.util.List;

/** A bridge: where channels hear each other, or wait together. */
public sealed interface LiveBridge permits Values.Bridge {

    /** {@return the id that it keeps until it ends} */
    String id();

    /** {@return its type, such as {@code basic}} */
    String type();

    /** {@return what mixes the channels now, such as {@code simple_bridge}} */
    String technology();

    /** {@return who made it, such as {@code ConfBridge}; empty for an ordinary call} */
    String creator();

    /** {@return the name that its creator gave it, if any} */
    String name();

    /** {@return when it began, by this machine's clock} */
    Instant startedAt();

    /** {@return the unique ids of the channels in it, in the order they came} */
    List<String> channelIds();

    /** Tells whether those in it only wait: parking, music on hold. */
    default boolean isHolding() {
        return technology().equals("holding_bridge");
    }
}
