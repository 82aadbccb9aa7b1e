/**
 * What every implementation of an interface of ours must do, as tests to inherit.
 *
 * <p>Extend the class that is named after the interface, give it your implementation, and run it
 * with JUnit Jupiter. Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.testing.contract;

import org.jspecify.annotations.NullMarked;
