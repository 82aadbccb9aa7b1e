package io.github.pbxsdk.asteriskjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiEventClass;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.event.EventQueueOptions;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.ResponseEvents;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.CommandAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.QueueStatusAction;
import org.asteriskjava.manager.action.SetVarAction;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.StatusEvent;
import org.asteriskjava.manager.response.CommandResponse;
import org.asteriskjava.manager.response.ManagerResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What our connection does that the one of asterisk-java does not. */
class PbxManagerConnectionTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AmiMessage SUCCESS = AmiMessage.of("Response", "Success");

    private final FakeAmi server = FakeAmi.asterisk22();
    private final PbxManagerConnection connection =
            new PbxManagerConnection(server.host(), server.port(), "lab", "lab-secret");

    @AfterEach
    void close() {
        if (connection.getState() == ManagerConnectionState.CONNECTED
                || connection.getState() == ManagerConnectionState.RECONNECTING) {
            connection.logoff();
        }
        server.close();
    }

    private AmiClient.Builder client() {
        return AmiClient.builder()
                .host(server.host())
                .port(server.port())
                .credentials(Credentials.of("lab", "lab-secret"))
                .reconnect(ReconnectOptions.defaults().firstDelay(Duration.ofMillis(20)));
    }

    private static ManagerResponse ping(ManagerConnection connection) throws Exception {
        return connection.sendAction(new org.asteriskjava.manager.action.PingAction(), 10_000);
    }

    @Test
    void unknownEventsCarryTheirLines() throws Exception {
        Seen seen = Seen.by(connection);
        connection.login();

        server.emit("Event", "Novelty", "Privilege", "call,all", "Channel", "PJSIP/1", "New", "x");
        server.emit(
                "Event", "UserEvent", "Privilege", "user,all", "UserEvent", "Any", "Channel", "c");

        OtherManagerEvent novelty = seen.first(OtherManagerEvent.class);
        assertThat(novelty.name()).isEqualTo("Novelty");
        assertThat(novelty.fields().get("New")).isEqualTo("x");
        assertThat(novelty.getPrivilege()).isEqualTo("call,all");
        assertThat(novelty.getDateReceived()).isNotNull();
        assertThat(novelty.toString()).contains("Novelty").doesNotContain("PJSIP/1");
        OtherUserEvent any = seen.first(OtherUserEvent.class);
        assertThat(any.getChannel()).isEqualTo("c");
        assertThat(any.fields().get("UserEvent")).isEqualTo("Any");
    }

    @Test
    void unknownItemsAreInTheAnswer() throws Exception {
        server.answer(
                "QueueStatus",
                SUCCESS.with("EventList", "start"),
                AmiMessage.of("Event", "QueueNovelty", "Queue", "500"),
                AmiMessage.of("Event", "QueueStatusComplete", "EventList", "Complete"));
        connection.login();

        PbxResponseEvents answer = connection.sendEventGeneratingAction(new QueueStatusAction());

        assertThat(answer.isComplete()).isTrue();
        assertThat(answer.getEvents()).hasSize(2);
        assertThat(answer.getEvents())
                .first()
                .isInstanceOfSatisfying(
                        OtherResponseEvent.class,
                        item -> assertThat(item.fields().get("Queue")).isEqualTo("500"));
        assertThat(answer.fields().get(0).get("Queue")).isEqualTo("500");
    }

    @Test
    void linesWithoutAPropertyAreReachable() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        connection.addEventListener(
                (FieldsListener)
                        (event, fields) -> {
                            if (event instanceof HangupEvent) {
                                lines.add(fields.text("TechCause"));
                            }
                        });
        connection.login();

        server.emit("Event", "Hangup", "Privilege", "call,all", "TechCause", "SIP 486");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(lines).containsExactly("SIP 486"));
    }

    @Test
    void aNumberThatIsNoneCostsNothingElse() throws Exception {
        Seen seen = Seen.by(connection);
        connection.login();

        server.emit(
                "Event", "Hangup", "Privilege", "call,all", "Cause", "many", "Channel", "PJSIP/1");
        server.emit(
                "Event",
                "Hangup",
                "Privilege",
                "call,all",
                "Cause",
                "16",
                "Cause",
                "17",
                "Channel",
                "PJSIP/2");

        List<HangupEvent> hangups = seen.awaitAll(HangupEvent.class, 2);
        assertThat(hangups.get(0).getCause()).isNull();
        assertThat(hangups.get(0).getChannel()).isEqualTo("PJSIP/1");
        assertThat(hangups.get(1).getCause()).as("the first of several").isEqualTo(16);
    }

    @Test
    void answersDoNotWaitForSlowListeners() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        connection.login();
        connection.addEventListener(
                event -> {
                    if (event instanceof HangupEvent) {
                        heard.incrementAndGet();
                        awaitQuietly(slow);
                    }
                });
        for (int i = 0; i < 25_000; i++) {
            server.emit("Event", "Hangup", "Privilege", "call,all", "Channel", "PJSIP/" + i);
        }

        assertThat(ping(connection).getResponse()).isEqualTo("Success");

        await().atMost(LIMIT).untilAtomic(heard, org.hamcrest.Matchers.is(1));
        slow.countDown();
        await().atMost(LIMIT).untilAtomic(heard, org.hamcrest.Matchers.is(25_000));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatFindsNoRoomIsTold() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        EventQueueOptions small = EventQueueOptions.defaults().maxBytes(64 * 1024);
        try (AmiClient client = client().eventQueue(small).build()) {
            PbxManagerConnection on = PbxManagerConnection.on(client);
            on.login();
            AtomicInteger heard = new AtomicInteger();
            on.addEventListener(
                    event -> {
                        if (event instanceof HangupEvent) {
                            heard.incrementAndGet();
                            awaitQuietly(slow);
                        }
                    });
            Seen seen = Seen.by(on);
            for (int i = 0; i < 5_000; i++) {
                server.emit("Event", "Hangup", "Privilege", "call,all", "Channel", "PJSIP/" + i);
            }
            assertThat(ping(on).getResponse()).isEqualTo("Success");
            slow.countDown();

            MissedEventsEvent missed = seen.first(MissedEventsEvent.class);
            assertThat(missed.gap().cause()).isEqualTo(GapEvent.Cause.QUEUE);
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> {
                                long lost =
                                        seen.all(MissedEventsEvent.class).stream()
                                                .mapToLong(e -> e.gap().lost().orElseThrow())
                                                .sum();
                                assertThat(lost + heard.get()).isEqualTo(5_000);
                            });
        }
    }

    @Test
    void aListenerMayAskAndMayLogOff() throws Exception {
        CompletableFuture<String> answered = new CompletableFuture<>();
        connection.login();
        connection.addEventListener(
                event -> {
                    if (event instanceof HangupEvent) {
                        try {
                            answered.complete(ping(connection).getResponse());
                            connection.logoff();
                        } catch (Exception e) {
                            answered.completeExceptionally(e);
                        }
                    }
                });

        server.emit("Event", "Hangup", "Privilege", "call,all");

        assertThat(answered.get(20, TimeUnit.SECONDS)).isEqualTo("Success");
        await().atMost(LIMIT)
                .until(() -> connection.getState() == ManagerConnectionState.DISCONNECTED);
    }

    @Test
    void aLineBreakIsNeverSent() throws Exception {
        connection.login();
        OriginateAction action = new OriginateAction();
        action.setChannel("PJSIP/100");
        action.setCallerId("Eve\r\nCommand: core stop now");

        assertThatThrownBy(() -> connection.sendAction(action))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("callerid");
        SetVarAction named = new SetVarAction("A", "1");
        named.setActionId("x\r\nAction: Logoff");
        assertThatThrownBy(() -> connection.sendAction(named))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(server.actions()).noneMatch(sent -> sent.get("Action").equals("Originate"));
        assertThat(ping(connection).getResponse()).isEqualTo("Success");
    }

    @Test
    void aLostConnectionFailsWhatIsUnderWay() throws Exception {
        connection.login();
        server.answer("Command", action -> List.of());
        CompletableFuture<Object> waiting =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return connection.sendAction(new CommandAction("x"), 20_000);
                            } catch (IOException | TimeoutException e) {
                                return e;
                            }
                        });
        server.awaitAction(action -> action.get("Action").equals("Command"));

        server.cut();

        assertThat(waiting.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        IOException.class,
                        e ->
                                assertThat(e.getCause())
                                        .isInstanceOfSatisfying(
                                                PbxConnectionException.class,
                                                cause ->
                                                        assertThat(cause.mayHaveBeenSent())
                                                                .isTrue()));
    }

    @Test
    void aLostConnectionEndsCallbacks() throws Exception {
        Seen seen = Seen.by(connection);
        connection.login();
        server.answer("Command", action -> List.of());
        server.answer("QueueStatus", SUCCESS.with("EventList", "start"));
        CompletableFuture<Boolean> single = new CompletableFuture<>();
        CompletableFuture<ResponseEvents> list = new CompletableFuture<>();
        connection.sendAction(
                new CommandAction("x"), response -> single.complete(response == null));
        connection.sendEventGeneratingAction(new QueueStatusAction(), list::complete);
        server.awaitAction(action -> action.get("Action").equals("QueueStatus"));

        server.cut();

        assertThat(single.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(((PbxResponseEvents) list.get(20, TimeUnit.SECONDS)).isComplete()).isFalse();
        assertThat(seen.first(MissedEventsEvent.class).gap().cause())
                .isEqualTo(GapEvent.Cause.CONNECTION);
    }

    @Test
    void anInterruptedWaitThrows() throws Exception {
        connection.login();
        server.answer("Command", action -> List.of());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> connection.sendAction(new CommandAction("x")))
                .isInstanceOf(InterruptedIOException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatHasNotLeftAtATimeoutIsKeptBack() throws Exception {
        connection.login();
        server.stopListening();
        await().atMost(LIMIT)
                .until(() -> connection.getState() == ManagerConnectionState.RECONNECTING);

        assertThatThrownBy(() -> connection.sendAction(new SetVarAction("A", "1")))
                .isInstanceOf(IllegalStateException.class);

        server.listenAgain();
        await().atMost(LIMIT)
                .until(() -> connection.getState() == ManagerConnectionState.CONNECTED);
        ping(connection);
        assertThat(server.actions()).noneMatch(action -> action.get("Action").equals("Setvar"));
    }

    @Test
    void refusedCredentialsEndAReconnect() throws Exception {
        Seen seen = Seen.by(connection);
        connection.login();
        server.addUser("lab", "another", java.util.Set.of("all"), java.util.Set.of("all"));

        server.cut();

        await().atMost(LIMIT)
                .until(() -> connection.getState() == ManagerConnectionState.DISCONNECTED);
        assertThat(seen.awaitAll(DisconnectEvent.class, 1)).hasSize(1);
        connection.setPassword("another");
        connection.login();
        assertThat(seen.awaitAll(ConnectEvent.class, 2)).hasSize(2);
    }

    @Test
    void aGivenClientIsLeftToItsOwner() throws Exception {
        try (AmiClient client = client().build()) {
            PbxManagerConnection on = PbxManagerConnection.on(client);
            Seen seen = Seen.by(on);
            on.login();
            assertThat(on.getHostname()).isEqualTo(server.host());
            assertThat(on.getPort()).isEqualTo(server.port());

            on.logoff();

            assertThat(client.status().state()).isEqualTo(ConnectionState.CONNECTED);
            assertThat(client.send(PingAction.create()).serverTime()).isPresent();
            on.login();
            assertThat(ping(on).getResponse()).isEqualTo("Success");
            assertThat(seen.all(ConnectEvent.class)).hasSize(2);
            assertThat(seen.all(DisconnectEvent.class)).isEmpty();
        }
    }

    @Test
    void aClosedClientIsADisconnect() throws Exception {
        AmiClient client = client().build();
        PbxManagerConnection on = PbxManagerConnection.on(client);
        Seen seen = Seen.by(on);
        on.login();

        client.close();

        assertThat(on.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
        assertThatThrownBy(() -> ping(on)).isInstanceOf(IllegalStateException.class);
        assertThat(seen.all(ConnectEvent.class)).hasSize(1);
    }

    @Test
    void theItemsOfALateListStillReachListeners() throws Exception {
        server.answer(
                "Status",
                SUCCESS.with("EventList", "start"),
                AmiMessage.of("Event", "Status", "Privilege", "Call", "Channel", "PJSIP/1"),
                AmiMessage.of("Event", "StatusComplete", "EventList", "Complete"));
        Seen seen = Seen.by(connection);
        connection.login();
        server.stall();
        // On a busy machine a fifth of a second may be over before anything has left.
        await().atMost(LIMIT)
                .until(
                        () -> {
                            assertThatThrownBy(() -> askForChannels(200))
                                    .isInstanceOf(TimeoutException.class);
                            return server.actions().stream()
                                    .anyMatch(action -> action.get("Action").equals("Status"));
                        });

        server.resume();

        assertThat(seen.first(StatusEvent.class).getChannel()).isEqualTo("PJSIP/1");
    }

    private void askForChannels(long timeout) throws Exception {
        connection.sendAction(new org.asteriskjava.manager.action.StatusAction(), timeout);
    }

    @Test
    void aMaskIsCheckedAndSent() throws Exception {
        assertThatThrownBy(() -> connection.login("call,cal"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"cal\"");

        connection.login("call, agent");

        assertThat(server.awaitAction(action -> action.get("Action").equals("Events")))
                .extracting(action -> action.get("EventMask"))
                .isEqualTo("call,agent");
        try (AmiClient client = client().eventMask(EnumSet.of(AmiEventClass.CALL)).build()) {
            PbxManagerConnection on = PbxManagerConnection.on(client);
            assertThatThrownBy(() -> on.login("on")).isInstanceOf(IllegalStateException.class);
            on.login("call");
            assertThat(on.getState()).isEqualTo(ManagerConnectionState.CONNECTED);
        }
    }

    @Test
    void theFactoryMakesThemWhereALegacyOneIsAskedFor() throws Exception {
        org.asteriskjava.manager.ManagerConnectionFactory factory =
                new PbxManagerConnectionFactory(server.host(), server.port(), "lab", "lab-secret");

        ManagerConnection plain = factory.createManagerConnection();
        plain.login();
        assertThat(ping(plain).getResponse()).isEqualTo("Success");
        plain.logoff();

        assertThat(factory.createSecureManagerConnection().isSsl()).isTrue();
        assertThat(new PbxManagerConnectionFactory("pbx", "u", "p").createManagerConnection())
                .isInstanceOf(PbxManagerConnection.class)
                .extracting(ManagerConnection::getPort)
                .isEqualTo(5038);
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> connection.setEncoding(StandardCharsets.ISO_8859_1))
                .isInstanceOf(IllegalArgumentException.class);
        connection.setEncoding(StandardCharsets.UTF_8);
        assertThat(connection.getEncoding()).isEqualTo(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new PbxManagerConnection().login())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("user");
    }

    @Test
    void oldServersMayEndCommandsTheirWay() throws Exception {
        server.answer(
                "Command",
                AmiMessage.of("Response", "Follows", "Privilege", "Command")
                        .with("", "one")
                        .with("", "--END COMMAND--"));
        connection.login();

        CommandResponse answer =
                (CommandResponse) connection.sendAction(new CommandAction("core show version"));

        assertThat(answer.getResult()).isNotNull();
    }

    @Test
    void aThousandThreadsGetTheirOwnAnswers() throws Exception {
        server.answer(
                "Getvar",
                action ->
                        List.of(
                                SUCCESS.with("Variable", action.get("Variable"))
                                        .with("Value", "of " + action.get("Variable"))));
        connection.login();
        List<CompletableFuture<Boolean>> all = new java.util.ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String name = "V" + i;
            all.add(
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    ManagerResponse answer =
                                            connection.sendAction(
                                                    new org.asteriskjava.manager.action
                                                            .GetVarAction(name),
                                                    20_000);
                                    return answer.getAttribute("value").equals("of " + name);
                                } catch (IOException | TimeoutException e) {
                                    return false;
                                }
                            }));
        }
        assertThat(all).allMatch(CompletableFuture::join);
    }
}
