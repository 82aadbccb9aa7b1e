package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** When an event happened. */
final class EventTime {

    private EventTime() {}

    /** Returns the time that an event names, or else that of now. */
    static Instant of(AmiMessage event) {
        return event.find("Timestamp")
                .map(BigDecimal::new)
                .map(
                        seconds ->
                                Instant.ofEpochSecond(
                                        seconds.longValue(),
                                        seconds.remainder(BigDecimal.ONE)
                                                .movePointRight(9)
                                                .longValue()))
                .orElseGet(Instant::now);
    }

    /** Returns how many whole seconds have passed since then. */
    static long secondsSince(Instant then) {
        return Math.max(0, Duration.between(then, Instant.now()).toSeconds());
    }
}
