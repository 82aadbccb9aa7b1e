package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.ClientFigures;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts what goes over the wire of one client. */
final class WireFigures implements AutoCloseable {

    private final LongAdder requests = new LongAdder();
    private final LongAdder repeats = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final List<Subscription> watched;
    private volatile long roundTrip;

    /**
     * Offers the figures to the observer of the resources.
     *
     * @param registered counts the extensions that are registered
     */
    WireFigures(String source, PbxResources resources, LongSupplier registered) {
        ClientFigures client = new ClientFigures(source, resources);
        this.watched =
                List.of(
                        client.watch(SipMetrics.REQUESTS, requests::sum),
                        client.watch(SipMetrics.REPEATS, repeats::sum),
                        client.watch(SipMetrics.ANSWERS, answers::sum),
                        client.watch(SipMetrics.REFUSALS, refusals::sum),
                        client.watch(SipMetrics.REGISTERED, registered),
                        client.watch(SipMetrics.ROUND_TRIP, () -> roundTrip));
    }

    void sent() {
        requests.increment();
    }

    void repeated() {
        repeats.increment();
    }

    /**
     * Notes a final answer.
     *
     * @param nanos since its request was first sent
     */
    void answered(int status, long nanos) {
        roundTrip = nanos;
        answers.increment();
        if (status >= 300 && status != 401 && status != 407) {
            refusals.increment();
        }
    }

    @Override
    public void close() {
        watched.forEach(Subscription::close);
    }
}
