package io.github.pbxsdk.core.message;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway as an application may bring it: pagers behind some interface of their own. */
final class PagerGateway implements MessageGateway {

    private final Pagers pagers;
    private final List<FeedListener<? super TextMessage>> listeners = new CopyOnWriteArrayList<>();

    PagerGateway(Pagers pagers) {
        this.pagers = pagers;
    }

    @Override
    public String name() {
        return "pagers";
    }

    @Override
    public GatewayLimits limits() {
        return GatewayLimits.builder()
                .maxTextBytes(80)
                .recipientKinds(Address.Kind.EXTENSION)
                .addFeature(GatewayLimits.Feature.RECEIVE)
                .build();
    }

    @Override
    public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
        limits().check(message);
        if (!pagers.isOnAir()) {
            return CompletableFuture.failedFuture(
                    new PbxConnectionException("the pager transmitter is off air", null));
        }
        return pagers.page(message.to().get(0).text(), message.text())
                .thenApply(MessageReceipt::accepted);
    }

    @Override
    public Subscription subscribe(FeedListener<? super TextMessage> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Called by the transmitter when somebody presses the button of a pager. */
    void pressed(String pager, String text) throws Exception {
        TextMessage message =
                TextMessage.builder(Direction.INBOUND)
                        .from(Address.extension(pager))
                        .text(text)
                        .via(name())
                        .build();
        for (FeedListener<? super TextMessage> listener : listeners) {
            listener.onEvent(message);
        }
    }

    /** The transmitter. */
    interface Pagers {

        boolean isOnAir();

        CompletableFuture<String> page(String pager, String text);
    }
}
