package io.github.pbxsdk.asteriskjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.ResponseEvents;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.QueueStatusAction;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.QueueParamsEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logins, losses and log-offs at moments that nobody chooses. */
class ConnectionLifeTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** A wait that a test never waits out. */
    private static final long LONG = 600_000;

    private final FakeAmi server = FakeAmi.asterisk22();
    private final PbxManagerConnection connection =
            new PbxManagerConnection(server.host(), server.port(), "lab", "lab-secret");

    @AfterEach
    void close() {
        server.resume();
        if (connection.getState() == ManagerConnectionState.CONNECTED
                || connection.getState() == ManagerConnectionState.RECONNECTING) {
            connection.logoff();
        }
        server.close();
    }

    /** Runs a task on a thread of its own, which a test may interrupt. */
    private static <T> FutureTask<T> start(Callable<T> task) {
        FutureTask<T> running = new FutureTask<>(task);
        new Thread(running, "a user").start();
        return running;
    }

    private static Exception failureOf(Callable<?> task) {
        try {
            task.call();
            throw new AssertionError("it did not fail");
        } catch (Exception e) {
            return e;
        }
    }

    private Void login() throws Exception {
        connection.login();
        return null;
    }

    private void assertUsable() throws Exception {
        assertThat(connection.sendAction(new PingAction(), 10_000).getResponse())
                .isEqualTo("Success");
    }

    @Test
    void aLoginThatHangsIsATimeoutAndCanBeTriedAgain() throws Exception {
        Seen seen = Seen.by(connection);
        server.stall();
        connection.setSocketTimeout(300);

        assertThatThrownBy(connection::login).isInstanceOf(TimeoutException.class);

        assertThat(connection.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
        assertThatThrownBy(connection::logoff).isInstanceOf(IllegalStateException.class);
        server.resume();
        connection.setSocketTimeout(0);
        connection.login();
        assertUsable();
        assertThat(seen.all(ConnectEvent.class)).hasSize(1);
    }

    @Test
    void aLoginThatHangsCanBeInterrupted() throws Exception {
        server.stall();
        CompletableFuture<Thread> user = new CompletableFuture<>();
        FutureTask<Exception> login =
                start(
                        () -> {
                            user.complete(Thread.currentThread());
                            return failureOf(this::login);
                        });
        await().atMost(LIMIT)
                .until(() -> connection.getState() == ManagerConnectionState.CONNECTING);

        user.get().interrupt();

        assertThat(login.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
        assertThat(connection.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
    }

    @Test
    void whileOneThreadLogsInAnotherIsRefused() throws Exception {
        server.stall();
        FutureTask<Void> first = start(this::login);
        await().atMost(LIMIT)
                .until(() -> connection.getState() == ManagerConnectionState.CONNECTING);

        assertThatThrownBy(connection::login)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CONNECTING");

        server.resume();
        first.get(20, TimeUnit.SECONDS);
        assertUsable();
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void ofManyLoginsAtOnceOneConnects() throws Exception {
        Seen seen = Seen.by(connection);
        CyclicBarrier together = new CyclicBarrier(8);
        List<FutureTask<Boolean>> users = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            users.add(
                    start(
                            () -> {
                                together.await();
                                return loggedIn();
                            }));
        }

        int loggedIn = 0;
        for (FutureTask<Boolean> user : users) {
            loggedIn += user.get(20, TimeUnit.SECONDS) ? 1 : 0;
        }

        assertThat(loggedIn).isEqualTo(1);
        assertUsable();
        assertThat(server.logins()).isEqualTo(1);
        assertThat(seen.all(ConnectEvent.class)).hasSize(1);
    }

    private boolean loggedIn() throws Exception {
        try {
            connection.login();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Test
    void aLoginThatCannotBeginLeavesNothingBehind() throws Exception {
        connection.login();
        connection.logoff();
        connection.setPassword(null);
        assertThatThrownBy(connection::login)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("password");

        connection.setPassword("lab-secret");
        connection.login();

        assertUsable();
    }

    @Test
    void aClosedClientCannotLogInAndSaysSoEachTime() {
        AmiClient client = client();
        PbxManagerConnection on = PbxManagerConnection.on(client);
        client.close();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(on::login).hasMessageContaining("closed");
            assertThat(on.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
        }
    }

    private AmiClient client() {
        return AmiClient.builder()
                .host(server.host())
                .port(server.port())
                .credentials(Credentials.of("lab", "lab-secret"))
                .build();
    }

    /** Answers with the beginning of a list. */
    private void beginLists() {
        server.answer(
                "QueueStatus",
                AmiMessage.of("Response", "Success", "EventList", "start"),
                AmiMessage.of("Event", "QueueParams", "Queue", "500"));
    }

    private static FutureTask<Exception> waitingForAList(ManagerConnection connection) {
        return start(
                () ->
                        failureOf(
                                () ->
                                        connection.sendEventGeneratingAction(
                                                new QueueStatusAction(), LONG)));
    }

    private static void assertUnknownOutcome(Exception failure, String reason) {
        assertThat(failure)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason)
                .cause()
                .isInstanceOfSatisfying(
                        PbxConnectionException.class,
                        cause -> assertThat(cause.mayHaveBeenSent()).isTrue());
    }

    @Test
    void aLogoffInTheMiddleOfAListEndsTheWait() throws Exception {
        beginLists();
        Seen seen = Seen.by(connection);
        connection.login();
        CompletableFuture<ResponseEvents> called = new CompletableFuture<>();
        connection.sendEventGeneratingAction(new QueueStatusAction(), called::complete);
        FutureTask<Exception> waiting = waitingForAList(connection);
        seen.awaitAll(QueueParamsEvent.class, 2);

        connection.logoff();

        assertUnknownOutcome(waiting.get(20, TimeUnit.SECONDS), "logged off");
        PbxResponseEvents soFar = (PbxResponseEvents) called.get(20, TimeUnit.SECONDS);
        assertThat(soFar.isComplete()).isFalse();
        assertThat(soFar.getEvents()).hasSize(1);
        connection.login();
        assertUsable();
    }

    @Test
    void aLogoffEndsTheWaitOnAClientThatStaysConnected() throws Exception {
        beginLists();
        try (AmiClient client = client()) {
            PbxManagerConnection on = PbxManagerConnection.on(client);
            Seen seen = Seen.by(on);
            on.login();
            FutureTask<Exception> waiting = waitingForAList(on);
            seen.first(QueueParamsEvent.class);

            on.logoff();

            assertUnknownOutcome(waiting.get(20, TimeUnit.SECONDS), "logged off");
            assertThat(client.status().state()).isEqualTo(ConnectionState.CONNECTED);
        }
    }

    @Test
    @SuppressWarnings("try") // It ends in the middle: that is the test.
    void aClientThatIsClosedInTheMiddleOfAListEndsTheWait() throws Exception {
        beginLists();
        try (AmiClient client = client()) {
            PbxManagerConnection on = PbxManagerConnection.on(client);
            Seen seen = Seen.by(on);
            on.login();
            FutureTask<Exception> waiting = waitingForAList(on);
            seen.first(QueueParamsEvent.class);

            client.close();

            assertThat(waiting.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            assertThat(on.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
        }
    }

    @Test
    void aServerThatDiesInTheMiddleOfAListIsToldAndComesBack() throws Exception {
        beginLists();
        Seen seen = Seen.by(connection);
        connection.login();
        FutureTask<Exception> waiting = waitingForAList(connection);
        seen.first(QueueParamsEvent.class);

        server.stopListening();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        seen.first(DisconnectEvent.class);
        assertThat(connection.getState()).isEqualTo(ManagerConnectionState.RECONNECTING);
        server.listenAgain();
        seen.awaitAll(ConnectEvent.class, 2);
        assertUsable();
        assertThat(seen.first(MissedEventsEvent.class).gap()).isNotNull();
    }

    @Test
    void aLogoffWhileTheServerIsAwayEndsTheAttempts() throws Exception {
        Seen seen = Seen.by(connection);
        connection.login();
        server.stopListening();
        seen.first(DisconnectEvent.class);

        connection.logoff();

        assertThat(connection.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
        assertThatThrownBy(connection::logoff).isInstanceOf(IllegalStateException.class);
        await().atMost(LIMIT).until(ConnectionLifeTest::ourThreads, List::isEmpty);
        server.listenAgain();
        connection.login();
        assertUsable();
        assertThat(server.logins()).isEqualTo(2);
    }

    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pbx-sdk-"))
                .toList();
    }

    @Test
    void aCallWhoseEndNobodyWillTellFailsWithItsConnection() throws Exception {
        server.answer("Originate", AmiMessage.of("Response", "Success"));
        connection.login();
        OriginateAction call = new OriginateAction();
        call.setChannel("PJSIP/100");
        call.setAsync(true);
        FutureTask<Exception> waiting =
                start(() -> failureOf(() -> connection.sendEventGeneratingAction(call, LONG)));
        server.awaitAction(action -> action.get("Action").equals("Originate"));
        // Answers come in their order: that of the originate has come when this one has.
        assertUsable();

        server.cut();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
}
