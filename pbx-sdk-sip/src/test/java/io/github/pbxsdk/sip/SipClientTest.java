package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateChange;
import io.github.pbxsdk.core.state.StateException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sip.event.DialogEvent;
import io.github.pbxsdk.sip.event.OtherSipEvent;
import io.github.pbxsdk.sip.event.PresenceEvent.Activity;
import io.github.pbxsdk.sip.event.RegistrationChangedEvent;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SeenRequest;
import io.github.pbxsdk.testing.sip.SipFault;
import io.github.pbxsdk.testing.sip.TakenText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class SipClientTest {

    private final FakeSip server = FakeSip.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private SipClient client(SipTransport transport) {
        return TestClients.builder(server, transport).build();
    }

    private static Registration register(SipClient sip, String extension) {
        return sip.register(extension, credentials(extension));
    }

    private static TextMessage text(String from, String to, String text) {
        return TextMessage.to(Address.extension(to))
                .from(Address.extension(from))
                .text(text)
                .build();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Nested
    class Registering {

        @ParameterizedTest
        @EnumSource
        void tellsEachStepInOrder(SipTransport transport) {
            try (SipClient sip = client(transport)) {
                EventProbe<RegistrationChangedEvent> changes =
                        EventProbe.on(sip.events(), RegistrationChangedEvent.class);
                Registration registration = register(sip, "1001");

                assertThat(registration.isRegistered()).isTrue();
                assertThat(registration.isRegistering()).isFalse();
                assertThat(registration.expiresAt()).isPresent();
                assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERING);
                assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERED);

                sip.unregister("1001");
                assertThat(changes.next().state()).isEqualTo(RegistrationState.UNREGISTERING);
                assertThat(changes.next().state()).isEqualTo(RegistrationState.IDLE);
                assertThat(server.devices("1001")).isEmpty();
                assertThat(registration.isRegistered()).isFalse();
            }
        }

        @Test
        void aWrongSecretIsTriedOnceAndNotAgain() {
            try (SipClient sip = client(SipTransport.UDP)) {
                assertThatThrownBy(() -> sip.register("1001", Credentials.of("1001", "wrong")))
                        .isInstanceOf(PbxAuthenticationException.class);
                Registration registration = sip.registration("1001");
                assertThat(registration.status().state()).isEqualTo(RegistrationState.REJECTED);
                assertThat(registration.registrationError().orElseThrow().status()).isEqualTo(401);
                // One round: a question without proof, one with it.
                assertThat(server.requests("REGISTER")).hasSize(2);

                register(sip, "1001");
                assertThat(registration.isRegistered()).isTrue();
            }
        }

        @Test
        void aStaleNonceIsNoRefusal() {
            server.next("REGISTER", SipFault.stale());
            try (SipClient sip = client(SipTransport.TCP)) {
                assertThat(register(sip, "1001").isRegistered()).isTrue();
            }
        }

        @Test
        void asksForLongerWhenTheServerWantsThat() {
            server.next("REGISTER", SipFault.intervalTooBrief(Duration.ofMinutes(5)));
            try (SipClient sip = client(SipTransport.TCP)) {
                Registration registration =
                        sip.register(
                                "1001",
                                credentials("1001"),
                                RegisterOptions.defaults().expires(Duration.ofMinutes(2)));
                assertThat(registration.isRegistered()).isTrue();
            }
        }

        @Test
        void waitsAsLongAsABusyServerAsks() {
            server.next("REGISTER", SipFault.unavailable(Duration.ofSeconds(1)));
            try (SipClient sip = client(SipTransport.UDP)) {
                long started = System.nanoTime();
                assertThatThrownBy(() -> register(sip, "1001"))
                        .isInstanceOfSatisfying(
                                SipRejectedException.class,
                                e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(1)));
                Registration registration = sip.registration("1001");
                assertThat(registration.light()).isEqualTo(Light.YELLOW);
                assertThat(registration.status().nextAttempt()).isPresent();

                await().until(registration::isRegistered);
                assertThat(System.nanoTime() - started).isGreaterThan(900_000_000L);
                assertThat(registration.registrationError()).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {403, 404, 405, 604})
        void aRefusalIsFinal(int status) {
            server.always("REGISTER", SipFault.answer(status, "No"));
            try (SipClient sip = client(SipTransport.UDP)) {
                assertThatThrownBy(() -> register(sip, "1001"))
                        .isInstanceOfSatisfying(
                                SipRejectedException.class,
                                e -> assertThat(e.code()).isEqualTo(status));
                assertThat(sip.registration("1001").light()).isEqualTo(Light.RED);
                assertThat(server.requests("REGISTER")).hasSize(1);
            }
        }

        @Test
        void aServerThatIsNotThereIsTriedUntilItIs() {
            server.stopListening();
            try (SipClient sip = client(SipTransport.TCP)) {
                assertThatThrownBy(() -> register(sip, "1001"))
                        .isInstanceOf(PbxConnectionException.class);
                Registration registration = sip.registration("1001");
                assertThat(registration.light()).isEqualTo(Light.YELLOW);

                server.listenAgain();
                await().until(registration::isRegistered);
            }
        }

        @Test
        void anotherDeviceIsLeftAlone() {
            try (SipClient desk =
                            TestClients.builder(server, SipTransport.UDP)
                                    .instanceId(UUID.randomUUID())
                                    .build();
                    SipClient app =
                            TestClients.builder(server, SipTransport.UDP)
                                    .instanceId(UUID.randomUUID())
                                    .build()) {
                register(desk, "1024");

                assertThatThrownBy(() -> register(app, "1024"))
                        .isInstanceOfSatisfying(
                                OtherDeviceException.class,
                                e -> assertThat(e.devices()).hasSize(1));
                assertThat(app.registration("1024").light()).isEqualTo(Light.RED);
                assertThat(desk.registration("1024").devices()).allMatch(SipDevice::isOurs);

                app.register("1024", credentials("1024"), RegisterOptions.defaults().takeOver());
                assertThat(app.registration("1024").devices()).allMatch(SipDevice::isOurs);
            }
        }

        @Test
        void ourOwnRegistrationOfBeforeACrashIsNoOtherDevice() {
            try (StateStore store = StateStore.inMemory();
                    SipClient crashed =
                            TestClients.builder(server, SipTransport.TCP)
                                    .stateStore(store)
                                    .build()) {
                register(crashed, "1001");
                try (SipClient restarted =
                        TestClients.builder(server, SipTransport.TCP).stateStore(store).build()) {
                    register(restarted, "1001");
                    assertThat(server.devices("1001")).hasSize(1);
                }
            }
        }

        @Test
        void aDamagedIdIsSaidToBeAndTheRegistrationComesWhenItIsMended() {
            try (StateStore store = StateStore.inMemory();
                    SipClient sip =
                            TestClients.builder(server, SipTransport.TCP)
                                    .stateStore(store)
                                    .build()) {
                store.commit(StateChange.put("sip.instance", "id", "half of an i"));

                assertThatThrownBy(() -> register(sip, "1001"))
                        .isInstanceOf(StateException.class)
                        .hasMessage("the stored id of this SIP device is damaged");
                assertThat(sip.registration("1001").light()).isEqualTo(Light.YELLOW);

                store.commit(StateChange.delete("sip.instance", "id"));
                server.awaitRegistered("1001");
            }
        }
    }

    @Nested
    class ComingBack {

        @ParameterizedTest
        @EnumSource(mode = Mode.EXCLUDE, names = "UDP")
        void aLostConnectionIsToldAtOnceAndMadeAgain(SipTransport transport) {
            try (SipClient sip = client(transport)) {
                Registration one = register(sip, "1001");
                Registration two = register(sip, "1002");
                EventProbe<RegistrationChangedEvent> changes =
                        EventProbe.on(sip.events(), RegistrationChangedEvent.class);

                server.cut();
                assertThat(changes.next().state()).isEqualTo(RegistrationState.WAITING);
                changes.next(
                        event ->
                                event.extension().equals("1001")
                                        && event.state() == RegistrationState.REGISTERED);
                await().until(() -> one.isRegistered() && two.isRegistered());
            }
        }

        @Test
        void aServerThatGivesNoSignOfLifeIsLost() {
            try (SipClient sip =
                    TestClients.builder(server, SipTransport.UDP)
                            .keepAliveInterval(Duration.ofMillis(100))
                            .build()) {
                Registration registration = register(sip, "1001");
                server.stopListening();
                await().until(() -> registration.light() == Light.YELLOW);
                assertThat(registration.isRegistered()).isFalse();
                server.listenAgain();
                await().until(registration::isRegistered);
            }
        }
    }

    @Nested
    class Texts {

        @ParameterizedTest
        @EnumSource
        void goOutAndComeIn(SipTransport transport) throws InterruptedException {
            try (SipClient sip = client(transport)) {
                BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
                sip.onMessage(received::add);
                register(sip, "1001");

                MessageReceipt receipt = sip.send(text("1001", "600", "größer 😀\r\n\r\nx"));
                assertThat(receipt.outcome()).isEqualTo(MessageReceipt.Outcome.ACCEPTED);
                assertThat(server.texts())
                        .extracting(TakenText::text)
                        .containsExactly("größer 😀\r\n\r\nx");
                TextMessage echo = next(received);
                assertThat(echo.from()).contains(Address.extension("600"));
                assertThat(echo.to()).containsExactly(Address.extension("1001"));
            }
        }

        @Test
        void keepTheirOrder() {
            try (SipClient sip = client(SipTransport.UDP)) {
                register(sip, "1001");
                List<CompletableFuture<MessageReceipt>> sent = new ArrayList<>();
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    sent.add(sip.sendAsync(text("1001", "1002", "text " + i)));
                    expected.add("text " + i);
                }
                sent.forEach(CompletableFuture::join);
                assertThat(server.texts())
                        .extracting(TakenText::text)
                        .containsExactlyElementsOf(expected);
            }
        }

        @Test
        void whatIsTooLargeForADatagramGoesOverTcp() {
            try (SipClient sip = client(SipTransport.UDP)) {
                register(sip, "1001");
                String large = "x".repeat(1000);
                sip.send(text("1001", "1002", large));
                sip.send(text("1001", "1002", "small"));

                assertThat(server.texts())
                        .extracting(TakenText::text)
                        .containsExactly(large, "small");
                assertThat(server.requests("MESSAGE"))
                        .filteredOn(request -> request.message().body().length == 1000)
                        .extracting(SeenRequest::transport)
                        .containsOnly("TCP");
                assertThat(server.requests("MESSAGE"))
                        .filteredOn(request -> request.message().body().length == 5)
                        .extracting(SeenRequest::transport)
                        .containsOnly("UDP");
            }
        }

        @Test
        void aLostAnswerIsNoSecondText() {
            try (SipClient sip = client(SipTransport.UDP)) {
                register(sip, "1001");
                sip.send(text("1001", "1002", "first"));
                server.next("MESSAGE", SipFault.loseAnswer());

                sip.send(text("1001", "1002", "second"));
                assertThat(server.texts())
                        .extracting(TakenText::text)
                        .containsExactly("first", "second");
                assertThat(server.requests("MESSAGE")).anyMatch(SeenRequest::repeated);
            }
        }

        @Test
        void withoutAnAnswerTheOutcomeIsUnknown() {
            ManualTime time = ManualTime.startingAt(Instant.EPOCH);
            Duration deadline = Duration.ofMillis(300);
            try (PbxResources resources = PbxResources.builder().time(time).build();
                    SipClient sip =
                            TestClients.builder(server, SipTransport.TCP)
                                    .resources(resources)
                                    .build()) {
                register(sip, "1001");
                server.stall();
                CompletableFuture<MessageReceipt> sent =
                        sip.with(CallOptions.deadline(deadline))
                                .sendAsync(text("1001", "1002", "x"));
                server.awaitRequests("MESSAGE", 1);
                time.advance(deadline);

                assertThatThrownBy(() -> sent.get(10, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOfSatisfying(
                                PbxTimeoutException.class,
                                e -> assertThat(e.mayHaveBeenSent()).isTrue());
                server.resume();
            }
        }

        @Test
        void aLostConnectionLeavesTheOutcomeUnknownAndSendsNothingTwice() {
            try (SipClient sip = client(SipTransport.TCP)) {
                register(sip, "1001");
                sip.send(text("1001", "1002", "first"));
                server.next("MESSAGE", SipFault.cutAfter());

                assertThatThrownBy(() -> sip.send(text("1001", "1002", "second")))
                        .isInstanceOfSatisfying(
                                PbxException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue());
                await().until(() -> sip.registration("1001").isRegistered());
                sip.send(text("1001", "1002", "third"));
                assertThat(server.texts())
                        .extracting(TakenText::text)
                        .containsExactly("first", "second", "third");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"X-A\r\nX-B", "X A", "", "Via", "f", "Content-Length", "Route"})
        void aHeaderThatWouldBreakOutIsRefused(String name) {
            try (SipClient sip = client(SipTransport.UDP)) {
                register(sip, "1001");
                TextMessage message =
                        text("1001", "1002", "x").toBuilder().putAttribute(name, "1").build();
                assertThatThrownBy(() -> sip.send(message))
                        .isInstanceOf(IllegalArgumentException.class);
                TextMessage twoLines =
                        text("1001", "1002", "x").toBuilder()
                                .putAttribute("X-A", "1\r\nX-B: 2")
                                .build();
                assertThatThrownBy(() -> sip.send(twoLines))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(server.requests("MESSAGE")).isEmpty();
            }
        }

        @Test
        void areRefusedWhileNobodyListens() {
            try (SipClient sip = client(SipTransport.UDP)) {
                register(sip, "1001");
                assertThat(server.sendText("1002", "1001", "text/plain", "x").join().status())
                        .isEqualTo(480);
                sip.onMessage(message -> {});
                assertThat(server.sendText("1002", "1001", "text/plain", "x").join().status())
                        .isEqualTo(200);
                assertThat(server.sendText("1002", "1001", "text/html", "x").join().status())
                        .isEqualTo(415);
            }
        }

        @Test
        void thatAreOfUseForAWhileSayWhenTheyWereWritten() {
            try (SipClient sip = client(SipTransport.UDP)) {
                register(sip, "1001");
                sip.send(
                        text("1001", "1002", "x").toBuilder()
                                .putAttribute("Expires", "60")
                                .build());
                sip.send(
                        text("1001", "1002", "y").toBuilder()
                                .putAttribute("expires", "60")
                                .putAttribute("Date", "Sat, 21 Nov 2026 09:05:03 GMT")
                                .build());
                sip.send(text("1001", "1002", "z"));

                List<SeenRequest> sent =
                        server.requests("MESSAGE").stream()
                                .filter(one -> one.message().find("Authorization").isPresent())
                                .toList();
                assertThat(sent.get(0).message().all("Date"))
                        .singleElement()
                        .asString()
                        .matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} [0-9:]{8} GMT");
                assertThat(sent.get(1).message().all("Date"))
                        .containsExactly("Sat, 21 Nov 2026 09:05:03 GMT");
                assertThat(sent.get(2).message().find("Date")).isEmpty();
            }
        }

        @Test
        void thatComeAfterTheirTimeAreNoTextsAnyMore() throws InterruptedException {
            try (SipClient sip = client(SipTransport.UDP);
                    EventProbe<OtherSipEvent> others =
                            EventProbe.on(sip.events(), OtherSipEvent.class)) {
                BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
                sip.onMessage(received::add);
                register(sip, "1001");
                for (String date :
                        List.of(
                                "Sat, 21 Nov 2020 09:05:03 GMT",
                                "Sat, 21 Nov 2099 09:05:03 GMT",
                                "yesterday")) {
                    server.send(
                                    "1001",
                                    "MESSAGE",
                                    message ->
                                            message.with("Content-Type", "text/plain")
                                                    .with("Expires", "60")
                                                    .with("Date", date)
                                                    .body(date))
                            .join();
                }

                assertThat(next(received).text()).contains("2099");
                assertThat(next(received).text()).isEqualTo("yesterday");
                assertThat(others.next().fields().find("Date").orElseThrow()).contains("2020");
            }
        }

        @Test
        void onlyWhoIsRegisteredHereCanSend() {
            try (SipClient sip = client(SipTransport.UDP)) {
                assertThatThrownBy(() -> sip.send(text("1001", "1002", "x")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("register");
            }
        }

        @Test
        void aListenerThatBlocksHoldsUpNoAnswer() {
            ExecutorService single = Executors.newSingleThreadExecutor();
            try (PbxResources resources = PbxResources.builder().executor(single).build();
                    SipClient sip =
                            TestClients.builder(server, SipTransport.TCP)
                                    .resources(resources)
                                    .build()) {
                CompletableFuture<MessageReceipt> answered = new CompletableFuture<>();
                register(sip, "1001");
                sip.onMessage(message -> answered.complete(sip.send(message.reply("yes").build())));
                assertThat(server.sendText("1002", "1001", "text/plain", "?").join().status())
                        .isEqualTo(200);
                assertThat(answered.join().outcome()).isEqualTo(MessageReceipt.Outcome.ACCEPTED);
            } finally {
                single.shutdown();
            }
        }
    }

    @Nested
    class Watching {

        private static String dialogs(String... states) {
            StringBuilder body = new StringBuilder("<dialog-info version=\"1\" state=\"full\">");
            for (String state : states) {
                body.append("<dialog id=\"1\"><state>").append(state).append("</state></dialog>");
            }
            return body.append("</dialog-info>").toString();
        }

        @Test
        void theCallsOfAnotherExtensionAreTold() {
            try (SipClient sip = client(SipTransport.TCP);
                    EventProbe<DialogEvent> calls =
                            EventProbe.on(sip.events(), DialogEvent.class)) {
                register(sip, "1001");
                sip.watchDialog("1001", "1002");
                assertThat(calls.next().activity()).isEqualTo(Activity.IDLE);

                server.notifyWatchers("1002", "dialog", dialogs("early"));
                assertThat(calls.next().activity()).isEqualTo(Activity.RINGING);
                server.notifyWatchers(
                        "1002", "dialog", dialogs("terminated", "confirmed", "early"));
                DialogEvent busy = calls.next();
                assertThat(busy.activity()).isEqualTo(Activity.BUSY);
                assertThat(busy.state()).isEqualTo("confirmed");
                assertThat(busy.watched()).isEqualTo("1002");
                server.notifyWatchers("1002", "dialog", "<dialog-info");
                server.notifyWatchers("1002", "dialog", dialogs("floating"));
                assertThat(calls.next().activity()).isEqualTo(Activity.OTHER);
                server.notifyWatchers("1002", "dialog", dialogs());
                assertThat(calls.next().activity()).isEqualTo(Activity.IDLE);
            }
        }
    }

    @Nested
    class Security {

        @ParameterizedTest
        @EnumSource(names = {"TLS", "WSS"})
        void aCertificateForAnotherHostIsRefused(SipTransport transport) {
            server.wrongHost(true);
            try (SipClient sip = client(transport)) {
                assertThatThrownBy(() -> register(sip, "1001"))
                        .isInstanceOf(PbxConnectionException.class)
                        .hasMessageContaining("certificate");
                assertThat(server.requests("REGISTER")).isEmpty();
            }
        }

        @Test
        void aServerThatAsksForeverIsGivenUp() {
            server.always("REGISTER", SipFault.wrongRealm());
            try (SipClient sip = client(SipTransport.UDP)) {
                assertThatThrownBy(() -> register(sip, "1001"))
                        .isInstanceOf(PbxAuthenticationException.class);
                assertThat(server.requests("REGISTER").size()).isLessThanOrEqualTo(3);
            }
        }
    }

    @Nested
    class Closing {

        @ParameterizedTest
        @EnumSource
        void saysGoodbyeAndLeavesNoThread(SipTransport transport) {
            SipClient sip = client(transport);
            register(sip, "1001");
            register(sip, "1002");

            sip.close();
            sip.close();
            assertThat(server.devices("1001")).isEmpty();
            assertThat(server.devices("1002")).isEmpty();
            await().untilAsserted(
                            () ->
                                    assertThat(Thread.getAllStackTraces().keySet())
                                            .extracting(Thread::getName)
                                            .noneMatch(name -> name.startsWith("pbx-sdk-")));
            assertThatThrownBy(() -> register(sip, "1001"))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void failsATextThatWaitsForAConnection() {
            SipClient sip = client(SipTransport.TCP);
            Registration registration = register(sip, "1001");
            server.stopListening();
            await().until(() -> !registration.isRegistered());
            CompletableFuture<MessageReceipt> waiting = sip.sendAsync(text("1001", "1002", "x"));

            sip.close();
            assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PbxException.class)
                    .cause()
                    .satisfies(
                            failure ->
                                    assertThat(((PbxException) failure).mayHaveBeenSent())
                                            .isFalse());
        }

        /** Once may be slow, on a machine with something else to do; waiting is so each time. */
        @Test
        void doesNotWaitForAServerThatIsGone() {
            assertThat(Stream.generate(this::closeWithoutAServer).limit(3))
                    .anyMatch(took -> took.compareTo(Duration.ofSeconds(2)) < 0);
        }

        private Duration closeWithoutAServer() {
            SipClient sip = client(SipTransport.TCP);
            Registration registration = register(sip, "1001");
            server.stopListening();
            await().until(() -> !registration.isRegistered());
            long started = System.nanoTime();
            sip.close();
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertThat(registration.status().state()).isEqualTo(RegistrationState.CLOSED);
            server.listenAgain();
            return took;
        }
    }

    @Test
    void settingsThatContradictAreRefused() {
        assertThatThrownBy(() -> SipClient.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("server");
        assertThatThrownBy(() -> SipClient.builder().server("pbx").domain("a b").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("domain");
    }
}
