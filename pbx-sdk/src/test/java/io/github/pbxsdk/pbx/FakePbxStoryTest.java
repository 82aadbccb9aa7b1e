package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.event.AgentCalledEvent;
import io.github.pbxsdk.ami.event.AgentConnectEvent;
import io.github.pbxsdk.ami.event.CdrEvent;
import io.github.pbxsdk.ami.event.ChannelSnapshot;
import io.github.pbxsdk.ami.event.ChannelState;
import io.github.pbxsdk.ami.event.DialEndEvent;
import io.github.pbxsdk.ami.event.NewChannelEvent;
import io.github.pbxsdk.ami.event.NewStateEvent;
import io.github.pbxsdk.ami.event.QueueCallerJoinEvent;
import io.github.pbxsdk.ami.state.AmiState;
import io.github.pbxsdk.ami.state.CallEndedEvent;
import io.github.pbxsdk.ari.event.ChannelCreatedEvent;
import io.github.pbxsdk.ari.event.ChannelDestroyedEvent;
import io.github.pbxsdk.core.call.CallDisposition;
import io.github.pbxsdk.core.call.CallRecord;
import io.github.pbxsdk.core.call.CallRecordQuery;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.testing.CallScenario;
import io.github.pbxsdk.testing.EventProbe;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.OnFakePbx;
import io.github.pbxsdk.testing.PlayedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story of {@link FakePbx}, as the clients see it. */
@ExtendWith(OnFakePbx.class)
class FakePbxStoryTest {

    private static final CallScenario TRANSFERRED =
            CallScenario.of("call to 1002, answered after 2 s, transferred to 1003, recorded");

    private static FakePbx start(String release) {
        return release.equals("16") ? FakePbx.asterisk16() : FakePbx.asterisk22();
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "22"})
    void aCallShowsOnAmiWithThosePeopleOfItsScenario(String release) {
        try (FakePbx fake = start(release);
                Pbx pbx = Pbx.from(fake.settings())) {
            EventProbe<NewChannelEvent> channels =
                    EventProbe.on(pbx.ami().events(), NewChannelEvent.class);

            PlayedCall played = fake.play(TRANSFERRED);

            ChannelSnapshot caller = channels.next().channel();
            assertThat(caller.uniqueId()).isEqualTo(played.uniqueId());
            assertThat(caller.name()).startsWith("PJSIP/1001-");
            assertThat(channels.next().channel().name()).startsWith("PJSIP/1002-");
            assertThat(channels.next().channel().name()).startsWith("PJSIP/1003-");
        }
    }

    @Test
    void theLiveStateOfAClientFollowsACall(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings());
                AmiState state = AmiState.follow(pbx.ami())) {
            EventProbe<CallEndedEvent> ended = EventProbe.on(state.events(), CallEndedEvent.class);

            PlayedCall played = fake.play(TRANSFERRED);

            assertThat(ended.next().call().id()).isEqualTo(played.linkedId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "22"})
    void aRecordedCallLeavesItsRecordsAndItsSound(String release) {
        try (FakePbx fake = start(release);
                Pbx pbx = Pbx.from(fake.settings())) {
            PlayedCall played = fake.play(TRANSFERRED);

            assertThat(records(pbx))
                    .hasSize(2)
                    .allMatch(record -> record.disposition() == CallDisposition.ANSWERED);
            assertThat(pbx.ari().storedRecordings().list())
                    .extracting(recording -> recording.name() + ".wav")
                    .containsExactly(played.recordingFile().orElseThrow());
        }
    }

    private static List<CallRecord> records(Pbx pbx) {
        Instant now = Instant.now();
        CallRecordQuery lastHour =
                CallRecordQuery.between(
                                now.minus(Duration.ofHours(1)), now.plus(Duration.ofMinutes(1)))
                        .build();
        try (Stream<CallRecord> found = pbx.freepbx().callRecords().stream(lastHour)) {
            return found.toList();
        }
    }

    @Test
    void twoCallsHaveNothingInCommon(FakePbx fake) {
        PlayedCall first = fake.play(CallScenario.call("1001", "1002").recorded());
        PlayedCall second = fake.play(CallScenario.call("1001", "1002").recorded());

        assertThat(first.linkedId()).isNotEqualTo(second.linkedId());
        assertThat(first.recordingFile()).isPresent().isNotEqualTo(second.recordingFile());
    }

    @Test
    void itRingsAsLongAsTheScenarioSays(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            EventProbe<CdrEvent> records = EventProbe.on(pbx.ami().events(), CdrEvent.class);

            PlayedCall played = fake.play(CallScenario.of("call to 1002, answered after 45 s"));

            assertThat(played.records().get(0)).containsEntry("billsec", "4");
            assertThat(Integer.parseInt(played.records().get(0).get("duration"))).isBetween(48, 50);
            assertThat(records.next().fields().get("Duration"))
                    .isEqualTo(played.records().get(0).get("duration"));
        }
    }

    @Test
    void whoIsBusyIsBusyOnAmiAndInTheRecord(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            EventProbe<DialEndEvent> dials = EventProbe.on(pbx.ami().events(), DialEndEvent.class);

            PlayedCall played = fake.play(CallScenario.of("call from 1003 to 1001, busy"));

            assertThat(dials.next().fields().get("DialStatus")).isEqualTo("BUSY");
            assertThat(played.records().get(0))
                    .containsEntry("disposition", "BUSY")
                    .containsEntry("src", "1003")
                    .containsEntry("dst", "1001");
        }
    }

    @Test
    void aCallShowsOnAriUnderTheNameOfTheApplication(FakePbx fake) {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            EventProbe<ChannelCreatedEvent> created =
                    EventProbe.on(pbx.ari().events(), ChannelCreatedEvent.class);
            EventProbe<ChannelDestroyedEvent> destroyed =
                    EventProbe.on(pbx.ari().events(), ChannelDestroyedEvent.class);
            pbx.ari().connect();

            PlayedCall played = fake.play(CallScenario.call("1001", "1002"));

            ChannelCreatedEvent first = created.next();
            assertThat(first.application()).isEqualTo("pbx-sdk");
            assertThat(first.channel().id()).isEqualTo(played.uniqueId());
            assertThat(destroyed.next().channel().name()).startsWith("PJSIP/100");
        }
    }

    @Test
    void inRealTimeItTakesAsLongAsItRings(FakePbx fake) {
        long begin = System.nanoTime();

        fake.play(CallScenario.call("1001", "1002").notAnswered());
        Duration atOnce = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(atOnce).isLessThan(Duration.ofSeconds(5));
        begin = System.nanoTime();
        fake.play(CallScenario.call("1001", "1002").givenUp().inRealTime());
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16", "22"})
    void aQueueRingsItsAgentsOneAfterTheOther(String release) {
        try (FakePbx fake = start(release);
                Pbx pbx = Pbx.from(fake.settings());
                EventProbe<QueueCallerJoinEvent> callers =
                        EventProbe.on(pbx.ami().events(), QueueCallerJoinEvent.class);
                EventProbe<AgentCalledEvent> called =
                        EventProbe.on(pbx.ami().events(), AgentCalledEvent.class);
                EventProbe<AgentConnectEvent> connected =
                        EventProbe.on(pbx.ami().events(), AgentConnectEvent.class)) {
            PlayedCall played =
                    fake.play(
                            CallScenario.of(
                                    "call to queue 700, not answered by 1003, answered by 1002"));

            assertThat(callers.next().fields().get("Queue")).isEqualTo("700");
            assertThat(called.next().fields().get("Interface")).isEqualTo("PJSIP/1003");
            assertThat(called.next().fields().get("Interface")).isEqualTo("PJSIP/1002");
            assertThat(connected.next().fields().get("Interface")).isEqualTo("PJSIP/1002");
            assertThat(played.records())
                    .extracting(row -> row.get("dst"))
                    .containsExactly("700", "700");
        }
    }

    @Test
    void aQueueIsAnsweredByItsSecondAgentAndNothingElseHappens(FakePbx fake) {
        CallScenario queue = CallScenario.queue("1001", "500");

        assertThatThrownBy(() -> fake.play(queue.recorded()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("queue");
        assertThatThrownBy(() -> queue.transferredTo("1002"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("queue");
        assertThatThrownBy(() -> CallScenario.of("call to queue 500, busy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("busy");
        assertThatThrownBy(() -> CallScenario.call("1001", "1002").answeredBy("1003"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("queue(...)");
    }

    @Test
    void closingItEndsACallThatIsBeingPlayed() {
        FakePbx fake = FakePbx.asterisk22();
        CallScenario slow = CallScenario.of("call to 1002, answered after 60 s").inRealTime();
        try (Pbx pbx = Pbx.from(fake.settings())) {
            EventProbe<NewStateEvent> states =
                    EventProbe.on(pbx.ami().events(), NewStateEvent.class);
            CompletableFuture<PlayedCall> played =
                    CompletableFuture.supplyAsync(() -> fake.play(slow));
            states.next(event -> event.channel().state().equals(ChannelState.RINGING));

            fake.close();

            assertThat(played)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class)
                    .withMessage("closed while a call was played");
        }
    }

    @Test
    void whoIsNotAnsweredCannotBeTransferred(FakePbx fake) {
        CallScenario odd = CallScenario.of("call to 1002, busy, transferred to 1003");

        assertThatThrownBy(() -> fake.play(odd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not answered");
    }

    @Test
    void anUnknownPartOfAScriptIsNamed() {
        assertThatThrownBy(() -> CallScenario.of("call to 1002, answerd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("answerd");
        assertThatThrownBy(() -> CallScenario.of("phone 1002"))
                .hasMessageContaining("call to 1002");
    }

    @Test
    void aTextThatAnExtensionSendsShowsOnAmiAndAri(FakePbx fake) throws Exception {
        try (Pbx pbx = Pbx.from(fake.settings())) {
            CompletableFuture<TextMessage> onAmi = new CompletableFuture<>();
            CompletableFuture<TextMessage> onAri = new CompletableFuture<>();
            pbx.texts().by(TextRoad.AMI).subscribe(onAmi::complete);
            pbx.ari().connect();
            pbx.texts().by(TextRoad.ARI).subscribe(onAri::complete);

            pbx.texts().by(TextRoad.SIP).send(text("1002", "Door 4 \"open\" ☎"));

            assertThat(onAmi.get(10, TimeUnit.SECONDS).text()).isEqualTo("Door 4 \"open\" ☎");
            assertThat(onAri.get(10, TimeUnit.SECONDS).text()).isEqualTo("Door 4 \"open\" ☎");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AMI", "ARI"})
    void aTextThatIsSentOverAmiOrAriReachesTheExtension(String road) throws Exception {
        try (FakePbx fake = FakePbx.asterisk22();
                Pbx pbx = Pbx.from(fake.settings())) {
            CompletableFuture<TextMessage> arrived = new CompletableFuture<>();
            pbx.register();
            pbx.sip().onMessage(arrived::complete);

            pbx.texts().by(TextRoad.valueOf(road)).send(text("1001", "Hello"));

            assertThat(arrived.get(10, TimeUnit.SECONDS).text()).isEqualTo("Hello");
        }
    }

    private static TextMessage text(String to, String words) {
        return TextMessage.to(Address.extension(to))
                .from(Address.extension("1001"))
                .text(words)
                .build();
    }
}
