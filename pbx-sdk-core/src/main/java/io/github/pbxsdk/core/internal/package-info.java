/** Shared by our own modules; not for applications. */
@NullMarked
package io.github.pbxsdk.core.internal;

import org.jspecify.annotations.NullMarked;
