package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.ChannelSnapshot;
import io.github.pbxsdk.ami.event.HangupEvent;
import io.github.pbxsdk.ami.event.MixMonitorStartEvent;
import io.github.pbxsdk.ami.event.MixMonitorStopEvent;
import io.github.pbxsdk.ami.event.VarSetEvent;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.recording.RecordingEnded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows which channels are recorded into which files, for one listener. Events of a client come one
 * at a time.
 */
final class RecordedChannels {

    private static final String FILE = "MIXMONITOR_FILENAME";

    /** More than a server has channels; what a lost event left behind goes in the end. */
    private static final int MOST_CHANNELS = 10_000;

    /** One-touch recording may start and stop often in one call. */
    private static final int MOST_FILES = 50;

    private final FeedListener<? super RecordingEnded> listener;
    private final Map<String, Recorded> channels = new LinkedHashMap<>();

    RecordedChannels(FeedListener<? super RecordingEnded> listener) {
        this.listener = listener;
    }

    /** The file that was named last, and those that recordings were started into. */
    private static final class Recorded {

        private String named = "";
        private final List<String> files = new ArrayList<>();
    }

    void see(AmiEvent event) throws Exception {
        if (event instanceof VarSetEvent set && set.variable().equals(FILE)) {
            recorded(set.channel()).named = set.value();
        } else if (event instanceof MixMonitorStartEvent start) {
            started(recorded(start.channel()));
        } else if (event instanceof MixMonitorStopEvent stop) {
            // It does not say which of several: all are looked at, and again at the end.
            tell(stop.channel(), recorded(stop.channel()));
        } else if (event instanceof HangupEvent hangup) {
            ended(hangup.channel());
        }
    }

    private Recorded recorded(ChannelSnapshot channel) {
        if (channels.size() >= MOST_CHANNELS) {
            channels.remove(channels.keySet().iterator().next());
        }
        return channels.computeIfAbsent(channel.uniqueId(), id -> new Recorded());
    }

    /** An inherited name belongs to the channel on which the recording was started. */
    private static void started(Recorded channel) {
        boolean isNews = !channel.named.isEmpty() && !channel.files.contains(channel.named);
        if (isNews && channel.files.size() < MOST_FILES) {
            channel.files.add(channel.named);
        }
    }

    private void ended(ChannelSnapshot channel) throws Exception {
        Recorded recorded = channels.remove(channel.uniqueId());
        if (recorded != null) {
            tell(channel, recorded);
        }
    }

    private void tell(ChannelSnapshot channel, Recorded recorded) throws Exception {
        for (String file : recorded.files) {
            RecordingEnded.Builder ended =
                    RecordingEnded.builder().file(file).uniqueid(channel.uniqueId());
            if (!channel.linkedId().isEmpty()) {
                ended.linkedid(channel.linkedId());
            }
            listener.onEvent(ended.build());
        }
    }

    void gap(GapEvent gap) throws Exception {
        listener.onGap(gap);
    }
}
