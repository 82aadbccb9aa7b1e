package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.CallRecordEvent;
import io.github.pbxsdk.ami.event.RtcpEvent;
import io.github.pbxsdk.ami.event.SecurityEvent;
import io.github.pbxsdk.ami.event.TestEvent;
import io.github.pbxsdk.ami.event.VarSetEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of everything, and what happened since it was asked for. Its owner guards it. */
final class Round {

    /** A server that sends more than this before it has answered is asked again later. */
    private static final int MOST_EVENTS = 100_000;

    /** How many events had come when it began. */
    final long began;

    private final List<Entry> events = new ArrayList<>();
    private @Nullable ServerLists lists;
    private boolean cancelled;

    Round(long began) {
        this.began = began;
    }

    /**
     * An event that came meanwhile.
     *
     * @param applied whether it is in the picture already, which was current then
     */
    record Entry(AmiEvent event, boolean applied) {}

    /** Keeps an event; returns false if there are too many. */
    boolean keep(AmiEvent event, boolean applied) {
        if (matters(event)) {
            events.add(new Entry(event, applied));
        }
        return events.size() <= MOST_EVENTS;
    }

    private static boolean matters(AmiEvent event) {
        if (event instanceof VarSetEvent variable) {
            return variable.variable().equals(ServiceTable.RECORDING_FILE);
        }
        return !(event instanceof RtcpEvent
                || event instanceof SecurityEvent
                || event instanceof CallRecordEvent
                || event instanceof TestEvent);
    }

    List<Entry> events() {
        return events;
    }

    /** Returns what has told of a file to record into meanwhile. */
    List<VarSetEvent> recordingFiles() {
        return events.stream()
                .map(Entry::event)
                .filter(VarSetEvent.class::isInstance)
                .map(VarSetEvent.class::cast)
                .toList();
    }

    /** Notes what was asked, so that it can be given up. */
    void asked(ServerLists value) {
        lists = value;
        if (cancelled) {
            value.cancel();
        }
    }

    void cancel() {
        cancelled = true;
        if (lists != null) {
            lists.cancel();
        }
    }
}
