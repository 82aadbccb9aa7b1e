package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Light;

/**
 * Where the registration of an extension stands.
 *
 * <pre>
 * IDLE --register()--&gt; REGISTERING --granted--&gt; REGISTERED
 * REGISTERED --refresh due--&gt; REFRESHING --granted--&gt; REGISTERED
 * REGISTERING, REFRESHING --passing failure--&gt; WAITING --delay over--&gt; REGISTERING
 * REGISTERING, REFRESHING --refused--&gt; REJECTED
 * REGISTERED, REFRESHING --connection lost, or time run out--&gt; WAITING
 * REGISTERED --forgotten by the server--&gt; REGISTERING
 * REGISTERED --pushed out by another device--&gt; REJECTED
 * any --unregister()--&gt; UNREGISTERING --&gt; IDLE
 * any --close()--&gt; CLOSED
 * </pre>
 */
public enum RegistrationState {
    /** Not registered and not trying. */
    IDLE(Light.RED),
    /** The server is being asked; not registered yet. */
    REGISTERING(Light.YELLOW),
    /** Registered: calls and texts for the extension come to us. */
    REGISTERED(Light.GREEN),
    /** Registered still, and being prolonged. */
    REFRESHING(Light.GREEN),
    /** It failed for now and is tried again by itself. */
    WAITING(Light.YELLOW),
    /**
     * The server said no, or another device has taken our place; nothing is sent until {@code
     * register} is called again.
     */
    REJECTED(Light.RED),
    /** The server is being told that we leave. */
    UNREGISTERING(Light.YELLOW),
    /** The client is closed. */
    CLOSED(Light.RED);

    private final Light light;

    RegistrationState(Light light) {
        this.light = light;
    }

    /** Returns the colour of this state on a dashboard. */
    public Light light() {
        return light;
    }
}
