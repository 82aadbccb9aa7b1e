package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.TextMessage;

/** The two ways to call the same operation. */
enum Door {
    BLOCKING {
        @Override
        SendResult send(SmsClient client, TextMessage message) {
            return client.messages().send(message);
        }
    },
    ASYNC {
        @Override
        SendResult send(SmsClient client, TextMessage message) {
            return Futures.await(client.messages().sendAsync(message));
        }
    };

    abstract SendResult send(SmsClient client, TextMessage message);
}
