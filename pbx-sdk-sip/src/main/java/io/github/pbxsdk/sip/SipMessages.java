package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import java.util.concurrent.CompletableFuture;

/** A client as a road for texts. */
final class SipMessages implements MessageGateway {

    private final SipEngine engine;
    private final CallOptions options;

    SipMessages(SipEngine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    @Override
    public String name() {
        return engine.settings().source();
    }

    @Override
    public GatewayLimits limits() {
        return engine.limits();
    }

    @Override
    public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
        return engine.send(message, options);
    }

    @Override
    public Subscription subscribe(FeedListener<? super TextMessage> listener) {
        return engine.onMessage(listener);
    }

    @Override
    public String toString() {
        return "SipMessages[" + name() + "]";
    }
}
