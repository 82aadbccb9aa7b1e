/** Messages on the wire: cut, checked, read and written. */
@NullMarked
package io.github.pbxsdk.sip.internal.wire;

import org.jspecify.annotations.NullMarked;
