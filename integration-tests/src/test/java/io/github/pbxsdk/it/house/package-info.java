/**
 * Rules that hold for the house as a whole, checked on the jars that users get.
 *
 * <p>Start at {@link io.github.pbxsdk.it.house.House}, which knows the modules.
 */
@NullMarked
package io.github.pbxsdk.it.house;

import org.jspecify.annotations.NullMarked;
