package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.internal.webhook.Signatures;
import org.jspecify.annotations.Nullable;

/** What makes two deliveries the same text. */
final class MessageIdentity {

    /** Longer ones would not fit into an index. */
    static final int LONGEST = 900;

    private MessageIdentity() {}

    /** Returns the identity, or null of a text that nobody can tell from an equal one. */
    static @Nullable String of(
            SmsOrigin origin, TextMessage message, @Nullable String idempotencyKey) {
        boolean inbound = message.direction() == Direction.INBOUND;
        String id = inbound ? message.id().map(Object::toString).orElse(null) : idempotencyKey;
        return id == null
                ? null
                : bounded(
                        StorageKey.join(
                                inbound ? "in" : "out", origin.provider(), origin.account(), id));
    }

    /** Returns a key that fits into an index: itself, or its digest. */
    static String bounded(String key) {
        return key.length() <= LONGEST
                ? key
                : "hash|" + Signatures.hex(Signatures.sha256(Signatures.utf8(key)));
    }
}
