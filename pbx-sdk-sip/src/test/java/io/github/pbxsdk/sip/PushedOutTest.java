package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipFault;
import io.github.pbxsdk.testing.sip.SipMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No server tells a device that another one has taken its place; it finds out by itself. */
class PushedOutTest {

    private static final String PHONE = "1024";
    private static final RegisterOptions TAKE_OVER = RegisterOptions.defaults().takeOver();

    private final FakeSip server = FakeSip.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private SipClient client(SipTransport transport, UUID device) {
        return TestClients.builder(server, transport).instanceId(device).build();
    }

    private static void assertPushedOut(Registration registration, String words) {
        assertThat(registration.light()).isEqualTo(Light.RED);
        assertThat(registration.isRegistered()).isFalse();
        assertThat(registration.registrationError().orElseThrow().failure())
                .isInstanceOf(OtherDeviceException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverSeesTheListSeesTheLight(SipTransport transport) {
        try (SipClient desk = client(transport, UUID.randomUUID());
                SipClient app = client(transport, UUID.randomUUID())) {
            Registration atDesk = desk.register(PHONE, credentials(PHONE));
            Registration atApp = app.register(PHONE, credentials(PHONE), TAKE_OVER);

            assertThat(atApp.devices()).singleElement().matches(SipDevice::isOurs);
            assertThat(atDesk.devices()).singleElement().matches(device -> !device.isOurs());

            assertPushedOut(atDesk, "1024 was pushed out by another device: sip:1024@");
            assertThat(atApp.light()).isEqualTo(Light.GREEN);
            desk.register(PHONE, credentials(PHONE), TAKE_OVER);
            assertThat(atDesk.light()).isEqualTo(Light.GREEN);
        }
    }

    @Test
    void twoClientsOfOneIdAreToldThatTheyAre() {
        UUID device = UUID.randomUUID();
        try (SipClient first = client(SipTransport.TCP, device);
                SipClient second = client(SipTransport.TCP, device)) {
            Registration atFirst = first.register(PHONE, credentials(PHONE));
            second.register(PHONE, credentials(PHONE));

            atFirst.devices();

            assertPushedOut(atFirst, "a client with the same instanceId");
        }
    }

    @Test
    void itIsFoundOutWithoutAnybodyAsking() {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        try (PbxResources resources = PbxResources.builder().time(time).build();
                SipClient desk =
                        TestClients.builder(server, SipTransport.WS)
                                .instanceId(UUID.randomUUID())
                                .resources(resources)
                                .build();
                SipClient app = client(SipTransport.TCP, UUID.randomUUID())) {
            Registration atDesk = desk.register(PHONE, credentials(PHONE));
            app.register(PHONE, credentials(PHONE), TAKE_OVER);

            await().pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> {
                                time.advance(Duration.ofSeconds(1));
                                return atDesk.light() == Light.RED;
                            });

            assertPushedOut(atDesk, "was pushed out");
            assertThat(time.now()).isBefore(Instant.EPOCH.plusSeconds(70));
        }
    }

    @Test
    void whoWasForgottenRegistersAgain() {
        try (SipClient desk = client(SipTransport.UDP, UUID.randomUUID())) {
            Registration atDesk = desk.register(PHONE, credentials(PHONE));
            assertThat(atDesk.devices()).hasSize(1);
            server.forgetRegistrations();

            assertThat(atDesk.devices()).isEmpty();

            server.awaitRegistrations(PHONE, 2);
            await().until(atDesk::isRegistered);
            assertThat(server.devices(PHONE)).hasSize(1);
        }
    }

    @Test
    void whoWasLostBeforeItWasEverSeenInTheListStaysRegistered() {
        try (FakeSip old = FakeSip.asterisk16();
                SipClient desk = TestClients.builder(old, SipTransport.WS).build()) {
            Registration atDesk = desk.register("1001", credentials("1001"));
            try (SipClient app = TestClients.builder(old, SipTransport.WSS).build()) {
                app.register("1002", credentials("1002"));
            }
            await().until(() -> old.devices("1001").isEmpty());

            assertThat(atDesk.devices()).isEmpty();

            await().until(() -> !old.devices("1001").isEmpty());
            assertThat(atDesk.light()).isEqualTo(Light.GREEN);
        }
    }

    @Test
    void whereThereIsRoomItComesBack() {
        RegisterOptions shared = RegisterOptions.defaults().otherDevices(OtherDevices.SHARE);
        try (SipClient desk = client(SipTransport.UDP, UUID.randomUUID());
                SipClient app = client(SipTransport.UDP, UUID.randomUUID())) {
            Registration atDesk = desk.register("1001", credentials("1001"), shared);
            server.forgetRegistrations();
            app.register("1001", credentials("1001"), shared);

            assertThat(atDesk.devices()).singleElement().matches(device -> !device.isOurs());

            await().until(() -> server.devices("1001").size() == 2);
            await().until(atDesk::isRegistered);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNotKnownAnyMoreTurnsRed(SipTransport transport) {
        try (SipClient desk = client(transport, UUID.randomUUID())) {
            Registration atDesk = desk.register(PHONE, credentials(PHONE));
            atDesk.devices();
            server.always("REGISTER", SipFault.answer(403, "Forbidden"));

            assertThatThrownBy(atDesk::devices).isInstanceOf(SipRejectedException.class);

            await().until(() -> atDesk.light() == Light.RED);
            assertThat(atDesk.registrationError().orElseThrow().status()).isEqualTo(403);
        }
    }

    @Test
    void aServerThatShowsItsListToNobodyIsAskedToProlongOnceAtMost() {
        try (SipClient desk = client(SipTransport.TCP, UUID.randomUUID())) {
            Registration atDesk = desk.register(PHONE, credentials(PHONE));
            refuseLooks();
            assertThatThrownBy(atDesk::devices).isInstanceOf(SipRejectedException.class);
            assertThat(atDesk.status().state()).isEqualTo(RegistrationState.REGISTERED);

            server.answer("REGISTER", request -> Optional.empty());
            atDesk.devices();
            refuseLooks();
            assertThatThrownBy(atDesk::devices).isInstanceOf(SipRejectedException.class);
            server.awaitRegistrations(PHONE, 2);
            await().until(() -> atDesk.status().state() == RegistrationState.REGISTERED);
            int before = registrations();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(atDesk::devices).isInstanceOf(SipRejectedException.class);
            }

            assertThat(registrations()).isEqualTo(before);
            assertThat(atDesk.light()).isEqualTo(Light.GREEN);
        }
    }

    @Test
    void aServerThatListsNobodyIsAskedToProlongOnceAtMost() {
        server.answer(
                "REGISTER",
                request ->
                        request.find("Contact").isEmpty()
                                ? Optional.of(SipMessage.answer(200, "OK"))
                                : Optional.empty());
        try (SipClient desk = client(SipTransport.TCP, UUID.randomUUID())) {
            Registration atDesk = desk.register(PHONE, credentials(PHONE));
            int before = registrations();
            assertThat(atDesk.devices()).isEmpty();
            await().until(() -> registrations() == before + 1);
            await().until(() -> atDesk.status().state() == RegistrationState.REGISTERED);
            for (int i = 0; i < 3; i++) {
                assertThat(atDesk.devices()).isEmpty();
            }

            assertThat(registrations()).isEqualTo(before + 1);
            assertThat(atDesk.light()).isEqualTo(Light.GREEN);
        }
    }

    private int registrations() {
        return (int)
                server.requests("REGISTER").stream()
                        .filter(one -> one.message().find("Contact").isPresent())
                        .count();
    }

    private void refuseLooks() {
        server.answer(
                "REGISTER",
                request ->
                        request.find("Contact").isEmpty()
                                ? Optional.of(SipMessage.answer(405, "Method Not Allowed"))
                                : Optional.empty());
    }
}
