package io.github.pbxsdk.asteriskjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.time.Duration;
import org.asteriskjava.live.AsteriskChannel;
import org.asteriskjava.live.AsteriskQueue;
import org.asteriskjava.live.ChannelState;
import org.asteriskjava.live.DefaultAsteriskServer;
import org.asteriskjava.live.ManagerCommunicationException;
import org.asteriskjava.live.QueueMemberState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live objects of asterisk-java stand on our connection. */
class LiveServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AmiMessage LIST =
            AmiMessage.of("Response", "Success", "EventList", "start");

    private final FakeAmi fake = FakeAmi.asterisk22();
    private final DefaultAsteriskServer server =
            new DefaultAsteriskServer(
                    new PbxManagerConnection(fake.host(), fake.port(), "lab", "lab-secret"));

    @BeforeEach
    void fill() {
        fake.answer(
                "Status",
                LIST,
                AmiMessage.of("Event", "Status", "Privilege", "Call", "Channel", "PJSIP/100-1")
                        .with("Uniqueid", "1.1")
                        .with("Context", "from-internal")
                        .with("Exten", "200")
                        .with("Priority", "1")
                        .with("ChannelState", "6")
                        .with("ChannelStateDesc", "Up"),
                end("StatusComplete"));
        fake.answer("Agents", LIST, end("AgentsComplete"));
        fake.answer(
                "QueueStatus",
                LIST,
                AmiMessage.of("Event", "QueueParams", "Queue", "500", "Max", "0", "Calls", "0"),
                AmiMessage.of("Event", "QueueMember", "Queue", "500", "Location", "PJSIP/100")
                        .with("Membership", "static")
                        .with("Penalty", "0")
                        .with("Paused", "0")
                        .with("Status", "1"),
                end("QueueStatusComplete"));
    }

    /** That library reads the channels twice at the beginning, and forgets them between. */
    private void awaitChannel() {
        await().atMost(LIMIT)
                .untilAsserted(
                        () ->
                                assertThat(server.getChannels())
                                        .extracting(AsteriskChannel::getState)
                                        .containsExactly(ChannelState.UP));
    }

    private static AmiMessage end(String event) {
        return AmiMessage.of("Event", event, "EventList", "Complete", "ListItems", "1");
    }

    @AfterEach
    void close() {
        server.shutdown();
        fake.close();
    }

    @Test
    void channelsFollowTheirEvents() {
        awaitChannel();

        fake.emit(
                "Event", "Newchannel", "Privilege", "call,all", "Channel", "PJSIP/200-2",
                "ChannelState", "4", "ChannelStateDesc", "Ring", "Uniqueid", "1.2", "CallerIDNum",
                "200");
        await().atMost(LIMIT).until(() -> server.getChannelById("1.2") != null);
        AsteriskChannel channel = server.getChannelById("1.2");
        assertThat(channel.getName()).isEqualTo("PJSIP/200-2");
        assertThat(channel.getCallerId().getNumber()).isEqualTo("200");

        fake.emit(
                "Event", "Hangup", "Privilege", "call,all", "Channel", "PJSIP/200-2", "Uniqueid",
                "1.2", "Cause", "16", "Cause-txt", "Normal Clearing");
        await().atMost(LIMIT).until(() -> channel.getState() == ChannelState.HUNGUP);
        assertThat(channel.getHangupCauseText()).isEqualTo("Normal Clearing");
    }

    @Test
    void queuesFollowTheirEvents() {
        AsteriskQueue queue = server.getQueues().iterator().next();
        assertThat(queue.getName()).isEqualTo("500");
        assertThat(queue.getMembers())
                .singleElement()
                .satisfies(
                        member ->
                                assertThat(member.getState())
                                        .isEqualTo(QueueMemberState.DEVICE_NOT_INUSE));

        fake.emit(
                "Event", "QueueMemberStatus", "Privilege", "agent,all", "Queue", "500", "Interface",
                "PJSIP/100", "Status", "2", "Paused", "1", "Penalty", "0");

        await().atMost(LIMIT)
                .until(() -> queue.getMembers().iterator().next().getState() != null);
        await().atMost(LIMIT)
                .untilAsserted(
                        () ->
                                assertThat(queue.getMembers().iterator().next().getState())
                                        .isEqualTo(QueueMemberState.DEVICE_INUSE));
    }

    @Test
    void everythingIsReadAgainAfterALoss() {
        awaitChannel();
        fake.answer("Status", LIST, end("StatusComplete"));

        fake.cut();

        // While the connection is away, that library's objects refuse to be asked.
        await().atMost(LIMIT)
                .ignoreException(ManagerCommunicationException.class)
                .until(
                        () ->
                                server.getChannels().stream()
                                        .allMatch(c -> c.getState() == ChannelState.HUNGUP));
    }
}
