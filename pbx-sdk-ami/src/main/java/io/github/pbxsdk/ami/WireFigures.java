package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.ClientFigures;
import io.github.pbxsdk.core.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what goes over the wire of one client, if anybody looks. */
final class WireFigures implements AutoCloseable {

    private final boolean wanted;
    private final Time time;
    private final LongAdder actions = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder pings = new LongAdder();
    private volatile long roundTrip;
    private final List<Subscription> watched;

    WireFigures(String source, PbxResources resources) {
        ClientFigures client = new ClientFigures(source, resources);
        this.wanted = client.wanted();
        this.time = resources.time();
        this.watched =
                List.of(
                        client.watch(AmiMetrics.ACTIONS, actions::sum),
                        client.watch(AmiMetrics.ANSWERS, answers::sum),
                        client.watch(AmiMetrics.REFUSALS, refusals::sum),
                        client.watch(AmiMetrics.PINGS, pings::sum),
                        client.watch(AmiMetrics.ROUND_TRIP, () -> roundTrip));
    }

    /** Returns a channel that is counted, or the channel itself where nobody looks. */
    AmiChannel counting(AmiChannel channel) {
        return wanted ? new Counted(channel) : channel;
    }

    @Override
    public void close() {
        watched.forEach(Subscription::close);
    }

    /** A channel with what is under way on it. */
    private final class Counted implements AmiChannel {

        private final AmiChannel channel;
        private final Map<String, Long> underWay = new ConcurrentHashMap<>();

        Counted(AmiChannel channel) {
            this.channel = channel;
        }

        @Override
        public String greeting() {
            return channel.greeting();
        }

        @Override
        public void send(AmiFields action, BooleanSupplier mayLeave) {
            channel.send(
                    action,
                    () -> {
                        boolean leaves = mayLeave.getAsBoolean();
                        if (leaves) {
                            leaves(action);
                        }
                        return leaves;
                    });
        }

        private void leaves(AmiFields action) {
            underWay.put(action.text("ActionID"), time.nanos());
            actions.increment();
            if (action.is("Action", "Ping")) {
                pings.increment();
            }
        }

        @Override
        public AmiFields receive() {
            AmiFields message = channel.receive();
            count(message);
            return message;
        }

        @Override
        public @Nullable AmiFields poll() {
            AmiFields message = channel.poll();
            if (message != null) {
                count(message);
            }
            return message;
        }

        private void count(AmiFields message) {
            if (!message.has("Event")) {
                answered(message);
            }
        }

        /** A proxy sends the answers of others as well. */
        private void answered(AmiFields message) {
            Long sent = underWay.remove(message.text("ActionID"));
            if (sent != null) {
                roundTrip = time.nanos() - sent;
                answers.increment();
                if (message.is("Response", "Error")) {
                    refusals.increment();
                }
            }
        }

        @Override
        public Instant lastReceived() {
            return channel.lastReceived();
        }

        @Override
        public Duration idle() {
            return channel.idle();
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
