package io.github.pbxsdk.samples;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.state.AmiState;
import io.github.pbxsdk.ami.state.CallAppearedEvent;
import io.github.pbxsdk.ami.state.CallChangedEvent;
import io.github.pbxsdk.ami.state.CallEndedEvent;
import io.github.pbxsdk.ami.state.LiveCall;
import io.github.pbxsdk.ami.state.LiveChannel;
import io.github.pbxsdk.ami.state.LiveQueue;
import io.github.pbxsdk.ami.state.QueueChangedEvent;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.util.List;
import java.util.stream.Collectors;

/** Prints calls and queues each time they change; {@link AmiWatch} shows how it is started. */
final class LiveCalls {

    private final SampleContext sample;
    private final AmiState state;

    private LiveCalls(SampleContext sample, AmiState state) {
        this.sample = sample;
        this.state = state;
    }

    /** Prints what there is, and from then on what changes, until the client is closed. */
    static void show(SampleContext sample, AmiClient ami) {
        LiveCalls live = new LiveCalls(sample, AmiState.follow(ami));
        // Subscribe first, read then: nothing is missed.
        live.state.events().subscribe(CallAppearedEvent.class, event -> live.show(event.call()));
        live.state.events().subscribe(CallChangedEvent.class, event -> live.show(event.call()));
        live.state.events().subscribe(CallEndedEvent.class, event -> live.show(event.call()));
        live.state.events().subscribe(QueueChangedEvent.class, event -> live.show(event.queue()));
        live.state.queues().forEach(live::show);
        live.state.calls().forEach(live::show);
    }

    private void show(LiveCall call) {
        List<String> channels = call.channels().stream().map(LiveChannel::name).toList();
        String parties =
                call.parties().stream().map(LiveChannel::endpoint).collect(Collectors.joining(" - "));
        sample.print(
                JsonLine.of(
                        "call",
                        JsonLine.of("id", call.id())
                                .and("phase", call.phase().name())
                                .and("channels", channels)
                                .and("recorded", !call.recordings().isEmpty())),
                "call   " + call.id() + "  " + call.phase() + "  " + parties);
    }

    private void show(LiveQueue queue) {
        sample.print(
                JsonLine.of(
                        "queue",
                        JsonLine.of("name", queue.name())
                                .and("waiting", queue.waiting())
                                .and("longestWaitSeconds", queue.longestWait().toSeconds())
                                .and("answered", queue.today().answered())
                                .and("abandoned", queue.today().abandoned())),
                ("queue  " + queue.name() + "  " + queue.waiting() + " waiting, ")
                        + (queue.today().answered() + " answered, ")
                        + (queue.today().abandoned() + " gave up, agents " + queue.agentsByState()));
    }
}
