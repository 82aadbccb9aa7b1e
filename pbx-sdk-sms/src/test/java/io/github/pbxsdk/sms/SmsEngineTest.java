package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SmsEngineTest {

    private static final Address PATIENT = Address.phone("+61491570156");

    @Test
    void allThatIsUnderWayEndsWithTheResources() {
        NotingProvider silent = new SilentProvider();
        try (StateStore store = StateStore.inMemory()) {
            PbxResources resources = PbxResources.create();
            SmsClient client =
                    SmsClient.builder().provider(silent).store(store).resources(resources).build();
            TextMessage text = TextMessage.to(PATIENT).text("Hello").build();
            List<CompletableFuture<SendResult>> sendings =
                    List.of(client.messages().sendAsync(text), client.messages().sendAsync(text));
            await().until(() -> silent.asked.size() == 2);

            resources.close();

            assertThat(sendings)
                    .allSatisfy(
                            sending ->
                                    assertThat(sending.thenApply(SendResult::status))
                                            .failsWithin(Duration.ofSeconds(10))
                                            .withThrowableThat()
                                            .havingCause()
                                            .isInstanceOfSatisfying(
                                                    PbxConnectionException.class,
                                                    e -> assertThat(e.mayHaveBeenSent()).isTrue()));
            assertThat(store.stream("sms.sent")).hasSize(2);
        }
    }

    /** Takes texts, and never says so. */
    private static final class SilentProvider extends NotingProvider {

        @Override
        public CompletableFuture<ProviderReceipt> sendAsync(
                OutgoingMessage message, ProviderHttp http) {
            asked.add(message);
            return new CompletableFuture<>();
        }
    }

    @Test
    void aCallThatWaitsForItsRetryEndsWithTheClient() throws InterruptedException {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        NotingProvider provider =
                new NotingProvider().answering(PATIENT.text(), NotingProvider.unreachable());
        try (PbxResources resources = PbxResources.builder().time(time).build()) {
            SmsClient client = SmsClient.builder().provider(provider).resources(resources).build();
            CompletableFuture<SendResult> sending =
                    client.messages().sendAsync(TextMessage.to(PATIENT).text("Hello").build());
            // Its deadline and its pause.
            time.awaitPending(2);

            client.close();

            assertThat(sending)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            PbxConnectionException.class,
                            e -> assertThat(e.mayHaveBeenSent()).isFalse())
                    .withMessageContaining("was closed");
            assertThat(time.pending()).isEmpty();
            assertThat(provider.asked).hasSize(1);
        }
    }
}
