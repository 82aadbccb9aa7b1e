package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.retry.RetryPolicy;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.sms.Reconciliation.Outcome;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.testing.sms.FakeSmsBridge;
import io.github.pbxsdk.testing.sms.FakeSmsBroadcast;
import io.github.pbxsdk.testing.sms.FakeSmsServer;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmsClientTest {

    private static final CallOptions KEY = CallOptions.idempotencyKey("appointment-1214");

    @ParameterizedTest
    @EnumSource
    void sendsByEveryProvider(TestProviders provider) {
        for (Door door : Door.values()) {
            try (FakeSmsServer server = provider.start();
                    SmsClient client = provider.client(server).build()) {
                SendResult sent = door.send(client, provider.text());

                assertThat(sent.id()).isPresent();
                assertThat(sent.status().state().isFinal()).isFalse();
                assertThat(sent.status().state()).isNotEqualTo(SmsState.UNKNOWN);
                assertThat(sent.segments()).isOne();
                assertThat(server.accepted()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsOnceUnderOneKeyAlsoAfterARestart(TestProviders provider) {
        try (FakeSmsServer server = provider.start();
                StateStore store = StateStore.inMemory()) {
            SendResult first = sendKeyed(provider, server, store);
            SendResult second = sendKeyed(provider, server, store);

            assertThat(server.sends()).hasSize(1);
            assertThat(first.isKnownBefore()).isFalse();
            assertThat(second.isKnownBefore()).isTrue();
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.status()).isEqualTo(first.status());
        }
    }

    private static SendResult sendKeyed(
            TestProviders provider, FakeSmsServer server, StateStore store) {
        try (SmsClient client = provider.client(server).store(store).build()) {
            return client.with(KEY).messages().send(provider.text());
        }
    }

    @Test
    void refusesAnotherTextUnderTheSameKey() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = TestProviders.TWILIO.client(server).build()) {
            client.with(KEY).messages().send(TestProviders.reminder());
            TextMessage other = TestProviders.reminder().toBuilder().text("Another text").build();

            assertThatThrownBy(() -> client.with(KEY).messages().send(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("idempotency key");
            assertThat(server.sends()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongCredentialsAreNoRejectionAndNothingIsTriedAgain(TestProviders provider) {
        try (FakeSmsServer server = provider.start();
                SmsClient client = provider.client(server).build()) {
            server.fail(SmsFault.UNAUTHORIZED);

            assertThatThrownBy(() -> client.messages().send(provider.text()))
                    .isInstanceOf(PbxAuthenticationException.class);
            assertThat(server.sends()).hasSize(1);
        }
    }

    @Test
    void whatNeverLeftMayBeSentByAnotherRoad() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (SmsClient client =
                SmsClient.builder()
                        .provider(TestProviders.twilio("http://127.0.0.1:" + closed))
                        .sender(TestProviders.CLINIC)
                        .retry(RetryPolicy.none())
                        .build()) {
            PbxConnectionException failure =
                    catchThrowableOfType(
                            PbxConnectionException.class,
                            () -> client.with(KEY).messages().send(TestProviders.reminder()));

            assertThat(failure.mayHaveBeenSent()).isFalse();
            assertThat(client.messages().unresolved()).isEmpty();
        }
    }

    @Test
    void findsOutWhatBecameOfAMessage() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = TestProviders.TWILIO.client(server).build()) {
            Messages keyed = client.with(KEY).messages();
            TextMessage message = TestProviders.reminder();
            assertThat(keyed.reconcile(message).outcome()).isEqualTo(Outcome.NEVER_SENT);
            server.fail(SmsFault.DROP_AFTER_ACCEPTING);
            assertThatThrownBy(() -> keyed.send(message)).isInstanceOf(PbxException.class);

            Reconciliation found = keyed.reconcile(message);

            assertThat(found.outcome()).isEqualTo(Outcome.SENT);
            assertThat(found.result().orElseThrow().id())
                    .contains(MessageId.of("SM00000000000000000000000000000001"));
            assertThat(client.messages().unresolved()).isEmpty();
        }
    }

    @Test
    void aSecondCallUnderTheKeyLooksBeforeItSends() {
        try (FakeSmsBridge server = new FakeSmsBridge();
                SmsClient client = TestProviders.FREEPBX_BRIDGE.client(server).build()) {
            server.fail(SmsFault.ERROR_AFTER_ACCEPTING);
            Messages keyed = client.with(KEY).messages();
            TextMessage message = TestProviders.reminder();
            assertThatThrownBy(() -> keyed.send(message)).isInstanceOf(SmsRejectedException.class);

            // The fake stamps messages with a time of long ago: it is not the one we look for.
            assertThatThrownBy(() -> keyed.send(message))
                    .isInstanceOfSatisfying(
                            PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue());
            assertThat(server.sends()).hasSize(1);
            assertThat(keyed.reconcile(message).outcome()).isEqualTo(Outcome.NOT_FOUND);

            keyed.forget();
            keyed.send(message);
            assertThat(server.sends()).hasSize(2);
        }
    }

    @Test
    void aProviderThatCanNotBeAskedLeavesTheOutcomeUnknown() {
        try (FakeSmsBroadcast server = new FakeSmsBroadcast();
                SmsClient client = TestProviders.SMS_BROADCAST.client(server).build()) {
            server.fail(SmsFault.DROP_AFTER_ACCEPTING);
            Messages keyed = client.with(KEY).messages();
            assertThatThrownBy(() -> keyed.send(TestProviders.reminder()))
                    .isInstanceOf(PbxConnectionException.class);

            assertThat(keyed.reconcile(TestProviders.reminder()).outcome())
                    .isEqualTo(Outcome.UNKNOWN);
        }
    }

    @Test
    void fillsInSenderAndRegion() {
        try (FakeSmsBroadcast server = new FakeSmsBroadcast();
                SmsClient client =
                        TestProviders.SMS_BROADCAST
                                .client(server)
                                .sender(Address.senderName("MyClinic"))
                                .region("AU")
                                .build()) {
            client.messages()
                    .send(TextMessage.to(Address.unparsed("0491 570 156")).text("Hi").build());

            assertThat(server.sends().get(0).parameter("to")).contains("61491570156");
            assertThat(server.sends().get(0).parameter("from")).contains("MyClinic");
            assertThat(client.address("0491 570 157")).isEqualTo(Address.phone("+61491570157"));
        }
    }

    @Test
    void refusesWhatTheProviderCanNotDoBeforeAnythingIsSent() {
        try (FakeSmsBroadcast server = new FakeSmsBroadcast();
                SmsClient client = TestProviders.SMS_BROADCAST.client(server).build()) {
            assertRefused(client, TestProviders.reminder().toBuilder().text("x".repeat(800)));
            assertRefused(client, TestProviders.reminder().toBuilder().reference("r".repeat(21)));
            assertRefused(
                    client, TestProviders.reminder().toBuilder().validFor(Duration.ofHours(1)));
            assertRefused(client, TextMessage.to(Address.extension("102")).text("Hi"));
            assertRefused(client, TextMessage.to(Address.unparsed("nobody")).text("Hi"));
            assertThatThrownBy(
                            () ->
                                    client.messages()
                                            .send(
                                                    TestProviders.reminder().toBuilder()
                                                            .from(Address.senderName("My Clinic"))
                                                            .build()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    private static void assertRefused(SmsClient client, TextMessage.Builder message) {
        assertThatThrownBy(() -> client.messages().sendAsync(message.build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("smsbroadcast can't send");
    }

    @Test
    void simplifiesATextOnlyWhenAsked() {
        String text = "John’s order – ready. " + "Please pick it up before five. ".repeat(3);
        TextMessage message = TextMessage.to(TestProviders.PATIENT).text(text).build();
        try (FakeTwilio server = new FakeTwilio();
                SmsClient plain = TestProviders.TWILIO.client(server).build();
                SmsClient simple = TestProviders.TWILIO.client(server).simplifyTexts().build()) {
            assertThat(plain.messages().send(message).segments()).isEqualTo(2);
            SendResult sent = simple.messages().send(message);

            assertThat(sent.segments()).isOne();
            assertThat(sent.replacements()).hasSize(2);
            assertThat(server.sends().get(0).parameter("Body")).contains(text);
            assertThat(server.sends().get(1).parameter("Body").orElseThrow()).startsWith("John's");
        }
    }

    @Test
    void saysWhatKindOfRefusalItWas() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = TestProviders.TWILIO.client(server).build()) {
            SmsRejectedException optedOut = refusal(client, "+15005550004");
            SmsRejectedException invalid = refusal(client, "+15005550001");

            assertThat(optedOut.kind()).isEqualTo(Kind.OPTED_OUT);
            assertThat(optedOut.providerCode()).isEqualTo("21610");
            assertThat(optedOut.mayHaveBeenSent()).isFalse();
            assertThat(invalid.kind()).isEqualTo(Kind.INVALID_RECIPIENT);
            assertThat(invalid).hasMessageNotContaining("15005550001");
        }
    }

    private static SmsRejectedException refusal(SmsClient client, String to) {
        return catchThrowableOfType(
                SmsRejectedException.class,
                () -> client.messages().send(TextMessage.to(Address.phone(to)).text("Hi").build()));
    }

    @Test
    void asksForTheBalanceWhereThereIsOne() {
        try (FakeTwilio twilio = new FakeTwilio();
                SmsClient money = TestProviders.TWILIO.client(twilio).build();
                FakeSmsBroadcast broadcast = new FakeSmsBroadcast();
                SmsClient credits = TestProviders.SMS_BROADCAST.client(broadcast).build();
                FakeSmsBridge bridge = new FakeSmsBridge();
                SmsClient none = TestProviders.FREEPBX_BRIDGE.client(bridge).build()) {
            assertThat(money.balance()).hasToString("12.50 USD");
            assertThat(credits.balance()).hasToString("5000 credits");
            assertThatThrownBy(none::balance).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aGuardThatAllowsOnlyReadingLetsNothingOut() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client =
                        TestProviders.TWILIO
                                .client(server)
                                .guard(OperationGuard.readOnly())
                                .build()) {
            assertThatThrownBy(() -> client.messages().send(TestProviders.reminder()))
                    .isInstanceOf(OperationRefusedException.class);
            assertThat(client.balance().amount()).isPositive();
            assertThat(server.sends()).isEmpty();
        }
    }

    @Test
    void aContinuationMaySendOnAnExecutorOfOneThread() throws Exception {
        ExecutorService single = Executors.newSingleThreadExecutor();
        try (FakeTwilio server = new FakeTwilio();
                StateStore store = StateStore.inMemory();
                PbxResources resources = PbxResources.builder().executor(single).build();
                SmsClient client =
                        TestProviders.TWILIO
                                .client(server)
                                .resources(resources)
                                .store(store)
                                .build()) {
            CompletableFuture<SendResult> second =
                    client.messages()
                            .sendAsync(TestProviders.reminder())
                            .thenApply(sent -> client.messages().send(TestProviders.reminder()));

            assertThat(second.get(10, TimeUnit.SECONDS).id()).isPresent();
        } finally {
            single.shutdown();
        }
    }

    @Test
    void cancellingEndsTheRequestAndLeavesItUnresolved() {
        try (FakeTwilio server = new FakeTwilio();
                SmsClient client = TestProviders.TWILIO.client(server).build()) {
            server.fail(SmsFault.SILENCE_AFTER_ACCEPTING);
            CompletableFuture<SendResult> sending =
                    client.with(KEY).messages().sendAsync(TestProviders.reminder());
            server.await(request -> request.method().equals("POST"));

            sending.cancel(true);

            assertThat(client.messages().unresolved())
                    .extracting(UnresolvedSend::idempotencyKey)
                    .containsExactly("appointment-1214");
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesTheTrafficDownWithoutSecrets(TestProviders provider, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("sms.flight");
        try (FlightRecorder recorder = FlightRecorder.to(file).build();
                FakeSmsServer server = provider.start();
                SmsClient client = provider.client(server).flightRecorder(recorder).build()) {
            client.messages().send(provider.text());
        }

        String written = Files.readString(file);
        assertThat(written).contains("POST http://127.0.0.1", "tomorrow", "HTTP/1.1 2");
        for (String secret :
                List.of(
                        "=secret",
                        "=12345",
                        "a2V5OnNlY3JldA",
                        "QUMxOjEyMzQ1",
                        "KEY0123",
                        "dG9rZW46c2VjcmV0")) {
            assertThat(written).doesNotContain(secret);
        }
    }

    @Test
    void closingFailsWhatIsUnderWay() throws InterruptedException {
        try (FakeTwilio server = new FakeTwilio();
                StateStore store = StateStore.inMemory()) {
            SmsClient client = TestProviders.TWILIO.client(server).store(store).build();
            server.fail(SmsFault.SILENCE_AFTER_ACCEPTING);
            CompletableFuture<SendResult> sending =
                    client.messages().sendAsync(TestProviders.reminder());
            server.await(request -> request.method().equals("POST"));

            client.close();
            client.close();

            assertThatThrownBy(() -> sending.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue());
        }
    }
}
