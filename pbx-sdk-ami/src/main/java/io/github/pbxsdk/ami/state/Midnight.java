package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says when a day begins in a zone. Its owner guards it, and is called without a lock. */
final class Midnight {

    private final Time time;
    private final Consumer<Instant> newDay;
    private Time.Alarm alarm = () -> {};
    private @Nullable ZoneId zone;

    Midnight(Time time, Consumer<Instant> newDay) {
        this.time = time;
        this.newDay = newDay;
    }

    /** Goes by this zone from now on. */
    void follow(ZoneId value) {
        if (!value.equals(zone)) {
            zone = value;
            plan(value);
        }
    }

    /** Goes by the time of day, which somebody may set: an early alarm only plans the next one. */
    private void plan(ZoneId in) {
        Instant now = time.now();
        LocalDate tomorrow = now.atZone(in).toLocalDate().plusDays(1);
        Instant next = tomorrow.atStartOfDay(in).toInstant();
        alarm.cancel();
        alarm = time.schedule(Duration.between(now, next), () -> ring(in, next));
    }

    private void ring(ZoneId in, Instant expected) {
        if (in.equals(zone)) {
            if (!time.now().isBefore(expected)) {
                newDay.accept(expected);
            }
            plan(in);
        }
    }

    void stop() {
        alarm.cancel();
        zone = null;
    }
}
