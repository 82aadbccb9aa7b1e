package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.internal.flight.FlightTap;
import io.github.pbxsdk.core.internal.flight.Scrubbers;
import io.github.pbxsdk.core.observe.FlightRecorder;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Names the connections of one client in its flight recording, if it has one. */
final class FlightTaps {

    private final @Nullable FlightRecorder recorder;
    private final AtomicLong connections = new AtomicLong();

    FlightTaps(@Nullable FlightRecorder recorder) {
        this.recorder = recorder;
    }

    /** Returns the tap of another connection. */
    FlightTap next() {
        return recorder == null
                ? FlightTap.none()
                : FlightTap.on(recorder, "sip-" + connections.incrementAndGet(), Scrubbers.sip());
    }
}
