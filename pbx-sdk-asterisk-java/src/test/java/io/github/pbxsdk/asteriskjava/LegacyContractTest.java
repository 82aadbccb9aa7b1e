package io.github.pbxsdk.asteriskjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.EventTimeoutException;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.ResponseEvents;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.CommandAction;
import org.asteriskjava.manager.action.GetVarAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.QueueStatusAction;
import org.asteriskjava.manager.action.StatusAction;
import org.asteriskjava.manager.event.BridgeEvent;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.DialBeginEvent;
import org.asteriskjava.manager.event.DialEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.event.QueueMemberEvent;
import org.asteriskjava.manager.event.QueueParamsEvent;
import org.asteriskjava.manager.event.StatusCompleteEvent;
import org.asteriskjava.manager.event.StatusEvent;
import org.asteriskjava.manager.response.CommandResponse;
import org.asteriskjava.manager.response.GetVarResponse;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.manager.response.PingResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What existing code relies on: the same tests run on asterisk-java's connection and on ours. */
class LegacyContractTest {

    private static final AmiMessage SUCCESS = AmiMessage.of("Response", "Success");
    private static final AmiMessage LIST = SUCCESS.with("EventList", "start");

    private final FakeAmi server = FakeAmi.asterisk22();
    private final List<ManagerConnection> opened = new ArrayList<>();

    @AfterEach
    void close() {
        for (ManagerConnection connection : opened) {
            if (connection.getState() == ManagerConnectionState.CONNECTED
                    || connection.getState() == ManagerConnectionState.RECONNECTING) {
                connection.logoff();
            }
        }
        server.close();
    }

    private ManagerConnection connection(Side side) {
        ManagerConnection connection = side.to(server);
        side.responseTimeout(connection, 10_000);
        opened.add(connection);
        return connection;
    }

    private ManagerConnection loggedIn(Side side) throws Exception {
        ManagerConnection connection = connection(side);
        connection.login();
        return connection;
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhereItGoesBeforeItIsThere(Side side) {
        ManagerConnection connection = side.connection("pbx.example.com", 0, "user", "secret");

        assertThat(connection.getHostname()).isEqualTo("pbx.example.com");
        assertThat(connection.getPort()).isEqualTo(5038);
        assertThat(connection.getUsername()).isEqualTo("user");
        assertThat(connection.getPassword()).isEqualTo("secret");
        assertThat(connection.isSsl()).isFalse();
        assertThat(connection.getState()).isEqualTo(ManagerConnectionState.INITIAL);
        assertThat(connection.getVersion()).isNull();
        assertThat(connection.getProtocolIdentifier()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfOneConnectBeforeLoginReturns(Side side) throws Exception {
        ManagerConnection connection = connection(side);
        Seen seen = Seen.by(connection);

        connection.login("off");

        assertThat(seen.all()).hasSize(1).first().isInstanceOf(ConnectEvent.class);
        ConnectEvent connect = seen.first(ConnectEvent.class);
        assertThat(connect.getProtocolIdentifier()).isEqualTo(connection.getProtocolIdentifier());
        assertThat(connect.getDateReceived()).isNotNull();
        assertThat(connection.getState()).isEqualTo(ManagerConnectionState.CONNECTED);
        assertThat(connection.getProtocolIdentifier()).startsWith("Asterisk Call Manager/");
        assertThat(connection.getVersion()).isEqualTo(AsteriskVersion.ASTERISK_22);
        assertThat(connection.getRemotePort()).isEqualTo(server.port());
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSecretFailsAndCanBePutRight(Side side) throws Exception {
        ManagerConnection connection =
                side.connection(server.host(), server.port(), "lab", "wrong");
        side.responseTimeout(connection, 10_000);

        assertThatThrownBy(connection::login).isInstanceOf(AuthenticationFailedException.class);

        assertThat(connection.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
        assertThat(loggedIn(side).getState()).isEqualTo(ManagerConnectionState.CONNECTED);
    }

    @ParameterizedTest
    @EnumSource
    void noServerIsAnIoException(Side side) {
        server.stopListening();
        ManagerConnection connection = connection(side);

        assertThatThrownBy(connection::login).isInstanceOf(IOException.class);

        assertThat(connection.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
    }

    @ParameterizedTest
    @EnumSource
    void canBeUsedAgainAfterALogoff(Side side) throws Exception {
        ManagerConnection connection = connection(side);
        Seen seen = Seen.by(connection);

        // There the reader of one login may end after the next has begun and take it down with it.
        int times = side == Side.HERE ? 5 : 1;
        for (int i = 0; i < times; i++) {
            connection.login();
            assertThat(connection.sendAction(new PingAction()).getResponse()).isEqualTo("Success");
            connection.logoff();
            assertThat(connection.getState()).isEqualTo(ManagerConnectionState.DISCONNECTED);
        }

        assertThat(seen.awaitAll(ConnectEvent.class, times)).hasSize(times);
        assertThat(seen.all(DisconnectEvent.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatItsStateDoesNotAllow(Side side) throws Exception {
        ManagerConnection connection = connection(side);

        assertThatThrownBy(connection::logoff).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection.sendAction(new PingAction()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection.sendEventGeneratingAction(new StatusAction()))
                .isInstanceOf(IllegalStateException.class);
        connection.login();
        assertThatThrownBy(connection::login).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection.sendAction(null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerHasTheIdThatWasGiven(Side side) throws Exception {
        ManagerConnection connection = loggedIn(side);
        PingAction action = new PingAction();
        action.setActionId("123");

        ManagerResponse given = connection.sendAction(action);
        ManagerResponse none = connection.sendAction(new PingAction());

        assertThat(given).isInstanceOf(PingResponse.class);
        assertThat(((PingResponse) given).getPing()).isEqualTo("Pong");
        assertThat(given.getActionId()).isEqualTo("123");
        assertThat(given.getDateReceived()).isNotNull();
        assertThat(none.getActionId()).isNull();
        assertThat(action.getActionId()).isEqualTo("123");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerIsOfTheClassOfItsAction(Side side) throws Exception {
        server.answer(
                "Command",
                SUCCESS.with("Message", "Command output follows")
                        .with("Output", "")
                        .with("Output", "  Asterisk 22.10.1")
                        .with("Output", "two"));
        server.answer("Getvar", SUCCESS.with("Variable", "DIALSTATUS").with("Value", "ANSWER"));
        server.answer("Status", AmiMessage.of("Response", "Error", "Message", "No such channel"));
        ManagerConnection connection = loggedIn(side);

        ManagerResponse command = connection.sendAction(new CommandAction("core show version"));
        ManagerResponse variable = connection.sendAction(new GetVarAction("DIALSTATUS"));
        ManagerResponse error = connection.sendAction(new StatusAction());

        assertThat(((CommandResponse) command).getResult())
                .containsExactly("Asterisk 22.10.1", "two");
        assertThat(((GetVarResponse) variable).getValue()).isEqualTo("ANSWER");
        assertThat(variable.getAttributes())
                .containsEntry("variable", "DIALSTATUS")
                .containsEntry("value", "ANSWER");
        assertThat(error).isInstanceOf(ManagerError.class);
        assertThat(error.getMessage()).isEqualTo("No such channel");
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDoesNotAnswerIsATimeout(Side side) throws Exception {
        ManagerConnection connection = loggedIn(side);
        server.stall();

        assertThatThrownBy(() -> connection.sendAction(new PingAction(), 200))
                .isInstanceOf(TimeoutException.class);

        server.resume();
        assertThat(connection.sendAction(new PingAction())).isInstanceOf(PingResponse.class);
    }

    @ParameterizedTest
    @EnumSource
    void callbacksGetTheirAnswers(Side side) throws Exception {
        ManagerConnection connection = loggedIn(side);
        List<ManagerResponse> answers = new CopyOnWriteArrayList<>();

        connection.sendAction(new PingAction(), answers::add);
        connection.sendAction(new PingAction(), null);
        connection.sendAction(new PingAction(), answers::add);

        await().atMost(Duration.ofSeconds(10)).until(() -> answers.size() == 2);
        assertThat(answers).allMatch(PingResponse.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource
    void theItemsOfAListGoToTheListeners(Side side) throws Exception {
        server.answer("Status", LIST, status("PJSIP/100-1"), status("PJSIP/101-2"), statusEnd(2));
        ManagerConnection connection = connection(side);
        Seen seen = Seen.by(connection);
        connection.login();
        StatusAction action = new StatusAction();
        action.setActionId("mine");

        assertThat(connection.sendAction(action).getEventList()).isEqualTo("start");

        assertThat(seen.awaitAll(StatusEvent.class, 2))
                .extracting(StatusEvent::getChannel)
                .containsExactly("PJSIP/100-1", "PJSIP/101-2");
        assertThat(seen.all(StatusEvent.class)).allMatch(e -> e.getActionId().equals("mine"));
        assertThat(seen.first(StatusCompleteEvent.class).getActionId()).isEqualTo("mine");
    }

    private static AmiMessage status(String channel) {
        return AmiMessage.of("Event", "Status", "Privilege", "Call", "Channel", channel);
    }

    private static AmiMessage statusEnd(int items) {
        return AmiMessage.of("Event", "StatusComplete", "EventList", "Complete")
                .with("ListItems", String.valueOf(items));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerWithEventsIsWhole(Side side) throws Exception {
        server.answer("QueueStatus", LIST, queue("500"), member("500", "Alice"), queueEnd());
        ManagerConnection connection = loggedIn(side);

        ResponseEvents events = connection.sendEventGeneratingAction(new QueueStatusAction());

        assertThat(events.getResponse().getResponse()).isEqualTo("Success");
        assertThat(events.getEvents()).hasSize(3);
        assertThat(events.getEvents())
                .first()
                .isInstanceOfSatisfying(
                        QueueParamsEvent.class,
                        params -> {
                            assertThat(params.getQueue()).isEqualTo("500");
                            assertThat(params.getCalls()).isEqualTo(3);
                            assertThat(params.getServiceLevelPerf()).isEqualTo(12.5);
                        });
        assertThat(events.getEvents())
                .element(1)
                .isInstanceOfSatisfying(
                        QueueMemberEvent.class,
                        alice -> {
                            assertThat(alice.getPaused()).isTrue();
                            assertThat(alice.getName()).isEqualTo("Alice");
                        });
    }

    private static AmiMessage queue(String name) {
        return AmiMessage.of("Event", "QueueParams", "Queue", name, "Calls", "3")
                .with("ServicelevelPerf", "12.5");
    }

    private static AmiMessage member(String queue, String name) {
        return AmiMessage.of("Event", "QueueMember", "Queue", queue, "Name", name)
                .with("Paused", "1");
    }

    private static AmiMessage queueEnd() {
        return AmiMessage.of("Event", "QueueStatusComplete", "EventList", "Complete")
                .with("ListItems", "2");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsAWholeAnswer(Side side) throws Exception {
        ManagerConnection connection = loggedIn(side);

        ResponseEvents events = connection.sendEventGeneratingAction(new QueueStatusAction());

        assertThat(events.getResponse()).isInstanceOf(ManagerError.class);
        assertThat(events.getEvents()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingAtATimeoutIsTold(Side side) throws Exception {
        server.answer("QueueStatus", LIST, queue("500"));
        ManagerConnection connection = loggedIn(side);

        // On a busy machine half a second may be over before anything has come.
        await().untilAsserted(() -> assertPartOfTheQueuesIsTold(connection));
    }

    private static void assertPartOfTheQueuesIsTold(ManagerConnection connection) {
        assertThatThrownBy(() -> connection.sendEventGeneratingAction(new QueueStatusAction(), 500))
                .isInstanceOfSatisfying(
                        EventTimeoutException.class,
                        e -> {
                            assertThat(e.getPartialResult().getEvents()).hasSize(1);
                            assertThat(e.getPartialResult().getResponse()).isNotNull();
                        });
    }

    @ParameterizedTest
    @EnumSource
    void callbacksGetAnswersWithEvents(Side side) throws Exception {
        server.answer("QueueStatus", LIST, queue("500"), queueEnd());
        ManagerConnection connection = loggedIn(side);
        List<ResponseEvents> answers = new CopyOnWriteArrayList<>();

        connection.sendEventGeneratingAction(new QueueStatusAction(), answers::add);

        await().atMost(Duration.ofSeconds(10)).until(() -> !answers.isEmpty());
        assertThat(answers.get(0).getEvents()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void theEndOfAnOriginateBelongsToItsAnswer(Side side) throws Exception {
        server.answer(
                "Originate",
                action -> {
                    AmiMessage done =
                            AmiMessage.of("Event", "OriginateResponse", "Privilege", "call,all")
                                    .with("ActionID", action.get("ActionID"))
                                    .with("Response", "Success")
                                    .with("Channel", "PJSIP/100-1")
                                    .with("Reason", "4")
                                    .with("Uniqueid", "1700000000.1");
                    return List.of(SUCCESS.with("Message", "Originate successfully queued"), done);
                });
        ManagerConnection connection = connection(side);
        Seen seen = Seen.by(connection);
        connection.login();
        OriginateAction action = new OriginateAction();
        action.setChannel("PJSIP/100");
        action.setAsync(true);
        action.setActionId("call-1");

        ResponseEvents events = connection.sendEventGeneratingAction(action);

        assertThat(events.getEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        OriginateResponseEvent.class,
                        end -> {
                            assertThat(end.getUniqueId()).isEqualTo("1700000000.1");
                            assertThat(end.getReason()).isEqualTo(4);
                            assertThat(end.getActionId()).isEqualTo("call-1");
                            assertThat(end.isSuccess()).isTrue();
                        });
        assertThat(seen.first(OriginateResponseEvent.class).getActionId()).isEqualTo("call-1");
    }

    @ParameterizedTest
    @EnumSource
    void aLostConnectionIsToldOnceAndComesBack(Side side) throws Exception {
        ManagerConnection connection = connection(side);
        Seen seen = Seen.by(connection);
        connection.login();

        server.cut();
        seen.awaitAll(ConnectEvent.class, 2);

        await().until(() -> connection.getState() == ManagerConnectionState.CONNECTED);
        assertThat(seen.all(DisconnectEvent.class)).hasSize(1);
        List<ManagerEvent> changes =
                seen.all().stream()
                        .filter(e -> e instanceof ConnectEvent || e instanceof DisconnectEvent)
                        .toList();
        assertThat(changes.get(1)).isInstanceOf(DisconnectEvent.class);
        assertThat(connection.sendAction(new PingAction())).isInstanceOf(PingResponse.class);
    }

    @ParameterizedTest
    @EnumSource
    void listenersAreCalledInTheirOrderAndOnlyOnce(Side side) throws Exception {
        ManagerConnection connection = loggedIn(side);
        List<Integer> called = new CopyOnWriteArrayList<>();
        IntStream.range(0, 20)
                .forEach(
                        number ->
                                connection.addEventListener(
                                        event -> {
                                            if (event instanceof HangupEvent) {
                                                called.add(number);
                                            }
                                        }));
        Seen seen = Seen.by(connection);
        connection.addEventListener(seen);

        server.emit("Event", "Hangup", "Privilege", "call,all", "Channel", "PJSIP/100-1");
        seen.first(HangupEvent.class);

        assertThat(called).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        assertThat(seen.all(HangupEvent.class)).hasSize(1);
        connection.removeEventListener(seen);
        server.emit("Event", "Hangup", "Privilege", "call,all", "Channel", "PJSIP/100-2");
        await().atMost(Duration.ofSeconds(10)).until(() -> called.size() == 40);
        assertThat(seen.all(HangupEvent.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aListenerThatThrowsHurtsNobodyElse(Side side) throws Exception {
        ManagerConnection connection = connection(side);
        AtomicInteger thrown = new AtomicInteger();
        connection.addEventListener(
                event -> {
                    thrown.incrementAndGet();
                    throw new IllegalStateException("on purpose");
                });
        Seen seen = Seen.by(connection);

        connection.login();
        server.emit("Event", "Hangup", "Privilege", "call,all", "Channel", "PJSIP/100-1");

        assertThat(seen.first(HangupEvent.class).getChannel()).isEqualTo("PJSIP/100-1");
        assertThat(thrown).hasValueGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource
    void olderFormsOfEventsComeBesideTheNew(Side side) throws Exception {
        ManagerConnection connection = connection(side);
        Seen seen = Seen.by(connection);
        connection.login();

        server.emit(
                "Event",
                "DialBegin",
                "Privilege",
                "call,all",
                "Channel",
                "PJSIP/1-1",
                "DestChannel",
                "PJSIP/2-2",
                "Uniqueid",
                "1.1",
                "DestUniqueid",
                "1.2");
        bridge("BridgeCreate", "");
        bridge("BridgeEnter", "PJSIP/1-1");
        bridge("BridgeEnter", "PJSIP/2-2");

        assertThat(seen.first(DialBeginEvent.class).getDestChannel()).isEqualTo("PJSIP/2-2");
        assertThat(seen.first(DialEvent.class).getDestination()).isEqualTo("PJSIP/2-2");
        assertThat(seen.first(BridgeEvent.class).isLink()).isTrue();
    }

    private void bridge(String event, String channel) {
        server.emit(
                "Event",
                event,
                "Privilege",
                "call,all",
                "BridgeUniqueid",
                "b-1",
                "BridgeTechnology",
                "simple_bridge",
                "Channel",
                channel,
                "Uniqueid",
                channel);
    }

    @ParameterizedTest
    @EnumSource
    void registeredEventsBecomeTheirClass(Side side) throws Exception {
        ManagerConnection connection = connection(side);
        connection.registerUserEventClass(TicketEvent.class);
        Seen seen = Seen.by(connection);
        connection.login();

        server.emit(
                "Event",
                "UserEvent",
                "Privilege",
                "user,all",
                "UserEvent",
                "Ticket",
                "Number",
                "42",
                "Urgent",
                "yes");

        TicketEvent ticket = seen.first(TicketEvent.class);
        assertThat(ticket.getNumber()).isEqualTo(42);
        assertThat(ticket.getUrgent()).isTrue();
        assertThatThrownBy(() -> connection.registerUserEventClass(ManagerEvent.class))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
