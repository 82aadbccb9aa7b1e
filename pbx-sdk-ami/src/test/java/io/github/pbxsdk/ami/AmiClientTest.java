package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.ami.action.CommandAction;
import io.github.pbxsdk.ami.action.CoreSettingsAction;
import io.github.pbxsdk.ami.action.CoreShowChannelsAction;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.HangupEvent;
import io.github.pbxsdk.ami.event.UserEvent;
import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.OperationRefusedException;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class AmiClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Played played;
    private final FakeAmi server;

    AmiClientTest(Played played) {
        this.played = played;
        this.server = played.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void logsInWithoutShowingTheSecret(Door door) {
        try (AmiClient client = TestClients.builder(server).build()) {
            door.connect(client);

            assertThat(client.status().state()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(server.actions().get(1).get("AuthType")).isEqualTo("MD5");
            assertThat(server.actions().toString()).doesNotContain("lab-secret");
        }
    }

    @Test
    void logsInWithTheSecretWhenToldSo() {
        try (AmiClient client = TestClients.builder(server).login(LoginMethod.PLAIN).build()) {
            client.connect();

            assertThat(server.actions().get(0).get("Secret")).isEqualTo("lab-secret");
        }
    }

    @Test
    void asksForEventsLast() {
        try (AmiClient client =
                TestClients.builder(server)
                        .eventMask(EnumSet.of(AmiEventClass.CALL, AmiEventClass.USER))
                        .addFilter(AmiEventFilter.excludeEvent("VarSet"))
                        .build()) {
            client.connect();

            assertThat(server.actions())
                    .extracting(action -> action.get("Action"))
                    .containsExactly(
                            "Challenge", "Login", "CoreSettings", "CoreStatus", "Filter", "Events");
            assertThat(server.actions().get(1).get("Events")).isEqualTo("off");
            assertThat(server.actions().get(4).get("Filter"))
                    .isEqualTo("!^Event: VarSet[[:cntrl:]]");
            assertThat(server.actions().get(5).get("EventMask")).isEqualTo("call,user");
        }
    }

    @Test
    void sendsTheActionIdSecond() {
        try (AmiClient client = TestClients.connect(server)) {
            client.send(PingAction.create());

            AmiMessage ping = server.awaitAction(action -> action.get("Action").equals("Ping"));
            assertThat(ping.lines().get(1).name()).isEqualTo("ActionID");
        }
    }

    @Test
    void knowsTheServer() {
        try (AmiClient client = TestClients.connect(server)) {
            assertThat(client.server().version().text()).isEqualTo(played.version);
            assertThat(client.server().greeting()).isEqualTo(played.greeting);
            assertThat(client.server().startedAt()).isPresent();
        }
    }

    @Test
    void connectsAUserWhoMayNextToNothing() {
        server.addUser("limited", "l", Set.of("user"), Set.of("user"));
        try (AmiClient client =
                TestClients.builder(server).credentials(Credentials.of("limited", "l")).build()) {
            client.connect();

            assertThat(client.server().version().isAtLeast(22, 0, 0)).isTrue();
            assertThat(client.server().startedAt()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedLoginIsFinal(Door door) {
        try (AmiClient client =
                TestClients.builder(server).credentials(Credentials.of("lab", "wrong")).build()) {
            assertThatThrownBy(() -> door.connect(client))
                    .isInstanceOf(PbxAuthenticationException.class)
                    .hasMessageContaining("refused the login of lab: Authentication failed");
            assertThat(client.status().state()).isEqualTo(ConnectionState.REFUSED);
            assertThatThrownBy(() -> door.send(client, PingAction.create()))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("Authentication failed");
        }
    }

    @Test
    void aLoginInUseIsTriedAgainAfterALoss() {
        try (AmiClient client = TestClients.connect(server)) {
            server.loginInUse(true);
            server.cut();
            awaitCount(2, "Login");
            server.loginInUse(false);
            server.awaitLogins(2);

            client.send(PingAction.create());
        }
    }

    private void awaitCount(int count, String name) {
        server.awaitAction(
                any ->
                        server.actions().stream()
                                        .filter(action -> action.get("Action").equals(name))
                                        .count()
                                >= count);
    }

    @Test
    void aLoginInUseIsNoMatterOfCredentials() {
        server.loginInUse(true);
        try (AmiClient client = TestClients.builder(server).build()) {
            assertThatThrownBy(client::connect)
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("Login Already In Use");
        }
    }

    @Test
    void aServerThatGoesDownIsComeBackTo() {
        try (AmiClient client = TestClients.connect(server)) {
            server.shutDown();
            awaitCount(2, "Challenge");
            server.startUp();
            server.awaitLogins(2);

            assertThat(client.send(PingAction.create())).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedActionSaysWhatAndWhy(Door door) {
        server.addUser("limited", "l", Set.of("user"), Set.of("user"));
        try (AmiClient client =
                TestClients.builder(server).credentials(Credentials.of("limited", "l")).build()) {
            client.connect();

            AmiRejectedException refusal =
                    catchThrowableOfType(
                            AmiRejectedException.class,
                            () -> door.send(client, CommandAction.of("core show version")));

            assertThat(refusal).hasMessageMatching("Command on .* refused: Permission denied");
            assertThat(refusal.kind()).isEqualTo(AmiRejectedException.Kind.PERMISSION_DENIED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeSentIsRefusedBeforeAByteLeaves(Door door) {
        try (AmiClient client = TestClients.connect(server)) {
            int before = server.actions().size();

            assertThatThrownBy(
                            () ->
                                    door.send(
                                            client,
                                            AmiAction.raw(
                                                    "Setvar", "Value", "x\r\nAction: Command")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line breaks");
            assertThatThrownBy(() -> door.send(client, AmiAction.raw("Ping", "ActionID", "mine")))
                    .isInstanceOf(IllegalArgumentException.class);

            client.send(PingAction.create());
            assertThat(server.actions()).hasSize(before + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGuardIsAskedFirst(Door door) {
        try (AmiClient client =
                TestClients.builder(server).guard(OperationGuard.readOnly()).build()) {
            client.connect();

            assertThat(door.send(client, CoreSettingsAction.create()).asteriskVersion())
                    .isEqualTo(played.version);
            assertThatThrownBy(() -> door.send(client, AmiAction.raw("Setvar", "a", "\n")))
                    .isInstanceOf(OperationRefusedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noAnswerInTimeLeavesTheOutcomeOpen(Door door) {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        Duration deadline = Duration.ofMillis(200);
        try (PbxResources resources = PbxResources.builder().time(time).build();
                AmiClient client = TestClients.builder(server).resources(resources).build()) {
            client.connect();
            server.stall();
            AmiClient hasty = client.with(CallOptions.deadline(deadline));

            CompletableFuture<AmiResponse> sent =
                    CompletableFuture.supplyAsync(
                            () -> door.send(hasty, AmiAction.raw("Setvar", "Variable", "A")));
            server.awaitAction(action -> action.get("Action").equals("Setvar"));
            time.advance(deadline);

            assertThatThrownBy(() -> sent.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxTimeoutException.class,
                            failure -> assertThat(failure.mayHaveBeenSent()).isTrue());
        }
    }

    @Test
    void aLostConnectionLeavesAChangeOpenAndRepeatsARead() {
        try (AmiClient client = TestClients.connect(server)) {
            server.stall();
            CompletableFuture<?> change =
                    client.sendAsync(AmiAction.raw("Setvar", "Variable", "A"));
            CompletableFuture<?> read = client.sendAsync(CoreSettingsAction.create());
            server.awaitAction(action -> action.get("Action").equals("Setvar"));
            server.cut();
            server.resume();

            assertThat(read).succeedsWithin(Duration.ofSeconds(5));
            assertThatThrownBy(change::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            PbxConnectionException.class,
                            failure -> assertThat(failure.mayHaveBeenSent()).isTrue())
                    .hasMessageContaining("outcome is unknown");
        }
    }

    @Test
    void anActionWaitsForTheConnectionToComeBack() {
        try (AmiClient client = TestClients.connect(server)) {
            server.stopListening();
            awaitState(client, ConnectionState.RECONNECTING);
            CompletableFuture<?> answer = client.sendAsync(AmiAction.raw("Ping"));
            server.listenAgain();

            assertThat(answer).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    private static void awaitState(AmiClient client, ConnectionState state) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (client.status().state() != state) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + client.status());
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void callingBeforeConnectingSaysWhatToDo() {
        try (AmiClient client = TestClients.builder(server).build()) {
            assertThatThrownBy(() -> client.send(PingAction.create()))
                    .isInstanceOf(PbxConnectionException.class)
                    .hasMessageContaining("call connect() first");
        }
    }

    @Test
    void eventsArriveInOrderAndTyped() {
        try (AmiClient client = TestClients.connect(server)) {
            EventProbe<AmiEvent> events = EventProbe.on(client.events(), AmiEvent.class);

            for (int i = 0; i < 100; i++) {
                server.emit("Event", "Hangup", "Privilege", "call,all", "Cause", "" + i);
            }

            for (int i = 0; i < 100; i++) {
                assertThat(events.next())
                        .isInstanceOfSatisfying(
                                HangupEvent.class, event -> assertThat(event.cause()).isNotNull())
                        .extracting(event -> event.fields().get("Cause"))
                        .isEqualTo("" + i);
            }
        }
    }

    @Test
    void aLineFeedIsEnoughAtTheEndOfALine() {
        try (AmiClient client = TestClients.connect(server)) {
            server.endLinesWithLineFeed();

            assertThat(client.send(PingAction.create()).serverTime()).isPresent();
        }
    }

    @Test
    void halfAMessageIsNoEvent() {
        try (AmiClient client = TestClients.connect(server)) {
            EventProbe<AmiEvent> events = EventProbe.on(client.events(), AmiEvent.class);
            server.sendHalf(
                    AmiMessage.of("Event", "Hangup", "Privilege", "call,all", "Cause", "16"));
            server.awaitLogins(2);
            client.send(PingAction.create());
            server.emit("Event", "UserEvent", "Privilege", "user,all", "UserEvent", "x");

            assertThat(events.next()).isInstanceOf(UserEvent.class);
        }
    }

    @Test
    void aDeadPeerIsFoundOutByAPing() {
        try (AmiClient client =
                TestClients.builder(server)
                        .pingInterval(Duration.ofMillis(100))
                        .pingTimeout(Duration.ofMillis(200))
                        .build()) {
            EventProbe<ConnectionEvent> changes =
                    EventProbe.on(client.events(), ConnectionEvent.class);
            client.connect();
            server.stall();

            changes.next(change -> change.now().reason().contains("not even a ping"));

            server.resume();
            server.awaitLogins(2);
            client.send(PingAction.create());
        }
    }

    @Test
    void anIdleConnectionLivesOnPings() {
        try (AmiClient client =
                TestClients.builder(server)
                        .pingInterval(Duration.ofMillis(50))
                        .pingTimeout(Duration.ofSeconds(2))
                        .build()) {
            client.connect();

            awaitCount(2, "Ping");

            assertThat(server.logins()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBlockingCallInAListenerWorksOnASingleThreadAndOnOurs(boolean users)
            throws InterruptedException {
        ExecutorService single = Executors.newSingleThreadExecutor();
        PbxResources.Builder builder = PbxResources.builder();
        try (PbxResources resources = (users ? builder.executor(single) : builder).build();
                AmiClient client = TestClients.builder(server).resources(resources).build()) {
            server.answer(
                    "CoreShowChannels",
                    AmiMessage.of("Response", "Success", "EventList", "start"),
                    AmiMessage.of("Event", "CoreShowChannel", "Channel", "PJSIP/1"),
                    AmiMessage.of("Event", "CoreShowChannelsComplete", "EventList", "Complete"));
            client.connect();
            CountDownLatch done = new CountDownLatch(1);
            client.events()
                    .subscribe(
                            HangupEvent.class,
                            event -> {
                                client.send(PingAction.create());
                                client.list(CoreShowChannelsAction.create(), item -> {});
                                done.countDown();
                            });

            server.emit("Event", "Hangup", "Privilege", "call,all");

            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            single.shutdown();
        }
    }

    @Test
    void closingFailsWhatIsPendingAndEndsTheThreads() {
        AmiClient client = TestClients.connect(server);
        server.stall();
        CompletableFuture<?> pending = client.sendAsync(AmiAction.raw("Setvar", "Variable", "A"));

        client.close();
        client.close();

        assertThatThrownBy(pending::join).hasCauseInstanceOf(PbxConnectionException.class);
        assertThat(client.status().state()).isEqualTo(ConnectionState.CLOSED);
        assertThatThrownBy(client::connect).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("127.0.0.1:" + server.port()));
    }

    @Test
    void eachFailureToConnectIsOneClearSentence() throws IOException {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = socket.getLocalPort();
        }
        assertThatThrownBy(() -> connectTo(freePort, PATIENCE))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessageContaining("nothing listens on 127.0.0.1:" + freePort);
    }

    @Test
    void aBannerOfAnotherProtocolIsQuoted() throws IOException {
        try (ServerSocket ssh = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> greet(ssh, "SSH-2.0-OpenSSH_9.2\r\n"));

            assertThatThrownBy(() -> connectTo(ssh.getLocalPort(), PATIENCE))
                    .isInstanceOf(PbxProtocolException.class)
                    .hasMessageContaining("does not speak AMI, it says \"SSH-2.0-OpenSSH_9.2\"");
        }
    }

    @Test
    void aSilentPortIsNamed() {
        server.stall();

        assertThatThrownBy(() -> connectTo(server.port(), Duration.ofMillis(300)))
                .isInstanceOf(PbxConnectionException.class)
                .hasMessageContaining("did not send a greeting within 300 ms")
                .hasMessageContaining("TLS")
                .hasCauseInstanceOf(PbxTimeoutException.class);
    }

    private static void greet(ServerSocket listener, String banner) {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream().write(banner.getBytes(StandardCharsets.US_ASCII));
            while (socket.getInputStream().read() >= 0) {
                // Until the client hangs up.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void connectTo(int port, Duration connectTimeout) {
        try (AmiClient client =
                AmiClient.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .credentials(Credentials.of("lab", "lab-secret"))
                        .connectTimeout(connectTimeout)
                        .build()) {
            client.connect();
        }
    }

    @Test
    void aMissingOrContradictorySettingIsNamed() {
        AmiClient.Builder noHost = AmiClient.builder().credentials(Credentials.of("a", "b"));
        assertThatThrownBy(noHost::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("set host(...) before build()");
        assertThatThrownBy(AmiClient.builder().host("pbx.example.com")::build)
                .hasMessage("set credentials(...) before build()");
        AmiClient.Builder plain =
                AmiClient.builder()
                        .host("pbx.example.com")
                        .credentials(Credentials.of("a", "b"))
                        .login(LoginMethod.PLAIN);
        assertThatThrownBy(plain::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("allowPlaintext()");
        plain.tls(TlsOptions.system()).build().close();
        plain.hosts(List.of(new HostAndPort("a.example.com", 5038)));
        assertThatThrownBy(plain::build).hasMessageContaining("either host(...) or hosts(...)");
    }
}
