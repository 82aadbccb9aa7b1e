/**
 * An Asterisk REST Interface to test against: real sockets on loopback, the behaviour of recorded
 * servers, and faults.
 *
 * <p>Start at {@link io.github.pbxsdk.testing.ari.FakeAri}.
 */
@NullMarked
package io.github.pbxsdk.testing.ari;

import org.jspecify.annotations.NullMarked;
