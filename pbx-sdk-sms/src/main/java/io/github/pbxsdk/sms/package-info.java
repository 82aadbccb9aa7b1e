/**
 * Texts over carriers and PBX: send, receive, count.
 *
 * <p>Start at {@link io.github.pbxsdk.sms.SmsClient}; {@link io.github.pbxsdk.sms.SmsSegments}
 * counts a text without one. Clients may be shared between threads, builders may not. Arguments
 * must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.sms;

import org.jspecify.annotations.NullMarked;
