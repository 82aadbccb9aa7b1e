package io.github.pbxsdk.it.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.BatchReceipt;
import io.github.pbxsdk.sms.provider.BatchSmsProvider;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The way to a {@link BulkCarrier}: one by one, or in batches that are taken whole or not at all.
 */
record BulkProvider(String url, String account, int maxBatch) implements BatchSmsProvider {

    private static final SmsCapabilities CAPABILITIES = SmsCapabilities.builder().build();

    @Override
    public SmsOrigin origin() {
        return new SmsOrigin("bulk", account);
    }

    @Override
    public SmsCapabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage message, ProviderHttp http) {
        return http.call(
                request(List.of(message), http),
                answer -> {
                    BatchReceipt only = receipts(answer, 1).get(0);
                    return only.receipt().orElseThrow(() -> only.failure().orElseThrow());
                });
    }

    @Override
    public CompletableFuture<List<BatchReceipt>> sendAllAsync(
            List<OutgoingMessage> messages, ProviderHttp http) {
        return http.call(request(messages, http), answer -> receipts(answer, messages.size()));
    }

    private HttpRequest request(List<OutgoingMessage> messages, ProviderHttp http) {
        String lines =
                messages.stream()
                        .map(message -> message.to().text())
                        .collect(Collectors.joining("\n"));
        return http.request("POST", url).body(HttpBody.text(lines, "text/plain")).build();
    }

    private static List<BatchReceipt> receipts(HttpAnswer answer, int count) {
        if (answer.status() == 400) {
            return refusals(answer, count);
        }
        if (!answer.requireSuccess().body().equals("OK " + count)) {
            throw answer.unreadable("it does not say that all were taken");
        }
        ProviderReceipt taken =
                ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "OK"))
                        .identifiedBy(MessageId.of("m"));
        return Collections.nCopies(count, BatchReceipt.taken(taken));
    }

    private static List<BatchReceipt> refusals(HttpAnswer answer, int count) {
        List<BatchReceipt> receipts =
                new ArrayList<>(Collections.nCopies(count, BatchReceipt.untouched()));
        answer.body()
                .lines()
                .forEach(
                        line -> {
                            String[] words = line.split(" ", 2);
                            Kind kind =
                                    words[1].equals("invalid")
                                            ? Kind.INVALID_RECIPIENT
                                            : Kind.OPTED_OUT;
                            PbxException refusal = answer.refusal(kind, "", words[1]);
                            receipts.set(Integer.parseInt(words[0]), BatchReceipt.failed(refusal));
                        });
        return receipts;
    }
}
