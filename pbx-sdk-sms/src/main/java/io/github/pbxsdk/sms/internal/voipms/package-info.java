/** What VoIP.ms writes, read and written. */
@NullMarked
package io.github.pbxsdk.sms.internal.voipms;

import org.jspecify.annotations.NullMarked;
