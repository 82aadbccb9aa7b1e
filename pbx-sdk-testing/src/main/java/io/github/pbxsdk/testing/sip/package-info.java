/**
 * A SIP server on loopback, to test telephones and texts against; start at {@link
 * io.github.pbxsdk.testing.sip.FakeSip}.
 */
@NullMarked
package io.github.pbxsdk.testing.sip;

import org.jspecify.annotations.NullMarked;
