package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.sms.event.SmsOrigin;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsProvider;
import java.util.concurrent.CompletableFuture;

/** A provider of one's own: what is not built in takes no more than this. */
final class OwnProvider implements SmsProvider {

    private final String url;
    private final Credentials credentials;

    OwnProvider(String url, Credentials credentials) {
        this.url = url;
        this.credentials = credentials;
    }

    @Override
    public SmsOrigin origin() {
        return new SmsOrigin("own", credentials.user());
    }

    @Override
    public SmsCapabilities capabilities() {
        return SmsCapabilities.builder().maxSegments(4).needsSender().build();
    }

    @Override
    public CompletableFuture<ProviderReceipt> sendAsync(
            OutgoingMessage outgoing, ProviderHttp http) {
        String line = outgoing.to().text() + " " + outgoing.message().text();
        HttpRequest request =
                http.request("POST", url + "/api/sms/send")
                        .credentials(credentials)
                        .body(HttpBody.text(line, "text/plain"))
                        .build();
        return http.call(
                request,
                answer ->
                        ProviderReceipt.of(SmsStatus.of(SmsState.ACCEPTED, "taken"))
                                .identifiedBy(MessageId.of(answer.requireSuccess().body())));
    }
}
