/** What Bandwidth writes, read and written. */
@NullMarked
package io.github.pbxsdk.sms.internal.bandwidth;

import org.jspecify.annotations.NullMarked;
