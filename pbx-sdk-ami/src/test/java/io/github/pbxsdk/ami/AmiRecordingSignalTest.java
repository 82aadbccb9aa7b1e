package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.HangupEvent;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.recording.RecordingEnded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded calls of real servers, and when their recordings ended. */
class AmiRecordingSignalTest {

    private final List<RecordingEnded> told = new ArrayList<>();
    private final List<GapEvent> gaps = new ArrayList<>();
    private final RecordedChannels channels =
            new RecordedChannels(
                    new FeedListener<>() {
                        @Override
                        public void onEvent(RecordingEnded ended) {
                            told.add(ended);
                        }

                        @Override
                        public void onGap(GapEvent gap) {
                            gaps.add(gap);
                        }
                    });

    private static List<AmiEvent> events(String call) {
        RecordedSession session =
                RecordedSession.all()
                        .filter(one -> one.file().toString().replace('\\', '/').contains(call))
                        .findFirst()
                        .orElseThrow();
        return RecordedEvents.of(session).toList();
    }

    private void play(List<AmiEvent> events) throws Exception {
        for (AmiEvent event : events) {
            channels.see(event);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "calls/22.10.1/08a-, internal-102-101-20261121-000656-1795219616.39.wav",
        "calls/16.28.0/08a-, internal-102-101-20261121-000656-1795219616.168.wav",
        "calls/22.10.1/08d-, internal-102-101-20261121-001534-1795220134.159.wav",
        "calls/16.28.0/08d-, internal-102-101-20261121-001535-1795220135.718.wav",
        "freepbx16/calls/01-internal-recorded/,"
                + " internal-1002-1001-20261120-235623-1795218983.10.wav",
        "freepbx16/calls/01b-internal-recorded-all-on/,"
                + " internal-1002-1001-20261121-001609-1795220169.136.wav",
        "freepbx16/calls/04-ring-group/, rg-602-2000-20261120-235810-1795219090.21.wav",
        "freepbx16/calls/06-blind-transfer/,"
                + " external-1002-15559990001-20261120-235951-1795219191.26.wav",
        "freepbx16/calls/08-click-to-call/,"
                + " internal-1002-1001-20261121-001205-1795219924.105.wav",
        "freepbx16/calls/08b-click-to-call-direct/,"
                + " internal-1002-1001-20261121-001215-1795219934.109.wav",
        "freepbx16/calls/08c-click-to-call-voicemail-trap/,"
                + " internal-1002-1001-20261121-001224-1795219944.111.wav"
    })
    void endsOnceWithTheChannelThatWasRecorded(String call, String file) throws Exception {
        List<AmiEvent> events = events(call);
        String uniqueid = file.substring(file.lastIndexOf('-') + 1, file.length() - 4);
        int hangup = hangup(events, uniqueid);

        play(events.subList(0, hangup));
        assertThat(told).as("before the channel has ended").isEmpty();
        play(events.subList(hangup, events.size()));

        assertThat(told)
                .singleElement()
                .satisfies(
                        ended -> {
                            assertThat(ended.file().orElseThrow()).endsWith("/" + file);
                            assertThat(ended.uniqueid()).contains(uniqueid);
                            assertThat(ended.linkedid()).isPresent();
                        });
    }

    private static int hangup(List<AmiEvent> events, String uniqueid) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof HangupEvent hangup
                    && hangup.channel().uniqueId().equals(uniqueid)) {
                return i;
            }
        }
        throw new AssertionError("no hang-up of " + uniqueid);
    }

    @ParameterizedTest
    @CsvSource({
        "freepbx16/calls/02-did-ivr-extension/",
        "freepbx16/calls/07-unregistered-voicemail/",
        "calls/22.10.1/01-"
    })
    void ofACallThatWasNotRecordedNothingIsTold(String call) throws Exception {
        List<AmiEvent> events = events(call);
        play(events);

        assertThat(events).hasAtLeastOneElementOfType(HangupEvent.class);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"calls/22.10.1/08b-", "calls/16.28.0/08b-"})
    void oneThatWasStoppedIsToldOfThenAndAtTheEnd(String call) throws Exception {
        play(events(call));

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isEqualTo(told.get(1));
    }

    @Test
    void aGapIsPassedOn() throws Exception {
        GapEvent gap = GapEvent.ofConnection("ami", Instant.EPOCH, Instant.EPOCH.plusSeconds(1));

        channels.gap(gap);

        assertThat(gaps).containsExactly(gap);
    }
}
