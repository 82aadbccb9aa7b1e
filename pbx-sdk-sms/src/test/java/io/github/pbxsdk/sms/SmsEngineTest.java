package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SmsEngineTest {

    private static final Address PATIENT = Address.phone("+61491570156");

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
