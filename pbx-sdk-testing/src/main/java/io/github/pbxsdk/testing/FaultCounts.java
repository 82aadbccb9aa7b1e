package io.github.pbxsdk.testing;

import java.util.EnumMap;
import java.util.Map;

/** How often each fault was done. */
final class FaultCounts {

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);

    void add(Fault fault) {
        counts.merge(fault, 1L, Long::sum);
    }

    long get(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }
}
