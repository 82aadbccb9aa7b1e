/**
 * Servers on loopback that speak the protocols of SMS providers, with their faults.
 *
 * <p>Start at {@link io.github.pbxsdk.testing.sms.FakeTwilio} or one of its neighbours.
 */
@NullMarked
package io.github.pbxsdk.testing.sms;

import org.jspecify.annotations.NullMarked;
