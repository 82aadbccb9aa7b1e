/** What Twilio writes, read. */
@NullMarked
package io.github.pbxsdk.sms.internal.twilio;

import org.jspecify.annotations.NullMarked;
