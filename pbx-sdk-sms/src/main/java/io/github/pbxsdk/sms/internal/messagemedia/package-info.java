/** What MessageMedia writes, read and written. */
@NullMarked
package io.github.pbxsdk.sms.internal.messagemedia;

import org.jspecify.annotations.NullMarked;
