/** Digest authentication as RFC 7616 and 8760 have it. */
@NullMarked
package io.github.pbxsdk.sip.internal.digest;

import org.jspecify.annotations.NullMarked;
