/** The stores behind {@link io.github.pbxsdk.core.state.StateStore}; not for applications. */
@NullMarked
package io.github.pbxsdk.core.internal.state;

import org.jspecify.annotations.NullMarked;
