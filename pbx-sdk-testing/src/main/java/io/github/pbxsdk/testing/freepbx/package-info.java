/**
 * A FreePBX for tests, with its real misbehaviour: start at {@link
 * io.github.pbxsdk.testing.freepbx.FakeFreePbx}.
 */
@NullMarked
package io.github.pbxsdk.testing.freepbx;

import org.jspecify.annotations.NullMarked;
