/**
 * Tests that an implementation of one of the SDK's interfaces must pass.
 *
 * <p>Start at {@link io.github.pbxsdk.testing.contract.HttpTransportContract}. They are JUnit
 * Jupiter tests: implement the interface in a test class of your own. Arguments must not be null
 * unless marked so.
 */
@NullMarked
package io.github.pbxsdk.testing.contract;

import org.jspecify.annotations.NullMarked;
