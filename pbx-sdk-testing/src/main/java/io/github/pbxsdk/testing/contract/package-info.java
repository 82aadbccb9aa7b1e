/**
 * What every implementation of an interface of ours must do, as tests to inherit.
 *
 * <p>They are JUnit Jupiter tests, each named after its interface: {@link
 * io.github.pbxsdk.testing.contract.HttpTransportContract}, {@link
 * io.github.pbxsdk.testing.contract.StateStoreContract}. Give one your implementation in a test
 * class of your own. Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.testing.contract;

import org.jspecify.annotations.NullMarked;
