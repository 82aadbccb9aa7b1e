package io.github.pbxsdk.sip.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sip.Registration;
import io.github.pbxsdk.sip.RegistrationState;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipRejectedException;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send us elsewhere, or expect more signs of life than we would give. */
class SipRedirectTest {

    private final FakeSip first = FakeSip.asterisk22();
    private final FakeSip second = FakeSip.asterisk22();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static void sendsAway(FakeSip server, int status, String... contacts) {
        server.answer(
                "REGISTER",
                request -> {
                    SipMessage answer = SipMessage.answer(status, "Elsewhere");
                    for (String contact : contacts) {
                        answer = answer.with("Contact", contact);
                    }
                    return Optional.of(answer);
                });
    }

    private static String contact(FakeSip server, String transport) {
        return "<sip:127.0.0.1:" + server.tcp().getPort() + transport + ">";
    }

    /** Returns a client that waits long enough to be looked at. */
    private SipClient patient(Duration firstDelay) {
        return Clients.builder(first, SipTransport.TCP)
                .reconnect(
                        ReconnectOptions.defaults()
                                .firstDelay(firstDelay)
                                .longestDelay(Duration.ofMinutes(5)))
                .build();
    }

    @ParameterizedTest
    @CsvSource({"301,UDP", "302,TCP", "305,TCP"})
    void theFirstServerThatSuitsIsFollowed(int status, SipTransport transport) {
        sendsAway(
                first,
                status,
                "<tel:+15550001111>",
                contact(first, ";transport=tls"),
                contact(second, ";transport=" + transport));
        try (SipClient sip = Clients.builder(first, transport).build()) {
            Registration registration = sip.register("1011", Clients.secret("1011"));

            assertThat(registration.isRegistered()).isTrue();
            assertThat(second.devices("1011")).hasSize(1);
            assertThat(first.requests("REGISTER")).hasSize(1);
        }
    }

    @Test
    void twoServersThatSendUsToEachOtherAreNotHammered() {
        sendsAway(first, 302, contact(second, ""));
        sendsAway(second, 302, contact(first, ""));
        try (SipClient sip = patient(Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> sip.register("1011", Clients.secret("1011")))
                    .isInstanceOf(SipRejectedException.class)
                    .hasMessageContaining("302");
            assertThat(sip.registration("1011").status().state())
                    .isEqualTo(RegistrationState.WAITING);
            assertThat(first.requests("REGISTER")).hasSize(1);
            assertThat(second.requests("REGISTER")).hasSize(1);
        }
    }

    @Test
    void whereTheOtherServerIsAwayTheFirstOneIsAskedAgain() throws Exception {
        second.stopListening();
        sendsAway(first, 302, contact(second, ""));
        try (SipClient sip = Clients.builder(first, SipTransport.TCP).build()) {
            CompletableFuture<Registration> registering =
                    sip.registerAsync("1011", Clients.secret("1011"));
            await().until(() -> first.requests("REGISTER").size() >= 2);
            first.answer("REGISTER", request -> Optional.empty());

            await().until(sip.registration("1011")::isRegistered);
            assertThat(first.devices("1011")).hasSize(1);
            assertThat(registering).isDone();
            assertThat(sip.pingAsync().get(5, TimeUnit.SECONDS)).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<sips:127.0.0.1:5061>", "<sip:pbx.test:99999>", "garbage<<"})
    void whatLeadsNowhereIsAFailureThatIsTriedAgain(String contact) {
        if (contact.isEmpty()) {
            sendsAway(first, 302);
        } else {
            sendsAway(first, 302, contact);
        }
        try (SipClient sip = patient(Duration.ofMinutes(1))) {
            assertThatThrownBy(() -> sip.register("1011", Clients.secret("1011")))
                    .isInstanceOf(SipRejectedException.class);
            assertThat(sip.registration("1011").status().nextAttempt()).isPresent();
        }
    }

    @Test
    void theServerGetsSignsOfLifeAsOftenAsItExpects() throws InterruptedException {
        ManualTime time = Clients.time();
        try (PbxResources resources = PbxResources.builder().time(time).build();
                FakeSip server = FakeSip.asterisk22(time);
                SipClient sip = Clients.builder(server, resources).build()) {
            server.answer("REGISTER", SipRedirectTest::grantedWithFlowTimer);
            sip.register("1011", Clients.secret("1011"));

            time.advance(Duration.ofSeconds(15));
            assertThat(server.requests("OPTIONS")).isEmpty();
            time.advance(Duration.ofSeconds(5));
            server.awaitRequests("OPTIONS", 1);
            time.awaitPending(2);
            await().untilAsserted(
                            () -> assertThat(time.pending()).anyMatch(next -> isNextSign(next)));
        }
    }

    private static boolean isNextSign(Duration next) {
        return next.toSeconds() >= 15 && next.toSeconds() <= 20;
    }

    private static Optional<SipMessage> grantedWithFlowTimer(SipMessage request) {
        SipMessage answer = SipMessage.answer(200, "OK").with("Flow-Timer", "20");
        return Optional.of(
                request.find("Contact").map(own -> answer.with("Contact", own)).orElse(answer));
    }
}
