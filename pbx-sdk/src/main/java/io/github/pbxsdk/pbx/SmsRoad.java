package io.github.pbxsdk.pbx;

import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An {@link SmsClient} as a road among others. Its provider says what it can't carry. */
final class SmsRoad implements MessageGateway {

    private final SmsClient sms;

    SmsRoad(SmsClient sms) {
        this.sms = sms;
    }

    @Override
    public String name() {
        return "sms";
    }

    @Override
    public GatewayLimits limits() {
        SmsCapabilities can = sms.capabilities();
        GatewayLimits.Builder limits =
                GatewayLimits.builder()
                        .recipientKinds(Kind.PHONE_NUMBER, Kind.SHORT_CODE, Kind.UNPARSED);
        if (can.maxMedia() > 0) {
            limits.mediaTypes(List.of("*/*"));
        }
        if (can.can(SmsCapabilities.Feature.SCHEDULE)) {
            limits.addFeature(GatewayLimits.Feature.SCHEDULE);
        }
        if (can.can(SmsCapabilities.Feature.VALIDITY)) {
            limits.addFeature(GatewayLimits.Feature.VALIDITY);
        }
        if (can.can(SmsCapabilities.Feature.ATTRIBUTES)) {
            limits.addFeature(GatewayLimits.Feature.ATTRIBUTES);
        }
        return limits.build();
    }

    @Override
    public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
        limits().check(message);
        CompletableFuture<SendResult> sending = sms.messages().sendAsync(message);
        CompletableFuture<MessageReceipt> told = sending.thenApply(SmsRoad::receipt);
        told.whenComplete((receipt, failure) -> cancelled(told, sending));
        return told;
    }

    private static void cancelled(CompletableFuture<?> told, CompletableFuture<?> sending) {
        if (told.isCancelled()) {
            sending.cancel(true);
        }
    }

    private static MessageReceipt receipt(SendResult sent) {
        String words = sent.status().words();
        MessageReceipt receipt =
                sent.status().state() == SmsState.DELIVERED
                        ? MessageReceipt.delivered(words)
                        : MessageReceipt.accepted(words);
        return sent.id().map(receipt::identifiedBy).orElse(receipt);
    }

    @Override
    public Subscription subscribe(FeedListener<? super TextMessage> listener) {
        throw new UnsupportedOperationException(
                "texts come by polling or by a webhook: see SmsClient");
    }

    @Override
    public String toString() {
        return "SmsRoad[" + sms + "]";
    }
}
