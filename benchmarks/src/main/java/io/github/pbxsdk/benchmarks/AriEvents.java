package io.github.pbxsdk.benchmarks;

import ch.loway.oss.ari4java.generated.models.Event;
import ch.loway.oss.ari4java.generated.models.Message;
import io.github.pbxsdk.ari.AriObject;
import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.ari.event.ChannelEvent;
import io.github.pbxsdk.ari.model.Channel;
import java.util.List;

/** Recorded events made into typed ones, of which the usual members are looked at. */
public final class AriEvents implements Benchmark {

    @Override
    public String name() {
        return "ari-events";
    }

    @Override
    public String what() {
        return "ARI events decoded, typed, their time and channels read";
    }

    @Override
    public String operations() {
        return "events";
    }

    @Override
    public String peer() {
        return "ari4java 0.18.0";
    }

    @Override
    public Workload open(Side side, String address) throws Exception {
        List<String> events = RecordedAriEvents.load();
        return side == Side.OURS
                ? new Replay(events, AriEvents::ours)
                : new Replay(events, AriEvents::peers);
    }

    private static void ours(String text) {
        AriEvent event = AriEvent.of(AriObject.parse(text));
        Sink.keep(event.timestamp());
        if (event instanceof ChannelEvent about) {
            for (Channel channel : about.channels()) {
                Sink.keep(channel.id());
                Sink.keep(channel.name());
                Sink.keep(channel.state());
                Sink.keep(channel.caller().number());
            }
        }
    }

    /** It has read all of it by then. */
    private static void peers(String text) throws Exception {
        Message event = RecordedAriEvents.readByThePeer(text);
        Sink.keep(event instanceof Event known ? known.getTimestamp() : event);
    }

    /** Hands events to whoever reads them, one after the other. */
    private record Replay(List<String> events, Reader reader) implements Workload {

        @Override
        public void run(long operations) throws Exception {
            for (long i = 0; i < operations; i++) {
                reader.read(events.get((int) (i % events.size())));
            }
        }
    }

    /** Reads one event. */
    private interface Reader {

        void read(String event) throws Exception;
    }
}
