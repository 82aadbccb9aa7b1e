package io.github.pbxsdk.samples;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.ari.event.ChannelEvent;
import io.github.pbxsdk.ari.event.OtherAriEvent;
import io.github.pbxsdk.ari.model.Channel;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Shows the events of the whole server, live, as an application that takes no calls. */
public final class AriEvents {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("ari-events", "shows the events of the REST interface, live")
                    .needs(PbxSetting.ARI_URL, PbxSetting.ARI_USER, PbxSetting.ARI_PASSWORD)
                    .option("application", "NAME", "the application to hear as", "pbx-sdk-events")
                    .option("events", "A,B", "only events of these types")
                    .option("for", "TIME", "how long to watch", "10s")
                    .onFakePbx(AriEvents::callSomebody)
                    .running(AriEvents::run);

    private final SampleContext sample;
    private final Set<String> wanted;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();

    private AriEvents(SampleContext sample) {
        this.sample = sample;
        this.wanted =
                sample.findOption("events").stream()
                        .flatMap(types -> Arrays.stream(types.split(",")))
                        .map(String::strip)
                        .collect(Collectors.toSet());
    }

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    /** What there is to see where no settings are given. */
    private static void callSomebody(FakePbx pbx) {
        pbx.ari().awaitSockets(1);
        pbx.play(CallScenario.of("call to 1002, answered after 2 s").inRealTime());
    }

    private static void run(SampleContext sample) throws Exception {
        new AriEvents(sample).watch();
    }

    private void watch() throws Exception {
        AriClient.Builder builder =
                AriClient.builder()
                        .baseUri(sample.get(PbxSetting.ARI_URL))
                        .credentials(
                                Credentials.of(
                                        sample.get(PbxSetting.ARI_USER),
                                        sample.get(PbxSetting.ARI_PASSWORD)))
                        .application(sample.option("application"))
                        .subscribeAll();

        try (AriClient ari = builder.build()) {
            // Subscribe first, connect then: nothing is missed.
            ari.events().subscribe(AriEvent.class, this::show);
            ari.events().subscribe(GapEvent.class, gap -> gaps.incrementAndGet());
            ari.events().subscribe(ConnectionEvent.class, this::count);
            ari.connect();
            sample.say("watching " + ari.server());
            sample.waitFor("for");
        }
        summarise();
    }

    private void show(AriEvent event) {
        if (!wanted.isEmpty() && !wanted.contains(event.type())) {
            return;
        }
        received.incrementAndGet();
        List<String> channels =
                event instanceof ChannelEvent about
                        ? about.channels().stream().map(Channel::name).toList()
                        : List.of();
        sample.print(
                JsonLine.of("event", event.type())
                        .and("known", !(event instanceof OtherAriEvent))
                        .and("channels", channels)
                        .and("members", event.raw().names()),
                event.type() + (channels.isEmpty() ? "" : "  " + String.join(", ", channels)));
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
                                .and("gaps", gaps.get())
                                .and("reconnects", reconnects)),
                received + " events, " + gaps + " gaps, " + reconnects + " reconnects");
    }
}
