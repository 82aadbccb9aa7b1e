package io.github.pbxsdk.testing;

import java.util.Set;

/** A way through a proxy. */
enum Direction {
    TO_SERVER,
    TO_CLIENT;

    static final Set<Direction> BOTH = Set.of(values());
}
