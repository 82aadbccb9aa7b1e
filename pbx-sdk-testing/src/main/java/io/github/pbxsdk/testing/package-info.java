/**
 * Peers and faults for tests.
 *
 * <p>Everything here listens and connects on the loopback interface only, with real sockets.
 * Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.testing;

import org.jspecify.annotations.NullMarked;
