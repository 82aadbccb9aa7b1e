/** What providers report: start at {@link io.github.pbxsdk.sms.event.SmsEvent}. */
@NullMarked
package io.github.pbxsdk.sms.event;

import org.jspecify.annotations.NullMarked;
