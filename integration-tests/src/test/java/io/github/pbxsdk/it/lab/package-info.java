/**
 * Tests on real Asterisk servers.
 *
 * <p>Start at {@link io.github.pbxsdk.it.lab.OnAsterisk}.
 */
@NullMarked
package io.github.pbxsdk.it.lab;

import org.jspecify.annotations.NullMarked;
