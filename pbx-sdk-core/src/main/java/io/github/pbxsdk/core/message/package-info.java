/**
 * Texts and who they come from and go to, the same for SIP, AMI, ARI and SMS.
 *
 * <p>Start at {@link io.github.pbxsdk.core.message.TextMessage} to send or read one, and at {@link
 * io.github.pbxsdk.core.message.MessageGateway} to bring a road of your own. All types but the
 * gateway and the builders are immutable values and may be shared between threads. Arguments must
 * not be null unless marked so.
 *
 * <p>{@code toString()} of a message never shows its text or a whole number.
 */
@NullMarked
package io.github.pbxsdk.core.message;

import org.jspecify.annotations.NullMarked;
