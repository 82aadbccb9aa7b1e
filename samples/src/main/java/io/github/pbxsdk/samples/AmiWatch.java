package io.github.pbxsdk.samples;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.ChannelSnapshot;
import io.github.pbxsdk.ami.state.AmiState;
import io.github.pbxsdk.ami.state.CallAppearedEvent;
import io.github.pbxsdk.ami.state.CallChangedEvent;
import io.github.pbxsdk.ami.state.CallEndedEvent;
import io.github.pbxsdk.ami.state.LiveCall;
import io.github.pbxsdk.ami.state.LiveChannel;
import io.github.pbxsdk.ami.state.LiveQueue;
import io.github.pbxsdk.ami.state.QueueChangedEvent;
import io.github.pbxsdk.core.ConnectionState;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.event.ConnectionEvent;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import io.github.pbxsdk.testing.CallScenario;
import io.github.pbxsdk.testing.FakePbx;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Shows what happens on the PBX, live. */
public final class AmiWatch {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("ami-watch", "shows what happens on the PBX, live")
                    .needs(PbxSetting.AMI_HOST, PbxSetting.AMI_USER, PbxSetting.AMI_SECRET)
                    .uses(PbxSetting.AMI_PORT)
                    .option("events", "A,B", "only events of these names")
                    .option("for", "TIME", "how long to watch", "10s")
                    .flag("live", "calls and queues instead of events")
                    .onFakePbx(AmiWatch::callSomebody)
                    .running(AmiWatch::run);

    private final SampleContext sample;
    private final Set<String> wanted;
    private final boolean live;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final Map<String, String> shown = new ConcurrentHashMap<>();

    private AmiWatch(SampleContext sample) {
        this.sample = sample;
        this.live = sample.flag("live");
        this.wanted =
                sample.findOption("events").stream()
                        .flatMap(names -> Arrays.stream(names.split(",")))
                        .map(String::strip)
                        .collect(Collectors.toSet());
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws Exception {
        new AmiWatch(sample).watch();
    }

    /** What there is to see where no settings are given. */
    private static void callSomebody(FakePbx pbx) {
        pbx.ami().awaitLogins(1);
        pbx.play(CallScenario.of("call to 1002, answered after 2 s, recorded").inRealTime());
        pbx.play(CallScenario.queue("1001", "500").inRealTime());
    }

    private void watch() throws Exception {
        AmiClient.Builder builder =
                AmiClient.builder()
                        .host(sample.get(PbxSetting.AMI_HOST))
                        .credentials(
                                Credentials.of(
                                        sample.get(PbxSetting.AMI_USER),
                                        sample.get(PbxSetting.AMI_SECRET)));
        sample.find(PbxSetting.AMI_PORT).map(Integer::valueOf).ifPresent(builder::port);

        try (AmiClient ami = builder.build()) {
            // Subscribe first, connect then: nothing is missed.
            ami.events().subscribe(AmiEvent.class, this::show);
            ami.events().subscribe(GapEvent.class, this::count);
            ami.events().subscribe(ConnectionEvent.class, this::count);
            ami.connect();
            sample.say("watching " + ami.server());

            if (live) {
                showLive(AmiState.follow(ami));
            }
            sample.waitFor("for");
        }
        summarise();
    }

    private void show(AmiEvent event) {
        if (!wanted.isEmpty() && !wanted.contains(event.name())) {
            return;
        }
        received.incrementAndGet();
        if (live) {
            return;
        }
        List<List<String>> fields =
                event.fields().asList().stream()
                        .map(field -> List.of(field.name(), field.value()))
                        .toList();
        ChannelSnapshot channel = ChannelSnapshot.of(event.fields());
        sample.print(
                JsonLine.of("event", event.name()).and("fields", fields),
                event.name() + (channel.name().isEmpty() ? "" : "  " + channel.name()));
    }

    /** Prints what there is, and from then on what changes, until the client is closed. */
    private void showLive(AmiState state) {
        // Subscribe first, read then: nothing is missed.
        state.events().subscribe(CallAppearedEvent.class, event -> show(event.call()));
        state.events().subscribe(CallChangedEvent.class, event -> show(event.call()));
        state.events().subscribe(CallEndedEvent.class, event -> show(event.call()));
        state.events().subscribe(QueueChangedEvent.class, event -> show(event.queue()));
        sample.say(state.calls().size() + " calls, " + state.queues().size() + " queues");
        state.queues().forEach(this::show);
        state.calls().forEach(this::show);
    }

    private void show(LiveCall call) {
        List<String> channels = call.channels().stream().map(LiveChannel::name).toList();
        boolean recorded = !call.recordings().isEmpty();
        String parties =
                call.parties().stream()
                        .map(LiveChannel::endpoint)
                        .collect(Collectors.joining(" - "));
        showChange(
                call.id(),
                JsonLine.of(
                        "call",
                        JsonLine.of("id", call.id())
                                .and("phase", call.phase().name())
                                .and("channels", channels)
                                .and("recorded", recorded)),
                ("call   " + call.id() + "  " + call.phase() + "  " + parties)
                        + (recorded ? "  recorded" : ""));
    }

    private void show(LiveQueue queue) {
        showChange(
                queue.name(),
                JsonLine.of(
                        "queue",
                        JsonLine.of("name", queue.name())
                                .and("waiting", queue.waiting())
                                .and("longestWaitSeconds", queue.longestWait().toSeconds())
                                .and("answered", queue.today().answered())
                                .and("abandoned", queue.today().abandoned())),
                ("queue  " + queue.name() + "  " + queue.waiting() + " waiting, ")
                        + (queue.today().answered() + " answered, ")
                        + (queue.today().abandoned()
                                + " gave up, agents "
                                + queue.agentsByState()));
    }

    /** Some changes, such as a name that is known now, show in neither form. */
    private void showChange(String what, JsonLine line, String words) {
        String now = line + words;
        if (!now.equals(shown.put(what, now))) {
            sample.print(line, words);
        }
    }

    private void count(GapEvent gap) {
        gaps.incrementAndGet();
        dropped.addAndGet(gap.lost().orElse(0));
    }

    private void count(ConnectionEvent change) {
        if (change.state() == ConnectionState.CONNECTED) {
            connections.incrementAndGet();
        }
    }

    private void summarise() {
        long reconnects = Math.max(0, connections.get() - 1);
        sample.print(
                JsonLine.of(
                        "summary",
                        JsonLine.of("received", received.get())
                                .and("dropped", dropped.get())
                                .and("gaps", gaps.get())
                                .and("reconnects", reconnects)),
                received + " events, " + gaps + " gaps, " + reconnects + " reconnects");
    }
}
