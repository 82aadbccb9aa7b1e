package io.github.pbxsdk.ami.state;

import java.util.Objects;

/**
 * A telephone or trunk has another state, or something has registered or gone.
 *
 * @param endpoint the endpoint as it is now
 */
public record EndpointChangedEvent(LiveEndpoint endpoint) implements StateEvent {

    /** Checks that nothing is missing. */
    public EndpointChangedEvent {
        Objects.requireNonNull(endpoint, "endpoint");
    }
}
