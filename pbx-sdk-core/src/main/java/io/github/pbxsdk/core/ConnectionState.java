package io.github.pbxsdk.core;

/**
 * Where the connection of a client stands.
 *
 * <pre>
 * DISCONNECTED --connect()--&gt; CONNECTING --&gt; CONNECTED --lost--&gt; RECONNECTING --&gt; CONNECTED
 *       ^                         |                                  |
 *       +------first failure------+---refused---&gt; REFUSED &lt;---refused---+
 *                                                    |
 *                       other credentials: back to CONNECTING or RECONNECTING
 * any --close()--&gt; CLOSED
 * </pre>
 */
public enum ConnectionState {
    /** Not connected and not trying: {@code connect()} was not called, or it failed. */
    DISCONNECTED(Light.RED),
    /** The first connection is being made. */
    CONNECTING(Light.YELLOW),
    /** Connected, logged in and set up. */
    CONNECTED(Light.GREEN),
    /** The connection was lost and is being made again, or waits for the next try. */
    RECONNECTING(Light.YELLOW),
    /** The peer refused our credentials; nothing is sent until there are others. */
    REFUSED(Light.RED),
    /** Closed for good. */
    CLOSED(Light.RED);

    private final Light light;

    ConnectionState(Light light) {
        this.light = light;
    }

    /** Returns the colour of this state on a dashboard. */
    public Light light() {
        return light;
    }
}
