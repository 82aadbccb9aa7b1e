package io.github.pbxsdk.it.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.sip.OtherDeviceException;
import io.github.pbxsdk.sip.OtherDevices;
import io.github.pbxsdk.sip.RegisterOptions;
import io.github.pbxsdk.sip.Registration;
import io.github.pbxsdk.sip.RegistrationState;
import io.github.pbxsdk.sip.SipCheck;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipDevice;
import io.github.pbxsdk.sip.SipRejectedException;
import io.github.pbxsdk.sip.SipSession;
import io.github.pbxsdk.sip.SipSessions;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.sip.event.DialogEvent;
import io.github.pbxsdk.sip.event.MailboxEvent;
import io.github.pbxsdk.sip.event.PresenceEvent;
import io.github.pbxsdk.sip.event.PresenceEvent.Activity;
import io.github.pbxsdk.sip.event.RegistrationChangedEvent;
import io.github.pbxsdk.sip.event.WatchEndedEvent;
import io.github.pbxsdk.testing.EventProbe;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OnAsterisk
class SipClientIT {

    private static final RegisterOptions SHARED =
            RegisterOptions.defaults().otherDevices(OtherDevices.SHARE);

    private static final String DIFFICULT =
            "first line\r\n\r\nMESSAGE sip:1 SIP/2.0\r\nVia: x\r\n\r\n größer 😀; ${EPOCH} ";

    static SipClient.Builder builder(Asterisk asterisk, SipTransport transport) {
        InetSocketAddress server = server(asterisk, transport);
        SipClient.Builder builder =
                SipClient.builder()
                        .server(server.getHostString(), server.getPort())
                        .transport(transport)
                        .domain(asterisk.setting("SIP_DOMAIN"))
                        .reconnect(
                                ReconnectOptions.defaults()
                                        .firstDelay(Duration.ofMillis(100))
                                        .longestDelay(Duration.ofSeconds(1)));
        return transport.isSecure() ? builder.tls(TlsOptions.ca(asterisk.path("PBX_CA"))) : builder;
    }

    private static InetSocketAddress server(Asterisk asterisk, SipTransport transport) {
        return switch (transport) {
            case UDP, TCP -> asterisk.sip();
            case TLS -> asterisk.sipTls();
            case WS -> address(asterisk.sipWs());
            case WSS -> address(asterisk.sipWss());
        };
    }

    private static InetSocketAddress address(URI uri) {
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort());
    }

    private static Registration register(Asterisk asterisk, SipClient sip, int extension) {
        return sip.register(String.valueOf(extension), asterisk.extension(extension), SHARED);
    }

    private static TextMessage.Builder text(int from, int to, String text) {
        return TextMessage.to(Address.extension(String.valueOf(to)))
                .from(Address.extension(String.valueOf(from)))
                .text(text);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @ParameterizedTest
    @EnumSource
    void registersAndCarriesTextsBothWays(SipTransport transport, Asterisk asterisk)
            throws InterruptedException {
        try (SipClient one = builder(asterisk, transport).build();
                SipClient other = builder(asterisk, transport).build()) {
            BlockingQueue<TextMessage> atOne = new LinkedBlockingQueue<>();
            BlockingQueue<TextMessage> atOther = new LinkedBlockingQueue<>();
            one.onMessage(atOne::add);
            other.onMessage(
                    message -> {
                        atOther.add(message);
                        other.send(message.reply("Thank you").build());
                    });
            Registration registration = register(asterisk, one, 1001);
            register(asterisk, other, 1002);
            assertThat(registration.isRegistered()).isTrue();
            assertThat(registration.devices()).as("we are in the list").anyMatch(SipDevice::isOurs);
            assertThat(registration.light()).isEqualTo(Light.GREEN);

            MessageReceipt receipt = one.send(text(1001, 1002, DIFFICULT).build());
            assertThat(receipt.outcome()).isEqualTo(MessageReceipt.Outcome.ACCEPTED);

            TextMessage received = next(atOther);
            assertThat(received.text()).isEqualTo(DIFFICULT);
            assertThat(received.from()).contains(Address.extension("1001"));
            TextMessage answer = next(atOne);
            assertThat(answer.text()).isEqualTo("Thank you");
            assertThat(answer.from()).contains(Address.extension("1002"));
        }
    }

    /** One user on each transport, so that the server is killed once. */
    @Test
    void isRegisteredAgainAfterTheServerWasKilled(Asterisk asterisk) throws InterruptedException {
        List<KilledUser> users = new ArrayList<>();
        try {
            int extension = 1010;
            for (SipTransport transport : SipTransport.values()) {
                users.add(new KilledUser(asterisk, transport, extension++));
            }
            asterisk.kill9();
            users.forEach(KilledUser::awaitYellow);
            asterisk.start();
            for (KilledUser user : users) {
                user.awaitGreen();
                user.writesToHimself();
            }
        } finally {
            users.forEach(KilledUser::close);
        }
    }

    /** A user whose server will be killed. */
    private static final class KilledUser implements AutoCloseable {

        private final SipTransport transport;
        private final int extension;
        private final SipClient sip;
        private final Registration registration;
        private final EventProbe<RegistrationChangedEvent> changes;
        private final BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();

        KilledUser(Asterisk asterisk, SipTransport transport, int extension) {
            this.transport = transport;
            this.extension = extension;
            this.sip =
                    builder(asterisk, transport).keepAliveInterval(Duration.ofSeconds(1)).build();
            sip.onMessage(received::add);
            this.registration = register(asterisk, sip, extension);
            this.changes =
                    EventProbe.on(
                            sip.events(), RegistrationChangedEvent.class, Duration.ofSeconds(40));
        }

        void awaitYellow() {
            changes.next(event -> event.state() == RegistrationState.WAITING);
            assertThat(registration.isRegistered()).as("%s", transport).isFalse();
            assertThat(registration.light()).as("%s", transport).isEqualTo(Light.YELLOW);
            assertThat(registration.registrationError()).as("%s", transport).isPresent();
        }

        void awaitGreen() {
            changes.next(event -> event.state() == RegistrationState.REGISTERED);
            assertThat(registration.isRegistered()).as("%s", transport).isTrue();
            assertThat(registration.registrationError()).as("%s", transport).isEmpty();
        }

        void writesToHimself() throws InterruptedException {
            // On Asterisk 16 the end of another WebSocket may have lost him again; looking mends
            // it.
            await().until(() -> !registration.devices().isEmpty());
            sip.send(text(extension, extension, "still here").build());
            assertThat(next(received).text()).as("%s", transport).isEqualTo("still here");
        }

        @Override
        public void close() {
            sip.close();
        }
    }

    @Test
    void outlivesTheEndOfAnotherWebSocketOfItsAddress(Asterisk asterisk)
            throws InterruptedException {
        BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
        try (SipClient sip = builder(asterisk, SipTransport.WS).build()) {
            sip.onMessage(received::add);
            Registration registration = register(asterisk, sip, 1010);
            try (SipClient other = builder(asterisk, SipTransport.WSS).build()) {
                register(asterisk, other, 1011);
            }
            if (asterisk.major() == 16) {
                await().until(() -> registration.devices().isEmpty());
            }
            await().until(() -> !registration.devices().isEmpty());

            sip.send(text(1010, 1010, "still here").build());

            assertThat(next(received).text()).isEqualTo("still here");
            assertThat(registration.light()).isEqualTo(Light.GREEN);
        }
    }

    @Test
    void aWrongPasswordIsFinal(Asterisk asterisk) {
        try (SipClient sip = builder(asterisk, SipTransport.UDP).build()) {
            assertThatThrownBy(() -> sip.register("1004", Credentials.of("1004", "wrong"), SHARED))
                    .isInstanceOf(PbxAuthenticationException.class)
                    .hasMessageContaining("1004")
                    .hasMessageNotContaining("wrong");
            Registration registration = sip.registration("1004");
            assertThat(registration.status().state()).isEqualTo(RegistrationState.REJECTED);
            assertThat(registration.status().nextAttempt()).isEmpty();
            assertThat(registration.light()).isEqualTo(Light.RED);

            register(asterisk, sip, 1004);
            assertThat(registration.isRegistered()).isTrue();
        }
    }

    @Test
    void provesItselfWithTheBestThatTheServerHas(Asterisk asterisk) {
        // Asterisk 16 has MD5 only, and no such extension.
        String extension =
                asterisk.major() >= 22 ? asterisk.setting("SIP_EXTENSION_SHA256") : "1001";
        try (SipClient sip = builder(asterisk, SipTransport.TCP).build()) {
            Registration registration = register(asterisk, sip, Integer.parseInt(extension));
            assertThat(registration.isRegistered()).isTrue();
        }
    }

    @Test
    void leavesAnotherDeviceAloneUnlessToldTo(Asterisk asterisk) {
        int extension = Integer.parseInt(asterisk.setting("SIP_EXTENSION_ONE_DEVICE"));
        String name = String.valueOf(extension);
        Credentials credentials = asterisk.extension(extension);
        try (SipClient desk =
                        builder(asterisk, SipTransport.UDP).instanceId(UUID.randomUUID()).build();
                SipClient app =
                        builder(asterisk, SipTransport.TCP).instanceId(UUID.randomUUID()).build()) {
            desk.register(name, credentials, RegisterOptions.defaults().takeOver());

            assertThatThrownBy(() -> app.register(name, credentials))
                    .isInstanceOf(OtherDeviceException.class);
            assertThat(desk.registration(name).devices())
                    .singleElement()
                    .matches(SipDevice::isOurs);
            assertThat(desk.registration(name).light()).isEqualTo(Light.GREEN);

            app.register(name, credentials, RegisterOptions.defaults().takeOver());
            assertThat(app.registration(name).devices()).singleElement().matches(SipDevice::isOurs);
            assertThat(app.registration(name).light()).isEqualTo(Light.GREEN);
            desk.registration(name).devices();
            assertThat(desk.registration(name).registrationError().orElseThrow().failure())
                    .isInstanceOf(OtherDeviceException.class);
            assertThat(desk.registration(name).light()).isEqualTo(Light.RED);
        }
    }

    @Test
    void noRoomForAnotherDeviceIsARefusal(Asterisk asterisk) {
        int extension = Integer.parseInt(asterisk.setting("SIP_EXTENSION_FULL_AT_ONE"));
        String name = String.valueOf(extension);
        Credentials credentials = asterisk.extension(extension);
        try (SipClient desk =
                        builder(asterisk, SipTransport.UDP).instanceId(UUID.randomUUID()).build();
                SipClient app =
                        builder(asterisk, SipTransport.TCP).instanceId(UUID.randomUUID()).build()) {
            desk.register(name, credentials, RegisterOptions.defaults().takeOver());

            assertThatThrownBy(() -> app.register(name, credentials, SHARED))
                    .isInstanceOfSatisfying(
                            SipRejectedException.class,
                            e ->
                                    assertThat(e.kind())
                                            .isEqualTo(SipRejectedException.Kind.FORBIDDEN));
        }
    }

    @Test
    void prolongsAShortRegistration(Asterisk asterisk) {
        int extension = Integer.parseInt(asterisk.setting("SIP_EXTENSION_SHORT_EXPIRY"));
        try (SipClient sip = builder(asterisk, SipTransport.UDP).build()) {
            EventProbe<RegistrationChangedEvent> changes =
                    EventProbe.on(
                            sip.events(), RegistrationChangedEvent.class, Duration.ofSeconds(20));
            Registration registration = register(asterisk, sip, extension);
            changes.next(event -> event.state() == RegistrationState.REGISTERED);

            changes.next(event -> event.state() == RegistrationState.REFRESHING);
            assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(registration.isRegistered()).isTrue();
        }
    }

    @Test
    void unregisteringLeavesNobodyBehind(Asterisk asterisk) {
        try (SipClient sip = builder(asterisk, SipTransport.TCP).build();
                SipClient watcher = builder(asterisk, SipTransport.UDP).build()) {
            Registration watching = watcher.register("1005", asterisk.extension(1005), SHARED);
            Registration registration = register(asterisk, sip, 1005);
            int before = watching.devices().size();
            sip.unregister("1005");
            assertThat(registration.status().state()).isEqualTo(RegistrationState.IDLE);
            assertThat(sip.findRegistration("1005")).isEmpty();
            assertThat(watching.devices()).hasSize(before - 1);
        }
    }

    @Test
    void theLongestTextArrivesWholeAndALongerOneIsRefused(Asterisk asterisk)
            throws InterruptedException {
        try (SipClient sip = builder(asterisk, SipTransport.TCP).build()) {
            BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
            sip.onMessage(received::add);
            register(asterisk, sip, 1006);
            String longest = "ä".repeat(511) + "x";

            sip.send(text(1006, 1006, longest).build());
            assertThat(next(received).text()).isEqualTo(longest);
            assertThatThrownBy(() -> sip.send(text(1006, 1006, longest + "y").build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1023");
        }
    }

    @Test
    void aUserIsRegisteredFromTheFirstTabToTheLast(Asterisk asterisk) {
        try (SipClient sip = builder(asterisk, SipTransport.TCP).build()) {
            SipSessions sessions = SipSessions.on(sip).linger(Duration.ZERO).options(SHARED);
            Credentials credentials = asterisk.extension(1008);

            SipSession first = sessions.acquire("1008", credentials);
            SipSession second = sessions.acquire("1008", credentials);
            first.close();
            first.close();
            assertThat(second.registration().isRegistered()).isTrue();
            assertThat(sip.ping()).isPositive();
            assertThat(second.registration().isRegistered()).isTrue();

            second.close();
            await().untilAsserted(() -> assertThat(sip.registrations()).isEmpty());
            assertThatThrownBy(() -> sessions.acquire("1008", Credentials.of("1008", "wrong")))
                    .isInstanceOf(PbxAuthenticationException.class);
            await().untilAsserted(() -> assertThat(sip.registrations()).isEmpty());
        }
    }

    @Test
    void aMailboxAndATelephoneAreWatched(Asterisk asterisk) {
        try (SipClient sip = builder(asterisk, SipTransport.TCP).build();
                SipClient other = builder(asterisk, SipTransport.UDP).build()) {
            EventProbe<MailboxEvent> mailboxes = EventProbe.on(sip.events(), MailboxEvent.class);
            EventProbe<PresenceEvent> telephones = EventProbe.on(sip.events(), PresenceEvent.class);
            register(asterisk, sip, 1001);

            Subscription mailbox = sip.watchMailbox("1001");
            MailboxEvent now = mailboxes.next();
            assertThat(now.extension()).isEqualTo("1001");
            assertThat(now.isWaiting()).isEqualTo(now.newMessages() > 0);

            Subscription telephone = sip.watchPresence("1001", "1009");
            telephones.next(event -> event.activity() == Activity.OFFLINE);
            register(asterisk, other, 1009);
            assertThat(telephones.next(event -> event.activity() == Activity.IDLE).watched())
                    .isEqualTo("1009");
            telephone.close();
            mailbox.close();
        }
    }

    @Test
    void theCallsOfATelephoneAreWatched(Asterisk asterisk) {
        try (SipClient sip = builder(asterisk, SipTransport.UDP).build()) {
            EventProbe<DialogEvent> calls = EventProbe.on(sip.events(), DialogEvent.class);
            register(asterisk, sip, 1001);

            sip.watchDialog("1001", "1009");
            DialogEvent now = calls.next();
            assertThat(now.watched()).isEqualTo("1009");
            assertThat(now.activity()).isEqualTo(Activity.IDLE);
            assertThat(now.state()).isEqualTo("terminated");
        }
    }

    @Test
    void whatTheServerDoesNotTellEndsTheWatch(Asterisk asterisk) {
        try (SipClient sip = builder(asterisk, SipTransport.UDP).build()) {
            EventProbe<WatchEndedEvent> ends = EventProbe.on(sip.events(), WatchEndedEvent.class);
            register(asterisk, sip, 1001);

            sip.watchPresence("1001", "no-such-phone");
            assertThat(ends.next().watched()).isEqualTo("no-such-phone");
        }
    }

    @Test
    void theCheckFindsOutWhatIsWrong(Asterisk asterisk) {
        try (SipClient sip = builder(asterisk, SipTransport.TLS).build()) {
            SipCheck good = sip.check("1011", asterisk.extension(1011));
            assertThat(good.isGood()).as(good.toString()).isTrue();
            assertThat(good.findings())
                    .filteredOn(one -> one.question() != SipCheck.Question.WEBRTC)
                    .extracting(SipCheck.Finding::answer)
                    .containsOnly(SipCheck.Answer.YES);
            assertThat(good.find(SipCheck.Question.CERTIFICATE)).isPresent();

            SipCheck stranger = sip.check("1011", Credentials.of("1011", "wrong"));
            assertThat(stranger.find(SipCheck.Question.CREDENTIALS))
                    .hasValueSatisfying(
                            one -> assertThat(one.answer()).isEqualTo(SipCheck.Answer.NO));

            int silent = Integer.parseInt(asterisk.setting("SIP_EXTENSION_NO_TEXTS"));
            SipCheck rings = sip.check(String.valueOf(silent), asterisk.extension(silent));
            assertThat(rings.find(SipCheck.Question.READY_FOR_TEXTS))
                    .hasValueSatisfying(
                            one -> {
                                assertThat(one.answer()).isEqualTo(SipCheck.Answer.NO);
                                assertThat(one.words()).contains("message_context");
                            });
            assertThat(sip.registrations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCheckTellsABrowserFromATelephone(SipTransport transport, Asterisk asterisk) {
        int browser = Integer.parseInt(asterisk.setting("SIP_EXTENSION_WEBRTC"));
        int encrypted = Integer.parseInt(asterisk.setting("SIP_EXTENSION_SRTP"));
        try (SipClient sip = builder(asterisk, transport).build()) {
            assertThat(isForBrowser(asterisk, sip, 1012)).isEqualTo(SipCheck.Answer.NO);
            assertThat(isForBrowser(asterisk, sip, browser)).isEqualTo(SipCheck.Answer.YES);
            assertThat(isForBrowser(asterisk, sip, encrypted)).isEqualTo(SipCheck.Answer.NO);
        }
    }

    private static SipCheck.Answer isForBrowser(Asterisk asterisk, SipClient sip, int extension) {
        SipCheck check = sip.check(String.valueOf(extension), asterisk.extension(extension));
        return check.find(SipCheck.Question.WEBRTC).orElseThrow().answer();
    }

    @Test
    void aServerWithAnUnknownCertificateIsRefused(Asterisk asterisk) {
        InetSocketAddress server = asterisk.sipTls();
        try (SipClient sip =
                SipClient.builder()
                        .server(server.getHostString(), server.getPort())
                        .transport(SipTransport.TLS)
                        .build()) {
            assertThatThrownBy(() -> register(asterisk, sip, 1007))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("certificate");
            await().untilAsserted(
                            () ->
                                    assertThat(sip.status().state())
                                            .isNotEqualTo(ConnectionState.CONNECTED));
            assertThat(sip.registration("1007").status().light()).isNotEqualTo(Light.GREEN);
        }
    }
}
