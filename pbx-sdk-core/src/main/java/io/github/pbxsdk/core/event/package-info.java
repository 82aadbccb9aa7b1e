/** Events, listeners and subscriptions, the same in every module. */
@NullMarked
package io.github.pbxsdk.core.event;

import org.jspecify.annotations.NullMarked;
