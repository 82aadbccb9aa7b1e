/** What Telnyx writes, read and written. */
@NullMarked
package io.github.pbxsdk.sms.internal.telnyx;

import org.jspecify.annotations.NullMarked;
