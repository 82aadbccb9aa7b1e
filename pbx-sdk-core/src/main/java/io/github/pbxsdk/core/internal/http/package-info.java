/** HTTP and WebSocket behind the public types; start at {@code HttpCalls}. */
@NullMarked
package io.github.pbxsdk.core.internal.http;

import org.jspecify.annotations.NullMarked;
