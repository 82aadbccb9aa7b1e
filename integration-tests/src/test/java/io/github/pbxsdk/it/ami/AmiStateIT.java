package io.github.pbxsdk.it.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.OriginateResult;
import io.github.pbxsdk.ami.action.QueueAddAction;
import io.github.pbxsdk.ami.action.QueuePauseAction;
import io.github.pbxsdk.ami.action.QueueRemoveAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.state.AgentState;
import io.github.pbxsdk.ami.state.AmiState;
import io.github.pbxsdk.ami.state.CallEndedEvent;
import io.github.pbxsdk.ami.state.CallPhase;
import io.github.pbxsdk.ami.state.LightChangedEvent;
import io.github.pbxsdk.ami.state.LiveCall;
import io.github.pbxsdk.ami.state.LiveChannel;
import io.github.pbxsdk.ami.state.ParkedCall;
import io.github.pbxsdk.ami.state.QueueMember;
import io.github.pbxsdk.ami.state.SpyMode;
import io.github.pbxsdk.ami.state.StateSyncedEvent;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Light;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.testing.EventProbe;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@OnAsterisk
class AmiStateIT {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static AmiClient connected(Asterisk asterisk) {
        AmiClient client =
                AmiClient.builder()
                        .host(asterisk.ami().getHostString())
                        .port(asterisk.ami().getPort())
                        .credentials(asterisk.amiCredentials())
                        .reconnect(
                                ReconnectOptions.defaults()
                                        .firstDelay(Duration.ofMillis(100))
                                        .longestDelay(Duration.ofSeconds(1)))
                        .build();
        client.connect();
        return client;
    }

    /** Starts a call of a Local pair that stays as it is; returns its id. */
    private static String call(AmiClient client, String to, String application, String data) {
        String id = "state-" + UUID.randomUUID();
        client.send(
                AmiAction.raw(
                        "Originate",
                        "Channel",
                        "Local/" + to + "@from-internal/n",
                        "ChannelId",
                        id,
                        "OtherChannelId",
                        id + "-b",
                        "Application",
                        application,
                        "Data",
                        data,
                        "Async",
                        "true"));
        return id;
    }

    private static LiveCall awaitCall(AmiState state, String id, Predicate<LiveCall> wanted) {
        await("call " + id)
                .atMost(LIMIT)
                .until(() -> state.findCall(id).filter(wanted).isPresent());
        return state.call(id);
    }

    private static void awaitEnd(AmiState state, String id) {
        await("end of " + id).atMost(LIMIT).until(() -> state.findCall(id).isEmpty());
    }

    @Test
    void everyPartCanBeRead(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            assertThat(state.isCurrent()).isTrue();
            assertThat(state.unavailable()).isEmpty();
            assertThat(state.queue("500").members())
                    .extracting(QueueMember::extension)
                    .containsExactlyInAnyOrder("1011", "1012");
            assertThat(state.queue("501").members())
                    .extracting(QueueMember::extension)
                    .containsExactlyInAnyOrder("1013", "1014");
            assertThat(state.endpoints()).hasSizeGreaterThan(20);
            assertThat(state.findExtension("1001").orElseThrow().devices())
                    .contains("PJSIP/1001", "Custom:DND1001");
        }
    }

    @Test
    void aCallAppearsAndIsHungUp(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            EventProbe<CallEndedEvent> ends = EventProbe.on(state.events(), CallEndedEvent.class);
            String id = call(client, "609", "Wait", "60");
            LiveCall call = awaitCall(state, id, found -> found.channels().size() == 2);
            assertThat(call.channels()).allMatch(LiveChannel::isLocal);
            awaitCall(state, id, found -> found.phase() == CallPhase.CONNECTED);

            state.control().hangUp(call);

            assertThat(ends.next(end -> end.call().id().equals(id)).call().channels()).isEmpty();
            assertThat(state.findCall(id)).isEmpty();
        }
    }

    @Test
    void aCallThatWasThereBeforeIsFound(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk)) {
            String id = call(client, "607", "Wait", "60");
            await().atMost(LIMIT)
                    .until(
                            () ->
                                    client.send(AmiAction.raw("CoreShowChannels")).items().stream()
                                                    .filter(item -> has(item, id))
                                                    .count()
                                            == 2);
            try (AmiState state = AmiState.follow(client)) {
                LiveCall call = state.call(id + "-b");
                assertThat(call.id()).isEqualTo(id);
                assertThat(call.recordings()).hasSize(1);
                assertThat(call.recordings().get(0).file()).endsWith(id + "-b.wav");
                state.control().hangUp(call);
                awaitEnd(state, id);
            }
        }
    }

    private static boolean has(AmiEvent item, String linkedId) {
        return item.fields().text("Linkedid").equals(linkedId);
    }

    @Test
    void aRecordingIsPausedOnTheChannelItRunsOn(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            String id = call(client, "607", "Wait", "60");
            LiveCall call = awaitCall(state, id, found -> !found.recordings().isEmpty());
            assertThat(call.recordings().get(0).channelId()).isEqualTo(id + "-b");

            state.control().pauseRecording(call);
            awaitCall(state, id, found -> found.recordings().get(0).isPaused());
            state.control().resumeRecording(call);
            awaitCall(state, id, found -> !found.recordings().get(0).isPaused());

            state.control().hangUp(call);
            awaitEnd(state, id);
            assertThat(state.recordings()).noneMatch(one -> one.channelId().startsWith(id));
        }
    }

    @Test
    void somebodyIsParkedAndFetched(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            String id = call(client, "609", "Wait", "60");
            LiveCall call = awaitCall(state, id, found -> found.phase() == CallPhase.CONNECTED);

            state.control().park(call.channel(id));
            ParkedCall parked =
                    awaitCall(state, id, found -> found.phase() == CallPhase.PARKED)
                            .parked()
                            .get(0);
            assertThat(parked.channelId()).isEqualTo(id);
            assertThat(state.parkedCalls()).contains(parked);

            OriginateResult fetched = state.control().retrieve(parked, "Local/609@from-internal/n");
            assertThat(fetched.isAnswered()).isTrue();
            LiveCall joined = awaitCall(state, id, found -> found.parked().isEmpty());
            await().atMost(LIMIT)
                    .until(
                            () ->
                                    state.call(id)
                                            .findChannel(id)
                                            .orElseThrow()
                                            .bridgeId()
                                            .isPresent());
            state.control().hangUp(joined);
            await().atMost(LIMIT).until(() -> state.findCall(id).map(LiveCall::id).isEmpty());
        }
    }

    @Test
    void aChannelIsTransferred(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            String id = call(client, "611", "Dial", "Local/609@from-internal/n");
            LiveCall call = awaitCall(state, id, found -> found.channel(id).bridgeId().isPresent());
            assertThat(call.channels()).hasSize(4);

            state.control().transfer(call.channel(id), "600", "from-internal");

            awaitCall(
                    state,
                    id,
                    found -> found.channels().stream().noneMatch(one -> one.uniqueId().equals(id)));
            state.findCall(id)
                    .filter(found -> !found.channels().isEmpty())
                    .ifPresent(state.control()::hangUp);
            awaitEnd(state, id);
        }
    }

    @Test
    void aSupervisorListens(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            String id = call(client, "609", "Wait", "60");
            LiveCall call = awaitCall(state, id, found -> found.phase() == CallPhase.CONNECTED);

            OriginateResult spying =
                    state.control()
                            .spy(call.channel(id), "Local/600@from-internal/n", SpyMode.WHISPER);

            assertThat(spying.isAnswered()).isTrue();
            String spy = spying.channelId();
            awaitCall(state, spy, found -> found.phase() == CallPhase.CONNECTED);
            state.control().hangUp(call);
            awaitEnd(state, id);
            state.findCall(spy)
                    .filter(found -> !found.channels().isEmpty())
                    .ifPresent(state.control()::hangUp);
            awaitEnd(state, spy);
        }
    }

    @Test
    void aQueueShowsWhoWaitsAndWhoWorks(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            int abandonedBefore = state.queue("502").today().abandoned();
            String id = call(client, "502", "Wait", "60");
            await().atMost(LIMIT).until(() -> state.queue("502").waiting() == 1);
            assertThat(awaitCall(state, id, found -> true).queue()).contains("502");
            await().atMost(LIMIT)
                    .until(() -> !state.queue("502").longestWait().minusSeconds(1).isNegative());

            state.control().hangUp(state.call(id));
            await().atMost(LIMIT).until(() -> state.queue("502").waiting() == 0);
            assertThat(state.queue("502").today().abandoned()).isEqualTo(abandonedBefore + 1);
            awaitEnd(state, id);

            String member = "Local/609@from-internal/n";
            client.send(QueueAddAction.builder("502", member).paused(true).build());
            awaitMember(state, member, AgentState.PAUSED);
            client.send(QueuePauseAction.builder(member, true).reason("lunch").build());
            await().atMost(LIMIT)
                    .until(() -> state.queue("502").pausedByReason().containsKey("lunch"));
            client.send(QueuePauseAction.builder(member, false).build());
            awaitMember(state, member, AgentState.AVAILABLE);

            String answered = call(client, "502", "Wait", "60");
            await().atMost(LIMIT).until(() -> state.queue("502").today().answered() == 1);
            awaitCall(state, answered, found -> found.queue().isEmpty());
            state.control().hangUp(state.call(answered));
            awaitEnd(state, answered);
            client.send(QueueRemoveAction.of("502", member));
            await().atMost(LIMIT).until(() -> state.queue("502").members().isEmpty());
        }
    }

    private static void awaitMember(AmiState state, String memberInterface, AgentState wanted) {
        await(memberInterface + " " + wanted)
                .atMost(LIMIT)
                .until(
                        () ->
                                state.queue("502").members().stream()
                                        .anyMatch(
                                                one ->
                                                        one.memberInterface()
                                                                        .equals(memberInterface)
                                                                && one.state() == wanted));
    }

    @Test
    void doNotDisturbShowsInTheHint(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            asterisk.cli("devstate change Custom:DND1020 BUSY");
            await().atMost(LIMIT)
                    .until(() -> state.findExtension("1020").orElseThrow().isDoNotDisturb());
            asterisk.cli("devstate change Custom:DND1020 NOT_INUSE");
            await().atMost(LIMIT)
                    .until(() -> !state.findExtension("1020").orElseThrow().isDoNotDisturb());
        }
    }

    @Test
    void theLightGoesGreenWhenATelephoneRegisters(Asterisk asterisk) throws Exception {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client);
                Registrant phone = new Registrant(asterisk, 1019)) {
            EventProbe<LightChangedEvent> lights =
                    EventProbe.on(state.events(), LightChangedEvent.class);
            assertThat(state.light("1019").light()).isEqualTo(Light.RED);
            assertThat(state.light("no-such-phone").light()).isEqualTo(Light.RED);

            phone.register(60);
            assertThat(
                            lights.next(
                                            change ->
                                                    change.now().extension().equals("1019")
                                                            && change.now().light() == Light.GREEN)
                                    .before()
                                    .light())
                    .isNotEqualTo(Light.GREEN);

            phone.register(0);
            lights.next(
                    change ->
                            change.now().extension().equals("1019")
                                    && change.now().light() == Light.RED);
            assertThat(state.findEndpoint("1019").orElseThrow().contacts()).isEmpty();
        }
    }

    @Test
    void aContactThatIsThereAlreadyMakesTheLightGreen(Asterisk asterisk) throws Exception {
        try (Registrant phone = new Registrant(asterisk, 1020)) {
            phone.register(60);
            try (AmiClient client = connected(asterisk);
                    AmiState state = AmiState.follow(client)) {
                await().atMost(LIMIT).until(() -> state.light("1020").light() == Light.GREEN);
                assertThat(state.findEndpoint("1020").orElseThrow().contacts()).hasSize(1);
                phone.register(0);
                await().atMost(LIMIT).until(() -> state.light("1020").light() == Light.RED);
            }
        }
    }

    @Test
    void aRestartOfTheServerEndsItsCalls(Asterisk asterisk) {
        try (AmiClient client = connected(asterisk);
                AmiState state = AmiState.follow(client)) {
            String id = call(client, "609", "Wait", "60");
            awaitCall(state, id, found -> found.channels().size() == 2);
            EventProbe<CallEndedEvent> ends = EventProbe.on(state.events(), CallEndedEvent.class);
            EventProbe<StateSyncedEvent> synced =
                    EventProbe.on(state.events(), StateSyncedEvent.class);

            asterisk.kill9();
            await().atMost(LIMIT).until(() -> !state.isCurrent());
            assertThat(state.light("1019").light()).isNotEqualTo(Light.GREEN);
            asterisk.start();

            await().atMost(LIMIT).until(() -> client.status().state() == ConnectionState.CONNECTED);
            ends.next(end -> end.call().id().equals(id));
            // A server that is still loading its modules is asked again when it is ready.
            synced.next(sync -> sync.unavailable().isEmpty());
            assertThat(state.isCurrent()).isTrue();
            assertThat(state.calls()).noneMatch(one -> one.id().equals(id));
        }
    }
}
