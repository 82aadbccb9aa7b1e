package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipProbe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SipSessionsTest {

    private static final String USER = "1001";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BLINK = Duration.ofMillis(1);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final FakeSip server = FakeSip.asterisk22(time);
    private final SipClient sip =
            TestClients.builder(server, SipTransport.UDP)
                    .keepAliveInterval(Duration.ofDays(1))
                    .resources(resources)
                    .build();

    @AfterEach
    void close() {
        sip.close();
        server.close();
        resources.close();
    }

    private SipSession acquire(SipSessions sessions) {
        return sessions.acquire(USER, credentials(USER));
    }

    /** Waits until what was asked before is done: one question comes after the other. */
    private void settle() {
        sip.registrations().forEach(Registration::devices);
    }

    /** Counts the requests that change something, without the mere questions. */
    private long changes() {
        return server.requests("REGISTER").stream()
                .filter(one -> one.message().find("Contact").isPresent())
                .count();
    }

    @Test
    void aUserWhoIsBackSoonFindsTheRegistrationStillThere() {
        SipSessions sessions = SipSessions.on(sip).linger(MINUTE);
        acquire(sessions).close();
        settle();
        time.advance(MINUTE.minus(BLINK));
        settle();
        assertThat(server.devices(USER)).hasSize(1);
        long said = changes();

        SipSession back = acquire(sessions);
        time.advance(MINUTE.multipliedBy(3));
        settle();
        assertThat(back.registration().isRegistered()).isTrue();
        assertThat(changes()).as("nothing is said for it").isEqualTo(said);
    }

    @Test
    void theRegistrationEndsWhenTheLastSessionIsOverForLongEnough() {
        SipSessions sessions = SipSessions.on(sip).linger(MINUTE);
        SipSession first = acquire(sessions);
        SipSession second = acquire(sessions);
        first.close();
        first.close();
        settle();
        time.advance(MINUTE.multipliedBy(2));
        settle();
        assertThat(second.registration().isRegistered()).as("the second is open").isTrue();

        second.close();
        settle();
        time.advance(MINUTE.minus(BLINK));
        settle();
        assertThat(second.registration().isRegistered()).as("it lingers").isTrue();
        time.advance(BLINK);
        await().until(() -> server.devices(USER).isEmpty() && sip.registrations().isEmpty());
    }

    @Test
    void itLingersForHalfAMinuteUnlessToldOtherwise() {
        acquire(SipSessions.on(sip)).close();
        settle();
        time.advance(Duration.ofSeconds(30).minus(BLINK));
        settle();
        assertThat(server.devices(USER)).hasSize(1);
        time.advance(BLINK);
        await().until(() -> server.devices(USER).isEmpty());
    }

    @Test
    void whoGivesUpWaitingHasNoSession() {
        SipSessions sessions = SipSessions.on(sip).linger(Duration.ZERO);
        CompletableFuture<SipSession> impatient = sessions.acquireAsync(USER, credentials(USER));
        impatient.cancel(false);
        server.awaitRegistered(USER);
        // The answer may still be on its way: the session is given up when it arrives.
        await().until(
                        () -> {
                            time.advance(BLINK);
                            return sip.registrations().isEmpty() && server.devices(USER).isEmpty();
                        });
    }

    @Test
    void whoIsRefusedHasNoSession() {
        SipSessions sessions = SipSessions.on(sip).linger(Duration.ZERO);
        assertThatThrownBy(() -> sessions.acquire(USER, Credentials.of(USER, "wrong")))
                .isInstanceOf(PbxAuthenticationException.class);
        time.advance(BLINK);
        await().until(() -> sip.registrations().isEmpty());
    }

    @Test
    void theTelephoneOfTheUserIsLeftAloneUnlessTakenOver() throws IOException {
        try (SipProbe telephone = SipProbe.udp(server.udp(), credentials("1024"))) {
            telephone.register(3600);
            String theirs = server.devices("1024").get(0).uri();
            SipSessions sessions = SipSessions.on(sip);
            assertThatThrownBy(() -> sessions.acquire("1024", credentials("1024")))
                    .isInstanceOf(OtherDeviceException.class);
            assertThat(server.devices("1024")).extracting("uri").containsExactly(theirs);

            sessions.takeOver().acquire("1024", credentials("1024"));
            assertThat(server.devices("1024")).extracting("uri").doesNotContain(theirs).hasSize(1);
        }
    }
}
