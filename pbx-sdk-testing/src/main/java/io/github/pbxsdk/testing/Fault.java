package io.github.pbxsdk.testing;

/** What a {@link FaultProxy} does to traffic; the proxies count each. */
public enum Fault {
    /** Data was held up on its way; counted per piece or datagram. */
    LATENCY,
    /** Data had to wait because the line was busy; counted per wait. */
    BANDWIDTH,
    /** A byte was sent alone; TCP only. */
    BYTE_BY_BYTE,
    /** The proxy stopped reading, so the sender is slowed down; TCP only, per connection. */
    STALL,
    /** A direction of a connection was made to swallow everything; TCP only. */
    HALF_OPEN,
    /** A connection was ended; TCP only. */
    CUT,
    /** A connection was reset; TCP only. */
    RESET,
    /** A datagram was thrown away; UDP only. */
    DROP,
    /** A datagram was sent twice; UDP only. */
    DUPLICATE,
    /** A datagram was overtaken by the next one; UDP only. */
    REORDER
}
