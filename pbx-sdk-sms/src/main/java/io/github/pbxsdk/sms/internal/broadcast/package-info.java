/** What SMS Broadcast writes, read. */
@NullMarked
package io.github.pbxsdk.sms.internal.broadcast;

import org.jspecify.annotations.NullMarked;
