package io.github.pbxsdk.sip.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sip.OtherDeviceException;
import io.github.pbxsdk.sip.OtherDevices;
import io.github.pbxsdk.sip.RegisterOptions;
import io.github.pbxsdk.sip.Registration;
import io.github.pbxsdk.sip.RegistrationState;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipRejectedException;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.sip.event.RegistrationChangedEvent;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SeenRequest;
import io.github.pbxsdk.testing.sip.SipFault;
import io.github.pbxsdk.testing.sip.SipMessage;
import io.github.pbxsdk.testing.sip.SipProbe;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class SipRegistrationFaultsTest {

    private static final String PHONE = "1011";
    private static final Credentials RIGHT = Clients.secret(PHONE);
    private static final Credentials WRONG = Credentials.of(PHONE, "guessed");
    private static final RegisterOptions SHARED =
            RegisterOptions.defaults().otherDevices(OtherDevices.SHARE);

    private final ManualTime time = Clients.time();
    private final PbxResources resources = PbxResources.builder().time(time).build();
    private final FakeSip server = FakeSip.asterisk22(time);

    @AfterEach
    void close() {
        server.close();
        resources.close();
    }

    private SipClient client() {
        return Clients.builder(server, resources).build();
    }

    private static Registration register(SipClient sip, Door door, Credentials credentials) {
        return door.ask(
                () -> sip.register(PHONE, credentials),
                () -> sip.registerAsync(PHONE, credentials));
    }

    /** Lets time pass, with as much as they need for client and server to talk at each alarm. */
    private void pass(SipClient sip, Duration duration) {
        Duration left = duration;
        while (left.toNanos() > 0) {
            Duration next = time.pending().stream().findFirst().orElse(left);
            Duration step = next.compareTo(left) < 0 ? next : left;
            time.advance(step);
            left = left.minus(step);
            sip.ping();
            sip.ping();
        }
    }

    private int registers() {
        return server.requests("REGISTER").size();
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasswordIsTriedOnceAndNeverAgain(Door door) {
        try (SipClient sip = client()) {
            assertThatThrownBy(() -> register(sip, door, WRONG))
                    .isInstanceOf(PbxAuthenticationException.class);
            Registration registration = sip.registration(PHONE);
            assertThat(registration.status().state()).isEqualTo(RegistrationState.REJECTED);
            assertThat(registration.light()).isEqualTo(Light.RED);
            assertThat(registration.isRegistered()).isFalse();
            assertThat(registration.registrationError().orElseThrow().nextAttempt()).isEmpty();

            for (int hour = 0; hour < 24; hour++) {
                pass(sip, Duration.ofHours(1));
            }
            assertThat(registers()).as("the question and one answer to it").isEqualTo(2);

            assertThat(register(sip, door, RIGHT).isRegistered()).isTrue();
            assertThat(registration.registrationError()).isEmpty();
        }
    }

    @Test
    void aServerOfAnotherRealmIsNotHammered() {
        server.always("REGISTER", SipFault.wrongRealm());
        try (SipClient sip = client()) {
            assertThatThrownBy(() -> sip.register(PHONE, RIGHT))
                    .isInstanceOf(PbxAuthenticationException.class);
            pass(sip, Duration.ofHours(24));
            assertThat(registers()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatCallsEverythingStaleIsNotHammered() {
        server.always("REGISTER", SipFault.stale());
        try (SipClient sip = client()) {
            assertThatThrownBy(() -> sip.register(PHONE, RIGHT))
                    .isInstanceOf(PbxAuthenticationException.class);
            pass(sip, Duration.ofHours(24));
            assertThat(registers()).isLessThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStaleNonceIsAnsweredWithTheNewOne(Door door) {
        server.next("REGISTER", SipFault.stale());
        try (SipClient sip = client();
                EventProbe<RegistrationChangedEvent> changes =
                        EventProbe.on(sip.events(), RegistrationChangedEvent.class)) {
            assertThat(register(sip, door, RIGHT).isRegistered()).isTrue();
            assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERING);
            assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERED);
        }
    }

    @Test
    void staysRegisteredForADayOfExpiringNonces() {
        try (SipClient sip = client()) {
            Registration registration = sip.register(PHONE, RIGHT);
            Set<RegistrationState> states = ConcurrentHashMap.newKeySet();
            sip.events().subscribe(RegistrationChangedEvent.class, e -> states.add(e.state()));
            Instant tomorrow = time.now().plus(Duration.ofDays(1));
            while (time.now().isBefore(tomorrow)) {
                time.advance(Duration.ofSeconds(20));
                // Comes behind whatever the client does at this time, however slow it is at it.
                registration.devices();
                awaitRegistered(registration);
                assertThat(registration.light()).isEqualTo(Light.GREEN);
                assertThat(server.devices(PHONE)).hasSize(1);
            }
            assertThat(states)
                    .containsOnly(RegistrationState.REFRESHING, RegistrationState.REGISTERED);
            server.awaitRegistrations(PHONE, 26);
        }
    }

    /** Waits only where there is something to wait for, as mostly there is not. */
    private static void awaitRegistered(Registration registration) {
        if (registration.status().state() != RegistrationState.REGISTERED) {
            await().until(() -> registration.status().state() == RegistrationState.REGISTERED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsAsLongAsTheServerAsksFor(Door door) {
        server.next("REGISTER", SipFault.unavailable(Duration.ofMinutes(10)));
        try (SipClient sip = client()) {
            assertThatThrownBy(() -> register(sip, door, RIGHT))
                    .isInstanceOfSatisfying(
                            SipRejectedException.class,
                            refusal ->
                                    assertThat(refusal.retryAfter())
                                            .contains(Duration.ofMinutes(10)));
            Registration registration = sip.registration(PHONE);
            assertThat(registration.status().state()).isEqualTo(RegistrationState.WAITING);
            assertThat(registration.light()).isEqualTo(Light.YELLOW);
            assertThat(registration.status().nextAttempt().orElseThrow())
                    .isAfterOrEqualTo(time.now().plus(Duration.ofMinutes(10)));

            pass(sip, Duration.ofSeconds(599));
            assertThat(registers()).isEqualTo(1);
            time.advance(Duration.ofSeconds(1));
            await().until(registration::isRegistered);
        }
    }

    /** Whoever sees that it waits may let the time pass, or close. */
    @Test
    void theNextAttemptIsPlannedBeforeAnybodyIsToldOfIt() {
        Duration pause = Duration.ofMinutes(10);
        server.next("REGISTER", SipFault.unavailable(pause));
        AtomicReference<SipClient> client = new AtomicReference<>();
        AtomicReference<RegistrationState> whenPlanned = new AtomicReference<>();
        Time watched =
                new WatchedTime(
                        time,
                        delay -> {
                            if (delay.equals(pause)) {
                                whenPlanned.set(client.get().registration(PHONE).status().state());
                            }
                        });
        try (PbxResources watching = PbxResources.builder().time(watched).build();
                SipClient sip = Clients.builder(server, watching).build()) {
            client.set(sip);
            assertThatThrownBy(() -> sip.register(PHONE, RIGHT))
                    .isInstanceOf(SipRejectedException.class);

            assertThat(whenPlanned).hasValue(RegistrationState.REGISTERING);
            assertThat(sip.registration(PHONE).status().state())
                    .isEqualTo(RegistrationState.WAITING);
        }
    }

    /** A clock that tells what is planned. */
    private record WatchedTime(Time time, Consumer<Duration> planned) implements Time {

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public long nanos() {
            return time.nanos();
        }

        @Override
        public Alarm schedule(Duration delay, Runnable task) {
            planned.accept(delay);
            return time.schedule(delay, task);
        }
    }

    @Test
    void asksForTheTimeThatTheServerWants() {
        server.next("REGISTER", SipFault.intervalTooBrief(Duration.ofMinutes(10)));
        try (SipClient sip = client()) {
            sip.register(PHONE, RIGHT, RegisterOptions.defaults().expires(Duration.ofSeconds(90)));
            SeenRequest last = server.requests("REGISTER").get(registers() - 1);
            assertThat(last.message().get("Expires")).isEqualTo("600");
            assertThat(last.message().get("Contact")).contains("expires=600");
        }
    }

    @Test
    void aServerThatWantsEverMoreTimeIsNotHammered() {
        server.always("REGISTER", SipFault.intervalTooBrief(Duration.ofSeconds(7000)));
        try (SipClient sip = client()) {
            assertThatThrownBy(() -> sip.register(PHONE, RIGHT))
                    .isInstanceOf(SipRejectedException.class);
            assertThat(sip.registration(PHONE).status().state())
                    .isEqualTo(RegistrationState.REJECTED);
            pass(sip, Duration.ofHours(24));
            assertThat(registers()).isLessThanOrEqualTo(6);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 480, 500, 502, 503, 504})
    void whatPassesIsTriedAgainAtGrowingIntervals(int status) {
        server.always("REGISTER", SipFault.answer(status, "Not Now"));
        try (SipClient sip = client()) {
            assertThatThrownBy(() -> sip.register(PHONE, RIGHT)).isNotNull();
            Registration registration = sip.registration(PHONE);
            List<Duration> pauses = new ArrayList<>();
            for (int attempt = 1; attempt <= 12; attempt++) {
                pauses.add(passUntilNextAttempt(registration));
                int attempts = attempt + 1;
                await().until(() -> registers() == attempts && isWaiting(registration));
            }
            assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(pauses.get(11)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));

            server.heal();
            passUntilNextAttempt(registration);
            await().until(registration::isRegistered);
        }
    }

    private Duration passUntilNextAttempt(Registration registration) {
        Instant next = registration.status().nextAttempt().orElseThrow();
        Duration pause = Duration.between(time.now(), next);
        time.advance(pause);
        return pause;
    }

    private static boolean isWaiting(Registration registration) {
        return registration.status().state() == RegistrationState.WAITING;
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410, 604})
    void aRefusalForGoodIsTakenAsOne(int status) {
        server.next("REGISTER", SipFault.answer(status, "No"));
        try (SipClient sip = client()) {
            assertThatThrownBy(() -> sip.register(PHONE, RIGHT))
                    .isInstanceOf(SipRejectedException.class)
                    .hasMessageContaining(Integer.toString(status));
            pass(sip, Duration.ofHours(24));
            assertThat(registers()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLostIsSentAgain(Door door) throws Exception {
        server.next("REGISTER", SipFault.loseRequest(), SipFault.loseAnswer());
        try (SipClient sip = client()) {
            CompletableFuture<Registration> done =
                    CompletableFuture.supplyAsync(() -> register(sip, door, RIGHT));
            Clients.passUntilDone(time, done);
            assertThat(done.get().isRegistered()).isTrue();
            assertThat(server.requests("REGISTER"))
                    .extracting(SeenRequest::repeated)
                    .contains(true, false);
        }
    }

    @Test
    void doubledLateAndOvertakenAnswersAreTakenOnce() throws Exception {
        server.next(
                "REGISTER",
                SipFault.duplicate(),
                SipFault.delay(Duration.ofMillis(700)),
                SipFault.duplicate());
        try (SipClient sip = client();
                EventProbe<RegistrationChangedEvent> changes =
                        EventProbe.on(sip.events(), RegistrationChangedEvent.class)) {
            CompletableFuture<Registration> done = sip.registerAsync(PHONE, RIGHT);
            Clients.passUntilDone(time, done);
            assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERING);
            assertThat(changes.next().state()).isEqualTo(RegistrationState.REGISTERED);
            sip.ping();
            assertThat(server.devices(PHONE)).hasSize(1);
        }
    }

    @Test
    void silenceIsATimeOutAndTriedAgain() throws Exception {
        server.stall();
        try (SipClient sip = client()) {
            CompletableFuture<Registration> done = sip.registerAsync(PHONE, RIGHT);
            Clients.passUntilDone(time, done);
            assertThatThrownBy(done::join).hasCauseInstanceOf(PbxTimeoutException.class);
            Registration registration = sip.registration(PHONE);
            assertThat(registration.status().state()).isEqualTo(RegistrationState.WAITING);

            server.resume();
            time.advance(Duration.ofSeconds(3));
            await().until(registration::isRegistered);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UDP")
    void aLostConnectionIsToldAndMadeAgain(SipTransport transport) {
        try (FakeSip live = FakeSip.asterisk22();
                SipClient sip = Clients.builder(live, transport).build()) {
            Registration registration = sip.register(PHONE, RIGHT);
            try (EventProbe<RegistrationChangedEvent> changes =
                    EventProbe.on(sip.events(), RegistrationChangedEvent.class)) {
                live.cut();

                RegistrationChangedEvent lost = changes.next();
                assertThat(lost.state()).isEqualTo(RegistrationState.WAITING);
                assertThat(lost.now().failure()).isPresent();
                changes.next(change -> change.state() == RegistrationState.REGISTERED);
                assertThat(registration.isRegistered()).isTrue();
                live.awaitRegistrations(PHONE, 2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UDP")
    void aConnectionLostWhileRegisteringIsMadeAgain(SipTransport transport) {
        try (FakeSip live = FakeSip.asterisk22()) {
            live.next("REGISTER", SipFault.cutBefore(), SipFault.cutAfter());
            try (SipClient sip = Clients.builder(live, transport).build()) {
                sip.registerAsync(PHONE, RIGHT);
                live.awaitRegistered(PHONE);
                await().until(sip.registration(PHONE)::isRegistered);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS", "WS", "WSS"})
    void aServerThatWasAwayIsFoundAgain(SipTransport transport) {
        try (FakeSip live = FakeSip.asterisk22();
                SipClient sip = Clients.builder(live, transport).build()) {
            Registration registration = sip.register(PHONE, RIGHT);
            live.stopListening();
            await().until(() -> registration.light() != Light.GREEN);
            assertThat(registration.isRegistered()).isFalse();

            live.forgetRegistrations();
            live.listenAgain();
            await().until(registration::isRegistered);
            assertThat(live.devices(PHONE)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "WSS"})
    void aCertificateForAnotherHostIsRefused(SipTransport transport) {
        try (FakeSip live = FakeSip.asterisk22()) {
            live.wrongHost(true);
            try (SipClient sip = Clients.builder(live, transport).build()) {
                assertThatThrownBy(() -> sip.register(PHONE, RIGHT))
                        .isInstanceOf(PbxConnectionException.class)
                        .hasMessageContaining("elsewhere.test");
                assertThat(live.requests()).as("nothing was said to a stranger").isEmpty();
            }
        }
    }

    @Test
    void anotherDeviceIsLeftAloneUntilItIsTakenOver() {
        try (SipProbe device = SipProbe.udp(server.udp(), Clients.secret("1024"));
                SipClient sip = client()) {
            device.register(3600);
            String theirs = server.devices("1024").get(0).uri();
            assertThatThrownBy(() -> sip.register("1024", Clients.secret("1024")))
                    .isInstanceOf(OtherDeviceException.class);
            assertThat(server.devices("1024")).extracting("uri").containsExactly(theirs);

            sip.register("1024", Clients.secret("1024"), RegisterOptions.defaults().takeOver());
            assertThat(server.devices("1024")).extracting("uri").doesNotContain(theirs).hasSize(1);
        }
    }

    @Test
    void noRoomForAnotherDeviceIsARefusal() {
        try (SipProbe device = SipProbe.udp(server.udp(), Clients.secret("1026"));
                SipClient sip = client()) {
            device.register(3600);
            assertThatThrownBy(() -> sip.register("1026", Clients.secret("1026"), SHARED))
                    .isInstanceOf(SipRejectedException.class)
                    .hasMessageContaining("403");
            pass(sip, Duration.ofHours(24));
            assertThat(server.requests("REGISTER")).hasSizeLessThan(7);
        }
    }

    @Test
    void aHashProvesAsMuchAsThePasswordToItsRealm() throws Exception {
        // The one for MD5 passes by the offer of SHA-256 that comes first.
        for (String algorithm : List.of("MD5", "SHA-256")) {
            try (SipClient sip = client()) {
                Credentials hash = Credentials.of("1023", hash(algorithm, "asterisk"));
                sip.register("1023", hash, SHARED.hashedSecret("asterisk", algorithm));
                assertThat(sip.registration("1023").isRegistered()).isTrue();
            }
            assertThat(server.requests("REGISTER"))
                    .flatExtracting(one -> one.message().all("Authorization"))
                    .last()
                    .asString()
                    .contains("algorithm=" + algorithm);
        }
    }

    @Test
    void aHashForAnotherRealmIsShownToNobody() throws Exception {
        try (SipClient sip = client()) {
            Credentials hash = Credentials.of("1023", hash("MD5", "elsewhere"));
            RegisterOptions elsewhere = SHARED.hashedSecret("elsewhere", "MD5");
            assertThatThrownBy(() -> sip.register("1023", hash, elsewhere))
                    .isInstanceOf(PbxAuthenticationException.class);
            assertThat(server.requests("REGISTER"))
                    .singleElement()
                    .matches(one -> one.message().find("Authorization").isEmpty());
        }
    }

    @Test
    void whatIsNoHashIsRefusedAtOnce() {
        try (SipClient sip = client()) {
            RegisterOptions hashed = SHARED.hashedSecret("asterisk", "SHA-256");
            assertThatThrownBy(() -> sip.register("1023", Clients.secret("1023"), hashed))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("64 hexadecimal digits")
                    .hasMessageNotContaining("secret-1023");
            assertThatThrownBy(() -> SHARED.hashedSecret("asterisk", "ROT13"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String hash(String algorithm, String realm) throws Exception {
        byte[] bytes = ("1023:" + realm + ":secret-1023").getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    @Test
    void registersWithSha256WhereItIsOffered() {
        try (SipClient sip = client()) {
            sip.register("1023", Clients.secret("1023"));
            List<String> proofs =
                    server.requests("REGISTER").stream()
                            .flatMap(one -> one.message().all("Authorization").stream())
                            .toList();
            assertThat(proofs).isNotEmpty().allMatch(proof -> proof.contains("SHA-256"));
        }
    }

    /** It was shown no credentials, and what it wants may change. */
    @Test
    void aProxyThatLetsNoWebSocketThroughIsTriedAgain() throws Exception {
        try (FakeSip behind = FakeSip.asterisk22();
                SipClient sip = Clients.builder(behind, SipTransport.WS).build()) {
            int port = behind.ws().getPort();
            behind.stopListening();
            try (Doorkeeper keeper = new Doorkeeper(port)) {
                assertThatThrownBy(() -> sip.register(PHONE, RIGHT))
                        .isInstanceOf(PbxConnectionException.class)
                        .hasMessageContaining("127.0.0.1:" + port)
                        .hasMessageContaining("before SIP begins (401)");
                assertThat(sip.registration(PHONE).status().state())
                        .isEqualTo(RegistrationState.WAITING);
                assertThat(keeper.refusals()).isPositive();
            }
            behind.listenAgain();
            await().until(() -> sip.registration(PHONE).isRegistered());
        }
    }

    @Test
    void aProxyAndTheRegistrarBehindItMayBothAskWhoWeAre() {
        server.answer("REGISTER", request -> proxyAsks(request, "proxy"));
        try (SipClient sip = client()) {
            assertThat(sip.register(PHONE, RIGHT).isRegistered()).isTrue();
            List<SeenRequest> asked = server.requests("REGISTER");
            SipMessage last = asked.get(asked.size() - 1).message();
            assertThat(last.all("Proxy-Authorization")).hasSize(1);
            assertThat(last.all("Authorization")).hasSize(1);
            assertThat(asked).as("three for the question who is there, one more").hasSize(4);
        }
    }

    @Test
    void oneOfThemMayCallTheProofStale() {
        server.answer("REGISTER", request -> proxyAsks(request, "proxy"));
        server.next("REGISTER", SipFault.stale());
        try (SipClient sip = client()) {
            assertThat(sip.register(PHONE, RIGHT).isRegistered()).isTrue();
            assertThat(registers()).as("four for the question who is there").isEqualTo(5);
        }
    }

    @Test
    void aServerThatNamesAnotherRealmEachTimeIsNotHammered() {
        AtomicInteger realms = new AtomicInteger();
        server.answer(
                "REGISTER",
                request ->
                        proxyAsks(
                                request.without("Proxy-Authorization"),
                                "proxy" + realms.incrementAndGet()));
        try (SipClient sip = client()) {
            assertThatThrownBy(() -> sip.register(PHONE, RIGHT))
                    .isInstanceOf(PbxAuthenticationException.class);
            pass(sip, Duration.ofHours(24));
            assertThat(registers()).isEqualTo(4);
        }
    }

    private static Optional<SipMessage> proxyAsks(SipMessage request, String realm) {
        if (request.find("Proxy-Authorization").isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                SipMessage.answer(407, "Proxy Authentication Required")
                        .with(
                                "Proxy-Authenticate",
                                "Digest realm=\"" + realm + "\", nonce=\"1\", qop=\"auth\""));
    }

    @Test
    void aResetWhileTheEndIsOnItsWayComesAfterIt() throws Exception {
        try (SipClient sip = client()) {
            Registration registration = sip.register(PHONE, RIGHT);
            server.stall();
            CompletableFuture<Void> leaving = registration.unregisterAsync();
            await().until(() -> registration.status().state() == RegistrationState.UNREGISTERING);
            CompletableFuture<Registration> again = registration.resetAsync();
            server.resume();

            Clients.passUntilDone(time, again);
            assertThat(again).isCompletedWithValue(registration);
            assertThat(leaving).succeedsWithin(Duration.ofSeconds(10));
            assertThat(registration.isRegistered()).isTrue();
            assertThat(server.devices(PHONE)).hasSize(1);
        }
    }

    @Test
    void anEndThatIsWantedAfterAResetIsTheEnd() throws Exception {
        try (SipClient sip = client()) {
            Registration registration = sip.register(PHONE, RIGHT);
            server.next("REGISTER", SipFault.loseRequest());
            CompletableFuture<Void> leaving = registration.unregisterAsync();
            await().until(() -> registration.status().state() == RegistrationState.UNREGISTERING);
            CompletableFuture<Registration> again = registration.resetAsync();
            CompletableFuture<Void> last = registration.unregisterAsync();

            Clients.passUntilDone(time, last);
            Clients.passUntilDone(time, again);
            assertThat(again)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining(PHONE + " was unregistered meanwhile");
            assertThat(leaving).succeedsWithin(Duration.ofSeconds(10));
            assertThat(last).isCompleted();
            assertThat(registration.status().state()).isEqualTo(RegistrationState.IDLE);
            assertThat(sip.findRegistration(PHONE)).isEmpty();
            assertThat(server.devices(PHONE)).isEmpty();
        }
    }
}
