package io.github.pbxsdk.ami.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.AmiFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the methods of events make of the lines, where that is more than a text. */
class EventValuesTest {

    private static <E extends AmiEvent> E event(Class<E> type, String... namesAndValues) {
        String[] all = new String[namesAndValues.length + 2];
        all[0] = "Event";
        all[1] = type.getSimpleName().replaceFirst("Event$", "");
        System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
        return type.cast(AmiEvent.of(AmiFields.of(all)));
    }

    @Test
    void ringTimesAreTimesWhateverTheirUnitOnTheWire() {
        assertThat(event(AgentConnectEvent.class, "RingTime", "4").ringTime())
                .contains(Duration.ofSeconds(4));
        assertThat(event(AgentRingNoAnswerEvent.class, "RingTime", "4000").ringTime())
                .contains(Duration.ofSeconds(4));
    }

    @Test
    void zeroIsNotATime() {
        assertThat(event(QueueMemberPauseEvent.class, "LastCall", "0").lastCall()).isEmpty();
        assertThat(event(QueueMemberPauseEvent.class, "LastCall", "1795216012").lastCall())
                .contains(Instant.ofEpochSecond(1795216012));
    }

    @Test
    void unknownIsEmpty() {
        DialEndEvent event = event(DialEndEvent.class, "DestCallerIDNum", "<unknown>");

        assertThat(event.destination().callerIdNumber()).isEmpty();
        assertThat(event.fields().get("DestCallerIDNum")).isEqualTo("<unknown>");
    }

    @Test
    void aWordThatNobodyKnowsIsOtherAndStaysReachable() {
        DialEndEvent event = event(DialEndEvent.class, "DialStatus", "SHINY");

        assertThat(event.dialStatus()).isEqualTo(DialStatus.OTHER);
        assertThat(event.fields().get("DialStatus")).isEqualTo("SHINY");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_INUSE, NOT_IN_USE",
        "1, NOT_IN_USE",
        "Not in use, NOT_IN_USE",
        "RINGINUSE, RINGING_IN_USE",
        "7, RINGING_IN_USE",
        "On Hold, ON_HOLD",
        "5, UNAVAILABLE",
        "nonsense, OTHER",
        "'', OTHER"
    })
    void deviceStatesHaveThreeSpellings(String word, DeviceState state) {
        assertThat(DeviceState.of(word)).isEqualTo(state);
    }

    @Test
    void eventsAboutTwoChannelsHaveBoth() {
        DialBeginEvent event =
                event(
                        DialBeginEvent.class,
                        "DestChannel",
                        "PJSIP/102-1",
                        "DestChannelState",
                        "5",
                        "DestChannelStateDesc",
                        "Ringing",
                        "DestUniqueid",
                        "1.2",
                        "DestPriority",
                        "3",
                        "DestChanVariable",
                        "A=b=c",
                        "DestChanVariable",
                        "EMPTY=");

        assertThat(event.channel().isPresent()).isFalse();
        assertThat(event.destination().isPresent()).isTrue();
        assertThat(event.destination().name()).isEqualTo("PJSIP/102-1");
        assertThat(event.destination().state()).isEqualTo(ChannelState.RINGING);
        assertThat(event.destination().uniqueId()).isEqualTo("1.2");
        assertThat(event.destination().priority()).hasValue(3);
        assertThat(event.destination().variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "b=c", "EMPTY", ""));
        assertThat(event.chanVariables()).isEmpty();
    }

    @Test
    void channelVariablesMayNameTheirChannel() {
        OriginateResponseEvent event =
                event(
                        OriginateResponseEvent.class,
                        "Response",
                        "Failure",
                        "Reason",
                        "5",
                        "ChanVariable(Local/echo@default-0;1)",
                        "FOO=bar");

        assertThat(event.chanVariables()).containsExactly(Map.entry("FOO", "bar"));
        assertThat(event.answered()).isFalse();
        assertThat(event.reason()).isEqualTo(OriginateReason.BUSY);
    }

    @Test
    void hangupCausesKeepEveryNumber() {
        assertThat(event(HangupEvent.class, "Cause", "16", "Cause-txt", "Normal Clearing").cause())
                .isEqualTo(HangupCause.NORMAL_CLEARING);
        assertThat(event(HangupEvent.class, "Cause", "999").cause().code()).isEqualTo(999);
        assertThat(event(HangupEvent.class).cause()).isEqualTo(HangupCause.UNKNOWN);
        assertThat(HangupCause.of(999).text()).isEqualTo("999");
        assertThat(HangupCause.USER_BUSY).hasToString("17 User busy");
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', DOWN",
        "6, Up, UP",
        "9, '', PRE_RING",
        "'', Ringing, RINGING",
        "'', Dialing Offhook, DIALING_OFF_HOOK",
        "10, Mute, OTHER",
        "'', '', OTHER",
        "x, '', OTHER"
    })
    void channelStatesAreReadByNumberOrWords(String number, String text, ChannelState state) {
        AmiFields fields = AmiFields.of("ChannelState", number, "ChannelStateDesc", text);

        assertThat(ChannelSnapshot.of(fields).state()).isEqualTo(state);
    }

    @Test
    void mediaReportsAreReadByTheirNumbers() {
        AmiEvent event =
                AmiEvent.of(
                        AmiFields.of(
                                "Event", "RTCPSent",
                                "SentNTP", "1795219583.855108",
                                "Report0SourceSSRC", "0xa35a088d",
                                "Report0IAJitter", "3",
                                "Report1SourceSSRC", "0xff",
                                "Report1FractionLost", "9"));
        RtcpSentEvent sent = (RtcpSentEvent) event;

        assertThat(sent.reports()).extracting(RtcpReport::number).containsExactly(0, 1);
        assertThat(sent.reports().get(0).jitter()).hasValue(3);
        assertThat(sent.reports().get(1).fractionLost()).hasValue(9);
        assertThat(sent.sentNtp()).contains(Instant.parse("2026-11-21T00:06:23.855108Z"));
    }

    @Test
    void securityEventsHaveTheirTimeWithMilliseconds() {
        assertThat(
                        event(SuccessfulAuthEvent.class, "EventTV", "2026-11-21T00:05:40.373+0000")
                                .eventTime())
                .contains(Instant.parse("2026-11-21T00:05:40.373Z"));
    }

    @Test
    void theClockOfChannelsMayPassADay() {
        assertThat(event(CoreShowChannelEvent.class, "Duration", "30:00:01").duration())
                .contains(Duration.ofHours(30).plusSeconds(1));
    }

    @Test
    void chargesAreNestedInTheirNames() {
        AocDEvent event =
                (AocDEvent)
                        AmiEvent.of(
                                AmiFields.of(
                                        "Event", "AOC-D",
                                        "Charge/Type", "Currency",
                                        "Charge/Currency/Name", "EUR",
                                        "Charge/Currency/Cost", "25"));

        assertThat(event.chargeType()).isEqualTo(AocChargeType.CURRENCY);
        assertThat(event.currency()).isEqualTo("EUR");
        assertThat(event.cost()).hasValue(25);
    }

    @Test
    void serverTimeStampsHaveMicroseconds() {
        assertThat(event(HangupEvent.class, "Timestamp", "1795216038.935731").timestamp())
                .contains(Instant.parse("2026-11-20T23:07:18.935731Z"));
        assertThat(event(HangupEvent.class).timestamp()).isEmpty();
    }

    @Test
    void aListMayEndWithoutSayingSo() {
        AmiEvent old = AmiEvent.of(AmiFields.of("Event", "StatusComplete", "Items", "4"));
        AmiEvent vendor = AmiEvent.of(AmiFields.of("Event", "Vendor", "EventList", "Cancelled"));
        AmiEvent item = AmiEvent.of(AmiFields.of("Event", "Status"));

        assertThat(ListCompletionEvent.ends(old)).isTrue();
        assertThat(ListCompletionEvent.ends(vendor)).isTrue();
        assertThat(ListCompletionEvent.ends(item)).isFalse();
    }
}
