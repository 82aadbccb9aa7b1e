/**
 * The roads for texts: built-in ones such as {@link io.github.pbxsdk.sms.provider.TwilioSms}, and
 * {@link io.github.pbxsdk.sms.provider.SmsProvider} for one of your own.
 */
@NullMarked
package io.github.pbxsdk.sms.provider;

import org.jspecify.annotations.NullMarked;
