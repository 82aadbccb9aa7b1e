package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sip.event.RegistrationChangedEvent;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SeenRequest;
import io.github.pbxsdk.testing.sip.SipExtension;
import io.github.pbxsdk.testing.sip.SipFault;
import io.github.pbxsdk.testing.sip.SipMessage;
import io.github.pbxsdk.testing.sip.SipProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to a registrar beside the registration itself, and what it says about the way. */
class RegistrarTest {

    private static final String PHONE = "1001";
    private static final List<String> WAY = List.of("<sip:one.test;lr>", "<sip:two.test;lr>");
    private static final RegisterOptions SHARED =
            RegisterOptions.defaults().otherDevices(OtherDevices.SHARE);

    private final FakeSip server = FakeSip.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private SipClient client(SipTransport transport) {
        return TestClients.builder(server, transport).build();
    }

    private static TextMessage text(String text) {
        return TextMessage.to(Address.extension("600")).text(text).build();
    }

    private SipMessage lastRegister() {
        List<SeenRequest> all = server.requests("REGISTER");
        return all.get(all.size() - 1).message();
    }

    @Test
    void whoRegistersThroughAProxyIsReachedThroughIt() throws Exception {
        server.addExtension(SipExtension.of(PHONE, "secret-" + PHONE).withPath());
        try (EdgeProxy proxy = new EdgeProxy(server.udp());
                SipClient sip =
                        SipClient.builder()
                                .server("127.0.0.1", proxy.port())
                                .natDetection(false)
                                .build()) {
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            sip.onMessage(message -> received.add(message.text()));
            sip.register(PHONE, credentials(PHONE));

            assertThat(server.devices(PHONE))
                    .singleElement()
                    .satisfies(device -> assertThat(device.path()).containsExactly(proxy.path()));
            SipMessage answer =
                    server.sendText("1002", PHONE, "text/plain", "x").get(10, TimeUnit.SECONDS);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("x");
        }
    }

    /** Behind a NAT the server sees another address than we do, and tells us. */
    @Test
    void theAddressAtWhichTheServerSeesUsBecomesOurs() throws Exception {
        try (EdgeProxy nat = new EdgeProxy(server.udp());
                SipClient sip = SipClient.builder().server("127.0.0.1", nat.port()).build()) {
            sip.register(PHONE, credentials(PHONE));
            server.awaitRegistrations(PHONE, 2);
            await().until(() -> sip.registration(PHONE).isRegistered());

            List<String> contacts = lastRegister().all("Contact");
            assertThat(contacts).hasSize(2);
            assertThat(contacts.get(0)).contains("@127.0.0.1:" + nat.port() + ";");
            assertThat(contacts.get(1))
                    .as("the address that only we know is ended")
                    .doesNotContain(":" + nat.port() + ";")
                    .endsWith(";expires=0");
            sip.registration(PHONE).devices();
            assertThat(server.awaitRegistrations(PHONE, 2)).as("once, not for ever").hasSize(2);
            assertThat(server.devices(PHONE)).hasSize(1);
        }
    }

    @Test
    void saysWhichDeviceAndFlowItIs() {
        UUID instance = UUID.randomUUID();
        try (SipClient sip =
                TestClients.builder(server, SipTransport.TCP).instanceId(instance).build()) {
            sip.register(PHONE, credentials(PHONE));
            assertThat(lastRegister().get("Contact"))
                    .contains(";ob")
                    .contains(";+sip.instance=\"<urn:uuid:" + instance + ">\"")
                    .contains(";reg-id=1");
            assertThat(lastRegister().get("Supported")).isEqualTo("path, outbound, gruu");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {420, 439})
    void whereThatIsTooMuchForTheServerItIsLeftOut(int status) {
        server.answer(
                "REGISTER",
                request ->
                        request.find("Contact").filter(it -> it.contains("reg-id")).isPresent()
                                ? Optional.of(SipMessage.answer(status, "No"))
                                : Optional.empty());
        try (SipClient sip = client(SipTransport.TCP)) {
            assertThat(sip.register(PHONE, credentials(PHONE)).isRegistered()).isTrue();
            assertThat(lastRegister().get("Contact"))
                    .doesNotContain(";ob")
                    .doesNotContain("sip.instance");
            assertThat(lastRegister().get("Supported")).isEqualTo("path");
        }
    }

    @Test
    void requestsTakeTheWayThatTheRegistrarWants() {
        server.answer("REGISTER", request -> Optional.of(agreed(request, WAY)));
        try (SipClient sip = client(SipTransport.TCP)) {
            Registration registration = sip.register(PHONE, credentials(PHONE));
            sip.send(text("x"));
            sip.watchMailbox(PHONE);
            server.awaitRequests("SUBSCRIBE", 1);

            assertThat(server.requests("MESSAGE"))
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.message().all("Route")).isEqualTo(WAY));
            assertThat(server.requests("SUBSCRIBE").get(0).message().all("Route")).isEqualTo(WAY);

            server.answer("REGISTER", request -> Optional.of(agreed(request, List.of())));
            registration.reset();
            int before = server.requests("MESSAGE").size();
            sip.send(text("y"));
            assertThat(server.requests("MESSAGE").get(before).message().all("Route")).isEmpty();
        }
    }

    private static SipMessage agreed(SipMessage request, List<String> way) {
        SipMessage answer = SipMessage.answer(200, "OK");
        for (String contact : request.all("Contact")) {
            answer = answer.with("Contact", contact);
        }
        for (String route : way) {
            answer = answer.with("Service-Route", route);
        }
        return answer;
    }

    @Test
    void aResetForgetsPausesFailuresAndWhatTheServerAskedFor() {
        try (SipClient sip = client(SipTransport.TCP)) {
            Registration registration = sip.register(PHONE, credentials(PHONE));
            server.next("REGISTER", SipFault.unavailable(Duration.ofMinutes(10)));
            assertThatThrownBy(registration::reset).isInstanceOf(SipRejectedException.class);
            assertThat(registration.status().state()).isEqualTo(RegistrationState.WAITING);
            int before = server.requests("REGISTER").size();

            try (EventProbe<RegistrationChangedEvent> changes =
                    EventProbe.on(sip.events(), RegistrationChangedEvent.class)) {
                registration.reset();
                assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERING);
                assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERED);
            }
            assertThat(registration.registrationError()).isEmpty();
            assertThat(server.requests("REGISTER").get(before).message().find("Authorization"))
                    .as("as if the server had never asked who we are")
                    .isEmpty();
            assertThat(server.devices(PHONE)).hasSize(1);
        }
    }

    @Test
    void aResetAfterTheEndBeginsAgain() throws Exception {
        try (SipClient sip = client(SipTransport.TCP)) {
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            sip.onMessage(message -> received.add(message.text()));
            Registration registration = sip.register(PHONE, credentials(PHONE));
            registration.unregister();

            registration.reset();
            assertThat(sip.registrations()).containsExactly(registration);
            server.sendText("1002", PHONE, "text/plain", "x").join();
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("x");

            registration.unregister();
            Registration successor = sip.register(PHONE, credentials(PHONE));
            assertThatThrownBy(registration::reset)
                    .isInstanceOf(PbxException.class)
                    .hasMessageContaining("registered anew");
            assertThat(sip.registration(PHONE)).isSameAs(successor);
        }
    }

    @Test
    void theDevicesAreAskedForWithoutAChange() throws IOException {
        try (SipProbe telephone = SipProbe.udp(server.udp(), credentials(PHONE));
                SipClient sip = client(SipTransport.TCP)) {
            telephone.register(600);
            Registration registration = sip.register(PHONE, credentials(PHONE), SHARED);
            RegistrationStatus before = registration.status();

            List<SipDevice> devices = registration.devices();
            assertThat(devices).hasSize(2);
            assertThat(devices).filteredOn(SipDevice::isOurs).hasSize(1);
            assertThat(devices)
                    .filteredOn(device -> !device.isOurs())
                    .singleElement()
                    .satisfies(
                            device ->
                                    assertThat(device.expires())
                                            .isBetween(
                                                    Duration.ofSeconds(500),
                                                    Duration.ofSeconds(600)));
            assertThat(lastRegister().all("Contact")).isEmpty();
            assertThat(registration.status()).isSameAs(before);
            assertThat(server.devices(PHONE)).hasSize(2);
        }
    }

    @Test
    void theRegistrationsOfAllDevicesAreEnded() throws IOException {
        try (SipProbe telephone = SipProbe.udp(server.udp(), credentials(PHONE));
                SipClient sip = client(SipTransport.UDP)) {
            telephone.register(600);
            Registration registration = sip.register(PHONE, credentials(PHONE), SHARED);
            assertThat(server.devices(PHONE)).hasSize(2);

            registration.unregisterAllDevices();
            assertThat(server.devices(PHONE)).isEmpty();
            assertThat(lastRegister().all("Contact")).containsExactly("*");
            assertThat(lastRegister().get("Expires")).isEqualTo("0");
            assertThat(registration.status().state()).isEqualTo(RegistrationState.IDLE);
            assertThat(sip.findRegistration(PHONE)).isEmpty();
        }
    }

    @Test
    void thoseOfAllDevicesAreEndedAlsoWhileOursIs() throws Exception {
        try (SipProbe telephone = SipProbe.udp(server.udp(), credentials(PHONE));
                SipClient sip = client(SipTransport.TCP)) {
            telephone.register(600);
            Registration registration = sip.register(PHONE, credentials(PHONE), SHARED);
            server.next("REGISTER", SipFault.loseRequest());
            CompletableFuture<Void> ours = registration.unregisterAsync();
            await().until(() -> registration.status().state() == RegistrationState.UNREGISTERING);
            CompletableFuture<Void> all = registration.unregisterAllDevicesAsync();

            ours.get(10, TimeUnit.SECONDS);
            all.get(10, TimeUnit.SECONDS);
            assertThat(server.devices(PHONE)).isEmpty();
            assertThat(registration.status().state()).isEqualTo(RegistrationState.IDLE);
        }
    }

    static List<Function<Registration, CompletableFuture<?>>> operations() {
        return List.of(
                Registration::resetAsync,
                Registration::devicesAsync,
                Registration::unregisterAsync,
                Registration::unregisterAllDevicesAsync);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nothingIsWaitedForAfterTheEndOfTheClient(
            Function<Registration, CompletableFuture<?>> operation) {
        SipClient sip = client(SipTransport.TCP);
        Registration ended = sip.register("1002", credentials("1002"));
        Registration registration = sip.register(PHONE, credentials(PHONE));
        ended.unregister();
        sip.close();
        await().until(() -> operation.apply(registration).isDone());
        await().until(() -> operation.apply(ended).isDone());
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatForgetsUsIsToldAgain(SipTransport transport) {
        try (SipClient sip = client(transport)) {
            Registration registration = sip.register(PHONE, credentials(PHONE));
            server.forgetRegistrations();
            registration.reset();
            assertThat(server.devices(PHONE)).hasSize(1);
        }
    }
}
