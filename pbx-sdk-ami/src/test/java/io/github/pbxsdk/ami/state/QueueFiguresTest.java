package io.github.pbxsdk.ami.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.ami.AmiMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueFiguresTest {

    private final StateLab lab = new StateLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private AmiState follow() {
        lab.queue("500", 20);
        return AmiState.follow(lab.client);
    }

    private void join(String id) {
        lab.channel("Newchannel", "PJSIP/trunk-" + id, id, id);
        lab.channel("QueueCallerJoin", "PJSIP/trunk-" + id, id, id, "Queue", "500");
        lab.settle();
    }

    private void leave(String id, String event, String holdTime) {
        if (event.equals("QueueCallerAbandon")) {
            about(event, id, holdTime);
        }
        about("QueueCallerLeave", id, holdTime);
        if (event.equals("AgentConnect")) {
            about(event, id, holdTime);
        }
        lab.settle();
    }

    private void about(String event, String id, String holdTime) {
        lab.channel(event, "PJSIP/trunk-" + id, id, id, "Queue", "500", "HoldTime", holdTime);
    }

    private void member(String event, String memberInterface, String... more) {
        AmiMessage message =
                AmiMessage.of(
                        "Event",
                        event,
                        "Privilege",
                        "agent,all",
                        "Queue",
                        "500",
                        "MemberName",
                        "Agent",
                        "Interface",
                        memberInterface);
        for (int i = 0; i < more.length; i += 2) {
            message = message.with(more[i], more[i + 1]);
        }
        lab.server.emit(message);
        lab.settle();
    }

    @Test
    void aCallerIsAnsweredAfterHavingLeft() {
        try (AmiState state = follow()) {
            join("1.1");
            assertThat(state.call("1.1").phase()).isEqualTo(CallPhase.QUEUED);
            assertThat(state.call("1.1").queue()).contains("500");
            leave("1.1", "AgentConnect", "7");

            QueueFigures today = state.queue("500").today();
            assertThat(today.offered()).isEqualTo(1);
            assertThat(today.answered()).isEqualTo(1);
            assertThat(today.leftOtherwise()).isZero();
            assertThat(today.averageWait()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void aCallerWhoComesBackWhileTheServerIsAskedWaitsSinceThen() {
        try (AmiState state = follow()) {
            join("1.1");
            lab.items("Status").add(Wire.status("PJSIP/trunk-1.1", "1.1", "1.1", ""));
            EventProbe<QueueChangedEvent> changes =
                    EventProbe.on(state.events(), QueueChangedEvent.class);
            lab.whenListed(
                    () -> {
                        about("QueueCallerLeave", "1.1", "7");
                        about("QueueCallerJoin", "1.1", "7");
                        changes.next(change -> change.queue().waiting() == 0);
                        changes.next(change -> change.queue().waiting() == 1);
                        lab.time.advance(Duration.ofSeconds(10));
                    });

            state.resynchronise();

            assertThat(state.queue("500").callers())
                    .singleElement()
                    .matches(caller -> caller.waitingSince().equals(StateLab.START));
            assertThat(state.queue("500").today().offered()).isEqualTo(2);
        }
    }

    @Test
    void aCallerWhoIsAnsweredAfterTheServerHasListedHimIsOfferedOnce() {
        try (AmiState state = follow()) {
            join("1.1");
            lab.items("Status").add(Wire.status("PJSIP/trunk-1.1", "1.1", "1.1", ""));
            lab.items("QueueStatus")
                    .add(
                            AmiMessage.of(
                                    "Event",
                                    "QueueEntry",
                                    "Queue",
                                    "500",
                                    "Uniqueid",
                                    "1.1",
                                    "Wait",
                                    "3"));
            lab.whenListed(
                    () -> {
                        about("QueueCallerLeave", "1.1", "7");
                        about("AgentConnect", "1.1", "7");
                    });

            state.resynchronise();

            QueueFigures today = state.queue("500").today();
            assertThat(today.offered()).isEqualTo(1);
            assertThat(today.answered()).isEqualTo(1);
            assertThat(state.queue("500").waiting()).isZero();
            assertThat(state.call("1.1").queue()).isEmpty();
        }
    }

    @Test
    void theLongestWaitTicks() {
        try (AmiState state = follow()) {
            join("1.1");
            lab.time.advance(Duration.ofSeconds(9));
            join("1.2");
            lab.time.advance(Duration.ofSeconds(4));

            assertThat(state.queue("500").waiting()).isEqualTo(2);
            assertThat(state.queue("500").longestWait()).isEqualTo(Duration.ofSeconds(13));
            leave("1.1", "QueueCallerAbandon", "13");
            assertThat(state.queue("500").longestWait()).isEqualTo(Duration.ofSeconds(4));
        }
    }

    @Test
    void theServiceLevelCountsThoseWhoGaveUp() {
        try (AmiState state = follow()) {
            join("1.1");
            leave("1.1", "AgentConnect", "20");
            join("1.2");
            leave("1.2", "AgentConnect", "21");
            join("1.3");
            leave("1.3", "QueueCallerAbandon", "30");
            join("1.4");
            leave("1.4", "", "60");

            QueueFigures today = state.queue("500").today();
            assertThat(today.serviceLevel()).hasValue(1.0 / 3);
            assertThat(today.abandoned()).isEqualTo(1);
            assertThat(today.leftOtherwise()).isEqualTo(1);
            assertThat(today.longestWait()).isEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    void anAnswerThatNobodyWaitedForIsNotCounted() {
        try (AmiState state = follow()) {
            join("1.1");
            leave("1.1", "AgentConnect", "7");
            about("AgentConnect", "1.1", "7");
            about("AgentConnect", "forged", "7");
            lab.settle();

            assertThat(state.queue("500").today().answered()).isEqualTo(1);
        }
    }

    @Test
    void aDayBeginsAtMidnightWhereThePbxIs() {
        // 10:00 in UTC is 15:30 there; its day ends at 18:30.
        lab.zone("+0530");
        try (AmiState state = follow()) {
            join("1.1");
            leave("1.1", "AgentConnect", "7");
            join("1.2");
            assertThat(state.queue("500").today().isComplete()).isFalse();
            lab.time.advance(Duration.ofHours(8).plusMinutes(29));
            assertThat(state.queue("500").today().answered()).isEqualTo(1);

            lab.time.advance(Duration.ofMinutes(1));

            QueueFigures today = state.queue("500").today();
            assertThat(today.since()).isEqualTo(Instant.parse("2026-11-21T18:30:00Z"));
            assertThat(today.answered()).isZero();
            assertThat(today.isComplete()).isTrue();
            // Who waits over midnight counts for the new day.
            assertThat(today.offered()).isEqualTo(state.queue("500").waiting());
        }
    }

    @Test
    void theZoneMayBeChosen() {
        lab.queue("500", 20);
        try (AmiState state =
                AmiState.builder(lab.client).zone(ZoneId.of("America/New_York")).follow()) {
            lab.time.advance(Duration.ofHours(19));

            assertThat(state.queue("500").today().since())
                    .isEqualTo(Instant.parse("2026-11-22T05:00:00Z"));
        }
    }

    @Test
    void membersAreShownAsExtensionsWithWhatTheyDo() {
        try (AmiState state = follow()) {
            member("QueueMemberAdded", "Local/200@from-queue/n", "Status", "1", "Paused", "0");
            member("QueueMemberAdded", "PJSIP/201", "Status", "2", "Paused", "0");
            member("QueueMemberAdded", "PJSIP/202", "Status", "6", "Paused", "0");
            member("QueueMemberAdded", "PJSIP/203", "Status", "5", "Paused", "1");
            member(
                    "QueueMemberAdded",
                    "Agent/9",
                    "Status",
                    "1",
                    "Paused",
                    "1",
                    "PausedReason",
                    "lunch",
                    "StateInterface",
                    "hint:204@ext-local");

            LiveQueue queue = state.queue("500");
            assertThat(queue.members())
                    .extracting(QueueMember::extension)
                    .containsExactly("200", "201", "202", "203", "204");
            assertThat(queue.agentsByState())
                    .isEqualTo(
                            Map.of(
                                    AgentState.AVAILABLE, 1,
                                    AgentState.BUSY, 1,
                                    AgentState.RINGING, 1,
                                    AgentState.UNAVAILABLE, 1,
                                    AgentState.PAUSED, 1));
            assertThat(queue.pausedByReason()).isEqualTo(Map.of("", 1, "lunch", 1));

            member("QueueMemberPause", "Agent/9", "Status", "1", "Paused", "0");
            assertThat(state.queue("500").pausedByReason()).isEqualTo(Map.of("", 1));
            member("QueueMemberRemoved", "Agent/9");
            assertThat(state.queue("500").members()).hasSize(4);
        }
    }

    @Test
    void callersWhoWaitAlreadyAreFoundWithTheirTime() {
        lab.items("Status").add(Wire.status("PJSIP/trunk-1", "1.1", "1.1", ""));
        lab.queue("500", 20);
        lab.items("QueueStatus")
                .add(
                        AmiMessage.of(
                                "Event",
                                "QueueEntry",
                                "Queue",
                                "500",
                                "Uniqueid",
                                "1.1",
                                "CallerIDNum",
                                "unknown",
                                "Wait",
                                "42"));
        try (AmiState state = AmiState.follow(lab.client)) {
            LiveQueue queue = state.queue("500");

            assertThat(queue.longestWait()).isEqualTo(Duration.ofSeconds(42));
            assertThat(queue.callers().get(0).number()).isEmpty();
            assertThat(queue.today().offered()).isEqualTo(1);
        }
    }
}
