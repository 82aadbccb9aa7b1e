/**
 * Texts kept as conversations: start at {@link io.github.pbxsdk.sms.conversation.Conversations}.
 *
 * <p>Everything here blocks while it talks to its store or provider; virtual threads are fine.
 * Clients and stores may be shared between threads.
 */
@NullMarked
package io.github.pbxsdk.sms.conversation;

import org.jspecify.annotations.NullMarked;
