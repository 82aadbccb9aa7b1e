package io.github.pbxsdk.core.internal.flight;

import io.github.pbxsdk.core.observe.FlightRecorder;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The side of {@link FlightRecorder} that only our own modules see. */
public final class FlightAccess {

    private static volatile @Nullable Function<FlightRecorder, FlightLog> access;

    private FlightAccess() {}

    /** Called once, by {@link FlightRecorder}. */
    public static void register(Function<FlightRecorder, FlightLog> logs) {
        access = logs;
    }

    static FlightLog logOf(FlightRecorder recorder) {
        return Objects.requireNonNull(access, "FlightRecorder is not loaded").apply(recorder);
    }
}
