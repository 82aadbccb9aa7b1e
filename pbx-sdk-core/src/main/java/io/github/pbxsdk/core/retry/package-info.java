/** When a failed call is made again. */
@NullMarked
package io.github.pbxsdk.core.retry;

import org.jspecify.annotations.NullMarked;
