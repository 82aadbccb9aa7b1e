package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.message.Address.Kind;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.MessageReceipt.Outcome;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A {@link MessageGateway} as a provider: SIP MESSAGE, AMI, ARI, or one of your own.
 *
 * <p>The ledger and the idempotency key of the client hold here as well. What the gateway can't
 * carry it refuses itself; texts that arrive are subscribed to at the gateway.
 */
public final class GatewaySms implements SmsProvider {

    private final MessageGateway gateway;
    private final SmsOrigin origin;

    private GatewaySms(MessageGateway gateway) {
        this.gateway = gateway;
        this.origin = new SmsOrigin("gateway", gateway.name());
    }

    /** Returns the gateway as a provider. */
    public static GatewaySms of(MessageGateway gateway) {
        return new GatewaySms(Objects.requireNonNull(gateway, "gateway"));
    }

    @Override
    public SmsOrigin origin() {
        return origin;
    }

    @Override
    public SmsCapabilities capabilities() {
        GatewayLimits limits = gateway.limits();
        SmsCapabilities.Builder capabilities =
                SmsCapabilities.builder()
                        .senders(Kind.PHONE_NUMBER, Kind.values())
                        .maxMedia(limits.mediaTypes().isEmpty() ? 0 : Integer.MAX_VALUE)
                        .addFeature(SmsCapabilities.Feature.ATTACHMENTS);
        Kind[] recipients = limits.recipientKinds().toArray(Kind[]::new);
        capabilities.recipients(recipients[0], recipients);
        if (limits.features().contains(GatewayLimits.Feature.NEEDS_SENDER)) {
            capabilities.needsSender();
        }
        if (limits.features().contains(GatewayLimits.Feature.SCHEDULE)) {
            capabilities.addFeature(SmsCapabilities.Feature.SCHEDULE);
        }
        if (limits.features().contains(GatewayLimits.Feature.VALIDITY)) {
            capabilities.addFeature(SmsCapabilities.Feature.VALIDITY);
        }
        if (limits.features().contains(GatewayLimits.Feature.ATTRIBUTES)) {
            capabilities.addFeature(SmsCapabilities.Feature.ATTRIBUTES);
        }
        return capabilities.build();
    }

    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage outgoing, ProviderHttp http) {
        TextMessage message = outgoing.message();
        gateway.limits().check(message);
        // Waited for on a thread of its own: a gateway may complete its futures on the very
        // executor whose only thread waits for this one.
        return http.blocking(() -> receipt(gateway.send(message)));
    }

    private static ProviderReceipt receipt(MessageReceipt told) {
        SmsState state =
                told.outcome() == Outcome.DELIVERED ? SmsState.DELIVERED : SmsState.ACCEPTED;
        ProviderReceipt receipt = ProviderReceipt.of(SmsStatus.of(state, told.words()));
        return told.id().map(receipt::identifiedBy).orElse(receipt);
    }

    @Override
    public String toString() {
        return "GatewaySms[" + gateway.name() + "]";
    }
}
