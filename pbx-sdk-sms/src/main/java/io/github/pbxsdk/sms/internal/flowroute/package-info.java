/** What Flowroute writes, read and written. */
@NullMarked
package io.github.pbxsdk.sms.internal.flowroute;

import org.jspecify.annotations.NullMarked;
