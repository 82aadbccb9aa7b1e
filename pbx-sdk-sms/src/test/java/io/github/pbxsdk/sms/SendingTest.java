package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.Lease;
import io.github.pbxsdk.core.state.StateEntry;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.provider.OutgoingMessage;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import io.github.pbxsdk.sms.provider.ProviderReceipt;
import io.github.pbxsdk.sms.provider.SmsCapabilities;
import io.github.pbxsdk.sms.provider.SmsCapabilities.Feature;
import io.github.pbxsdk.sms.provider.TwilioSms;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SendingTest {

    @Test
    void whatWasGivenUpBeforeItLeftDoesNotLeaveAnyMore() {
        try (FakeTwilio server = new FakeTwilio();
                SmsEngine engine = engine(server)) {
            RootFuture<SendResult> operation = new RootFuture<>(Runnable::run);
            operation.keepBack();

            CompletableFuture<SendResult> sending =
                    new Sending(engine, draft(), engine.http(CallOptions.none()), operation)
                            .start();

            assertThatThrownBy(() -> sending.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isFalse());
            assertThat(server.requests()).isEmpty();
            assertThat(engine.ledger().find("key")).isEmpty();
        }
    }

    @Test
    void whatIsCancelledWhileItIsNotedIsNotSentAndForgotten() throws Exception {
        CountDownLatch noting = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (FakeTwilio server = new FakeTwilio();
                StateStore memory = StateStore.inMemory();
                StateStore slow = new SlowStore(memory, noting, cancelled);
                SmsClient client = TestProviders.TWILIO.client(server).store(slow).build()) {
            CallOptions key = CallOptions.idempotencyKey("appointment-1");
            CompletableFuture<SendResult> sending =
                    client.with(key).messages().sendAsync(TestProviders.reminder());
            assertThat(noting.await(10, TimeUnit.SECONDS)).isTrue();

            sending.cancel(true);
            cancelled.countDown();

            Awaitility.await().until(() -> memory.stream("sms.sent").findAny().isEmpty());
            assertThat(server.requests()).isEmpty();
            assertThat(client.with(key).messages().send(TestProviders.reminder()).isKnownBefore())
                    .isFalse();
        }
    }

    @Test
    void aLookUpThatRunsIntoItsDeadlineDoesNotSayThatNothingWasSent() {
        ManualTime time = ManualTime.startingAt(Instant.now());
        try (FakeTwilio server = new FakeTwilio();
                PbxResources resources = PbxResources.builder().time(time).build();
                SmsClient client =
                        TestProviders.TWILIO.client(server).resources(resources).build()) {
            Messages once = client.with(CallOptions.idempotencyKey("appointment-1")).messages();
            server.fail(SmsFault.DROP_AFTER_ACCEPTING);
            assertThatThrownBy(() -> once.send(TestProviders.reminder()))
                    .isInstanceOf(PbxException.class);
            server.slow(Duration.ofMinutes(1));

            CompletableFuture<SendResult> again = once.sendAsync(TestProviders.reminder());
            server.await(request -> request.method().equals("GET"));
            time.advance(Duration.ofMinutes(10));

            assertThatThrownBy(() -> again.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue());
            assertThat(server.sends()).hasSize(1);
        }
    }

    @Test
    void aLookUpThatIsRefusedAtOnceDoesNotSayThatNothingWasSent() {
        NotingProvider provider = new RefusingLookUps();
        provider.answering(TestProviders.PATIENT.text(), NotingProvider.unknown());
        try (SmsClient client = SmsClient.builder().provider(provider).build()) {
            Messages once = client.with(CallOptions.idempotencyKey("appointment-1")).messages();
            assertThatThrownBy(() -> once.send(TestProviders.reminder()))
                    .isInstanceOf(PbxException.class);

            assertThatThrownBy(() -> once.send(TestProviders.reminder()))
                    .isInstanceOfSatisfying(
                            PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue())
                    .satisfies(
                            e ->
                                    assertThat(e.getSuppressed())
                                            .anyMatch(each -> each.getMessage().contains("night")));
            assertThat(provider.asked).hasSize(1);
        }
    }

    @Test
    void theNoOfTheProviderIsAboutTheNumberThatWasRefused() {
        Address other = Address.phone("+61491570159");
        NotingProvider provider = new NotingProvider();
        provider.answering(
                TestProviders.PATIENT.text(),
                NotingProvider.no(SmsRejectedException.Kind.OPTED_OUT));
        try (StateStore store = StateStore.inMemory()) {
            OptOuts optOuts = OptOuts.builder().store(store).perNumber().build();
            try (SmsClient client =
                    SmsClient.builder()
                            .provider(provider)
                            .sender(TestProviders.CLINIC)
                            .optOuts(optOuts)
                            .build()) {
                assertThatThrownBy(() -> client.messages().send(TestProviders.reminder()))
                        .isInstanceOf(SmsRejectedException.class);
            }
            assertThat(optOuts.isOptedOut(TestProviders.CLINIC, TestProviders.PATIENT)).isTrue();
            assertThat(optOuts.isOptedOut(other, TestProviders.PATIENT)).isFalse();
        }
    }

    /** Throws instead of looking. */
    private static final class RefusingLookUps extends NotingProvider {

        @Override
        public SmsCapabilities capabilities() {
            return SmsCapabilities.builder().addFeature(Feature.LOOKUP).build();
        }

        @Override
        public CompletableFuture<Optional<ProviderReceipt>> findAsync(
                OutgoingMessage message, Instant since, ProviderHttp http) {
            throw new PbxException("no lists at night", null, false);
        }
    }

    /** Writes the first entry, and then does not come back until it may. */
    private record SlowStore(StateStore store, CountDownLatch reached, CountDownLatch go)
            implements StateStore {

        @Override
        public Optional<StateEntry> find(String namespace, String key) {
            return store.find(namespace, key);
        }

        @Override
        public List<StateEntry> scan(String namespace, String afterKey, int limit) {
            return store.scan(namespace, afterKey, limit);
        }

        @Override
        public long commit(Batch batch) {
            long version = store.commit(batch);
            reached.countDown();
            try {
                assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return version;
        }

        @Override
        public Optional<Lease> lease(String name, Duration ttl) {
            return store.lease(name, ttl);
        }

        @Override
        public void close() {
            // The test closes what is behind.
        }
    }

    private static SmsEngine engine(FakeTwilio server) {
        TwilioSms twilio = TestProviders.twilio(server.url());
        return new SmsEngine(
                SmsClient.builder().provider(twilio).timeout(Duration.ofSeconds(10)), twilio);
    }

    private static Draft draft() {
        OutgoingMessage message =
                new OutgoingMessage(
                        TestProviders.reminder().toBuilder().from(TestProviders.CLINIC).build(),
                        "key");
        return new Draft(message, message.message(), new Fingerprints(), 1, List.of(), true, true);
    }
}
