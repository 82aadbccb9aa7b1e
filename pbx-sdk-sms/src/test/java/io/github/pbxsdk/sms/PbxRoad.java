package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.MessageTraffic;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A road to a PBX, and what the PBX reports about it; the test says what it reports when. */
final class PbxRoad implements MessageGateway, MessageTraffic {

    final List<TextMessage> sent = new CopyOnWriteArrayList<>();
    final List<FeedListener<? super TextMessage>> listeners = new CopyOnWriteArrayList<>();

    private final Consumer<PbxRoad> onSend;
    private final @Nullable PbxException failure;

    /** Answers 202 after the PBX has done something. */
    PbxRoad(Consumer<PbxRoad> onSend) {
        this(onSend, null);
    }

    /** Fails after the PBX has done something. */
    PbxRoad(Consumer<PbxRoad> onSend, @Nullable PbxException failure) {
        this.onSend = onSend;
        this.failure = failure;
    }

    @Override
    public String name() {
        return "sip 600@pbx.example.com";
    }

    @Override
    public GatewayLimits limits() {
        return GatewayLimits.builder().recipientKinds(Address.Kind.SIP_URI).build();
    }

    @Override
    public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
        sent.add(message);
        onSend.accept(this);
        return failure == null
                ? CompletableFuture.completedFuture(MessageReceipt.accepted("202 Accepted"))
                : CompletableFuture.failedFuture(failure);
    }

    @Override
    public Subscription subscribe(FeedListener<? super TextMessage> listener) {
        throw new UnsupportedOperationException("only sends");
    }

    @Override
    public Subscription subscribeToTraffic(FeedListener<? super TextMessage> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Reports as the SMS module does, by way of AMI. */
    void report(String event, String id, String from, String to, String text, String... more) {
        RawFields.Builder raw =
                RawFields.builder()
                        .add("Event", "UserEvent")
                        .add("UserEvent", event)
                        .add("id", id)
                        .add("from", from)
                        .add("to", to)
                        .add("time", "1700000000");
        for (int i = 0; i < more.length; i += 2) {
            raw.add(more[i], more[i + 1]);
        }
        boolean out = event.equals("sms-outbound");
        tell(
                TextMessage.builder(out ? Direction.OUTBOUND : Direction.INBOUND)
                        .from(Address.phone("+" + from))
                        .addTo(Address.phone("+" + to))
                        .text(text)
                        .raw(raw.build())
                        .build());
    }

    void tell(TextMessage report) {
        for (FeedListener<? super TextMessage> listener : listeners) {
            try {
                listener.onEvent(report);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    void gap(Instant from) throws Exception {
        for (FeedListener<? super TextMessage> listener : listeners) {
            listener.onGap(GapEvent.ofConnection("ami", from, from.plusSeconds(60)));
        }
    }
}
