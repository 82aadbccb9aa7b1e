package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.GatewayLimits;
import io.github.pbxsdk.core.message.MessageGateway;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.provider.GatewaySms;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OwnProviderTest {

    @Test
    void hasTheSafetyOfTheOthers() {
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = client(server)) {
            server.fail(SmsFault.ERROR_AFTER_ACCEPTING);

            assertThatThrownBy(() -> client.messages().send(TestProviders.reminder()))
                    .isInstanceOfSatisfying(
                            SmsRejectedException.class,
                            e -> assertThat(e.mayHaveBeenSent()).isTrue());
            assertThat(server.sends()).hasSize(1);
        }
    }

    private static SmsClient client(FakeSmsBridge server) {
        return SmsClient.builder()
                .provider(new OwnProvider(server.url(), Credentials.of("me", "secret")))
                .sender(TestProviders.CLINIC)
                .build();
    }

    @Test
    void anyGatewayIsAProvider() {
        RecordingGateway gateway = new RecordingGateway();
        try (SmsClient client = SmsClient.builder().provider(GatewaySms.of(gateway)).build()) {
            TextMessage door =
                    TextMessage.to(Address.extension("102")).text("Door 4 is open").build();

            SendResult sent = client.messages().send(door);

            assertThat(sent.status().state()).isEqualTo(SmsState.DELIVERED);
            assertThat(gateway.sent).containsExactly(door);
        }
    }

    private static final class RecordingGateway implements MessageGateway {

        private final List<TextMessage> sent = new ArrayList<>();

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public GatewayLimits limits() {
            return GatewayLimits.builder().build();
        }

        @Override
        public CompletableFuture<MessageReceipt> sendAsync(TextMessage message) {
            sent.add(message);
            return CompletableFuture.completedFuture(MessageReceipt.delivered("200 OK"));
        }

        @Override
        public Subscription subscribe(FeedListener<? super TextMessage> listener) {
            throw new UnsupportedOperationException("this gateway only sends");
        }
    }
}
