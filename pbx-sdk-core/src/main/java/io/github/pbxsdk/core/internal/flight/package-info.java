/**
 * How our modules write into a flight recorder; start at {@link
 * io.github.pbxsdk.core.internal.flight.FlightTap}.
 */
@NullMarked
package io.github.pbxsdk.core.internal.flight;

import org.jspecify.annotations.NullMarked;
