package io.github.pbxsdk.it.sms;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The list of a {@link WeekCarrier}, for one of its accounts. */
record WeekProvider(String url, String account) implements SmsProvider {

    @Override
    public SmsOrigin origin() {
        return new SmsOrigin("week", account);
    }

    @Override
    public SmsCapabilities capabilities() {
        return SmsCapabilities.builder().addFeature(Feature.POLLING).build();
    }

    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage message, ProviderHttp http) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("only lists"));
    }

    @Override
    public CompletableFuture<List<SmsEvent>> receiveAsync(Instant since, ProviderHttp http) {
        return http.call(
                http.request("GET", url + "?" + since.toEpochMilli()).build(),
                answer -> events(answer.requireSuccess().body()));
    }

    List<SmsEvent> events(String lines) {
        return lines.lines().map(this::event).toList();
    }

    private SmsEvent event(String line) {
        String[] parts = line.split(";", -1);
        return new MessageReceivedEvent(
                origin(),
                TextMessage.builder(TextMessage.Direction.INBOUND)
                        .id(MessageId.of(parts[0]))
                        .from(Address.phone("+61491570156"))
                        .text("Text")
                        .sentAt(Instant.ofEpochMilli(Long.parseLong(parts[1])))
                        .build());
    }
}
