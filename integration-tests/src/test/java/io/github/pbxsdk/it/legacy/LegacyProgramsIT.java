package io.github.pbxsdk.it.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.asteriskjava.FieldsListener;
import io.github.pbxsdk.asteriskjava.MissedEventsEvent;
import io.github.pbxsdk.asteriskjava.PbxManagerConnection;
import io.github.pbxsdk.asteriskjava.PbxManagerConnectionFactory;
import io.github.pbxsdk.core.security.TlsOptions;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.live.AsteriskChannel;
import org.asteriskjava.live.AsteriskQueue;
import org.asteriskjava.live.AsteriskServer;
import org.asteriskjava.live.ChannelState;
import org.asteriskjava.live.DefaultAsteriskServer;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerConnectionFactory;
import org.asteriskjava.manager.ResponseEvents;
import org.asteriskjava.manager.action.CommandAction;
import org.asteriskjava.manager.action.CoreSettingsAction;
import org.asteriskjava.manager.action.DbGetAction;
import org.asteriskjava.manager.action.DbPutAction;
import org.asteriskjava.manager.action.GetVarAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.QueueStatusAction;
import org.asteriskjava.manager.action.SetVarAction;
import org.asteriskjava.manager.action.StatusAction;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.DbGetResponseEvent;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.event.QueueParamsEvent;
import org.asteriskjava.manager.event.StatusCompleteEvent;
import org.asteriskjava.manager.response.CommandResponse;
import org.asteriskjava.manager.response.CoreSettingsResponse;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.junit.jupiter.api.Test;

/** Programs as they are written against asterisk-java, with one line changed. */
@OnAsterisk
class LegacyProgramsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static ManagerConnectionFactory factory(Asterisk asterisk) {
        return new PbxManagerConnectionFactory(
                asterisk.ami().getHostString(),
                asterisk.ami().getPort(),
                asterisk.amiCredentials().user(),
                asterisk.amiCredentials().secret());
    }

    private static OriginateAction echo() {
        OriginateAction action = new OriginateAction();
        action.setChannel("Local/600@from-internal");
        action.setApplication("Wait");
        action.setData("2");
        action.setTimeout(10_000L);
        return action;
    }

    @Test
    void oneThatCalls(Asterisk asterisk) throws Exception {
        ManagerConnection connection = factory(asterisk).createManagerConnection();
        connection.login();

        ManagerResponse response = connection.sendAction(echo(), 30_000);

        assertThat(response.getResponse()).isEqualTo("Success");
        connection.logoff();
    }

    @Test
    void oneThatListens(Asterisk asterisk) throws Exception {
        ManagerConnection connection = factory(asterisk).createManagerConnection();
        Queue<ManagerEvent> events = new ConcurrentLinkedQueue<>();
        connection.addEventListener(events::add);
        connection.login();
        assertThat(connection.getVersion().toString()).contains(" " + asterisk.major());
        assertThat(connection.getProtocolIdentifier()).startsWith("Asterisk Call Manager/");

        connection.sendAction(new StatusAction());
        OriginateAction call = echo();
        call.setAsync(true);
        connection.sendAction(call, 10_000);

        await().atMost(LIMIT).until(() -> events.stream().anyMatch(HangupEvent.class::isInstance));
        assertThat(events)
                .hasAtLeastOneElementOfType(StatusCompleteEvent.class)
                .hasAtLeastOneElementOfType(NewChannelEvent.class);
        connection.logoff();
    }

    @Test
    void oneThatWaitsForWhatBecameOfACall(Asterisk asterisk) throws Exception {
        ManagerConnection connection = factory(asterisk).createManagerConnection();
        connection.login();
        OriginateAction call = echo();
        call.setAsync(true);
        call.setActionId("mine");

        ResponseEvents events = connection.sendEventGeneratingAction(call, 15_000);

        assertThat(events.getEvents())
                .singleElement()
                .isInstanceOfSatisfying(
                        OriginateResponseEvent.class,
                        end -> {
                            assertThat(end.isSuccess()).isTrue();
                            assertThat(end.getActionId()).isEqualTo("mine");
                            assertThat(end.getUniqueId()).isNotBlank();
                        });
        connection.logoff();
    }

    @Test
    void oneThatLooksAtChannelsAndQueues(Asterisk asterisk) throws Exception {
        ManagerConnection connection = factory(asterisk).createManagerConnection();
        AsteriskServer server = new DefaultAsteriskServer(connection);
        server.initialize();

        assertThat(server.getQueues()).extracting(AsteriskQueue::getName).isNotEmpty();
        assertThat(server.getVersion()).contains(asterisk.version());

        OriginateAction call = echo();
        call.setAsync(true);
        OriginateResponseEvent end =
                (OriginateResponseEvent)
                        connection
                                .sendEventGeneratingAction(call, 15_000)
                                .getEvents()
                                .iterator()
                                .next();
        // That library's own thread puts it there.
        await().atMost(LIMIT).until(() -> server.getChannelById(end.getUniqueId()) != null);
        AsteriskChannel channel = server.getChannelById(end.getUniqueId());
        assertThat(channel.getName()).startsWith("Local/600@from-internal");
        await().atMost(LIMIT).until(() -> channel.getState() == ChannelState.UP);
        channel.setVariable("ASKED", "yes");
        assertThat(channel.getVariable("ASKED")).isEqualTo("yes");
        channel.hangup();
        await().atMost(LIMIT).until(() -> channel.getState() == ChannelState.HUNGUP);

        server.shutdown();
    }

    @Test
    void oneThatLogsInAgainAndAgain(Asterisk asterisk) throws Exception {
        ManagerConnection connection = factory(asterisk).createManagerConnection();

        for (int i = 0; i < 5; i++) {
            connection.login();
            CommandResponse version =
                    (CommandResponse) connection.sendAction(new CommandAction("core show version"));
            assertThat(version.getResult().get(0)).startsWith("Asterisk " + asterisk.version());
            connection.logoff();
        }
    }

    @Test
    void oneWithAWrongPassword(Asterisk asterisk) {
        ManagerConnection connection =
                new PbxManagerConnection(
                        asterisk.ami().getHostString(), asterisk.ami().getPort(), "lab", "wrong");

        assertThatThrownBy(connection::login).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void oneThatAsksForThisAndThat(Asterisk asterisk) throws Exception {
        ManagerConnection connection = factory(asterisk).createManagerConnection();
        connection.login();

        CoreSettingsResponse settings =
                (CoreSettingsResponse) connection.sendAction(new CoreSettingsAction());
        assertThat(settings.getAsteriskVersion()).startsWith(asterisk.version());
        String family = "legacy" + System.nanoTime();
        assertThat(connection.sendEventGeneratingAction(new DbGetAction(family, "k")).getResponse())
                .isInstanceOf(ManagerError.class);
        connection.sendAction(new DbPutAction(family, "k", "a: b, c"));
        assertThat(connection.sendEventGeneratingAction(new DbGetAction(family, "k")).getEvents())
                .filteredOn(DbGetResponseEvent.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        DbGetResponseEvent.class,
                        found -> assertThat(found.getVal()).isEqualTo("a: b, c"));
        assertThat(connection.sendEventGeneratingAction(new QueueStatusAction()).getEvents())
                .hasAtLeastOneElementOfType(QueueParamsEvent.class);
        connection.sendAction(new SetVarAction("LEGACY", "yes"));
        assertThat(connection.sendAction(new GetVarAction("LEGACY")).getAttribute("value"))
                .isEqualTo("yes");
        connection.logoff();
    }

    @Test
    void oneOnAClientWithAPrivateCertificate(Asterisk asterisk) throws Exception {
        try (AmiClient client =
                AmiClient.builder()
                        .host(asterisk.amiTls().getHostString())
                        .port(asterisk.amiTls().getPort())
                        .tls(TlsOptions.ca(asterisk.path("PBX_CA")))
                        .credentials(asterisk.amiCredentials())
                        .build()) {
            PbxManagerConnection connection = PbxManagerConnection.on(client);
            connection.login();

            assertThat(connection.sendAction(new PingAction()).getResponse()).isEqualTo("Success");
        }
    }

    @Test
    void oneWhoseServerIsKilledWhileItWaits(Asterisk asterisk) throws Exception {
        ManagerConnection connection = factory(asterisk).createManagerConnection();
        Queue<ManagerEvent> events = new ConcurrentLinkedQueue<>();
        connection.addEventListener(events::add);
        connection.login();
        OriginateAction ringing = echo();
        ringing.setChannel("Local/" + asterisk.setting("NUMBER_NO_ANSWER") + "@from-internal");
        ringing.setTimeout(60_000L);
        ringing.setAsync(true);
        FutureTask<Object> waiting =
                new FutureTask<>(() -> connection.sendEventGeneratingAction(ringing, 600_000));
        new Thread(waiting, "a user").start();
        await().atMost(LIMIT).until(() -> has(events, NewChannelEvent.class, 1));

        asterisk.kill9();

        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IOException.class);
        await().atMost(LIMIT).until(() -> has(events, DisconnectEvent.class, 1));
        asterisk.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> has(events, ConnectEvent.class, 2));
        assertThat(connection.sendAction(new PingAction(), 10_000).getResponse())
                .isEqualTo("Success");
        assertThat(events).hasAtLeastOneElementOfType(MissedEventsEvent.class);
        connection.logoff();
    }

    private static boolean has(
            Queue<ManagerEvent> events, Class<? extends ManagerEvent> type, int count) {
        return events.stream().filter(type::isInstance).count() >= count;
    }

    @Test
    void oneWithManyThreadsWhileMuchHappens(Asterisk asterisk) throws Exception {
        ManagerConnection connection = factory(asterisk).createManagerConnection();
        Queue<String> linked = new ConcurrentLinkedQueue<>();
        connection.addEventListener(
                (FieldsListener) (event, fields) -> fields.find("Linkedid").ifPresent(linked::add));
        connection.login();
        OriginateAction call = echo();
        call.setAsync(true);
        connection.sendAction(call, 10_000);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        List<Callable<Integer>> askers = new ArrayList<>();
        for (int asker = 0; asker < 50; asker++) {
            askers.add(() -> ask(connection));
        }

        for (Future<Integer> answered : threads.invokeAll(askers)) {
            assertThat(answered.get()).isEqualTo(100);
        }

        assertThat(linked).isNotEmpty();
        threads.shutdown();
        connection.logoff();
    }

    private static int ask(ManagerConnection connection) throws Exception {
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            PingAction ping = new PingAction();
            ping.setActionId(Thread.currentThread().getName() + "-" + i);
            ManagerResponse answer = connection.sendAction(ping, 20_000);
            answered += answer.getActionId().equals(ping.getActionId()) ? 1 : 0;
        }
        return answered;
    }
}
