package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.Metric.Unit;

/**
 * The metrics that a SIP client reports beside {@link io.github.pbxsdk.core.observe.PbxMetrics}:
 * what goes over its wire, registrations and signs of life included.
 *
 * <p>All of them have the tags {@code client} and {@code host} and are watched. {@code
 * pbx.requests} counts what an application asks for; these count each request that is sent, the one
 * before and the one after a challenge among them.
 */
public final class SipMetrics {

    /** Requests that were sent, without repeats. */
    public static final Metric REQUESTS =
            Metric.counter("pbx.sip.requests", Unit.COUNT, "Requests that were sent");

    /** Requests that were sent once more, because no answer came over datagrams. */
    public static final Metric REPEATS =
            Metric.counter("pbx.sip.repeats", Unit.COUNT, "Requests that were sent once more");

    /** Final answers that came. */
    public static final Metric ANSWERS =
            Metric.counter("pbx.sip.answers", Unit.COUNT, "Final answers that came");

    /** Answers that were a refusal; a challenge is none. */
    public static final Metric REFUSALS =
            Metric.counter("pbx.sip.refusals", Unit.COUNT, "Answers that were a refusal");

    /** Extensions that are registered at this moment. */
    public static final Metric REGISTERED =
            Metric.gauge("pbx.sip.registered", Unit.COUNT, "Extensions that are registered");

    /** How long the last answer took, from the first sending of its request. */
    public static final Metric ROUND_TRIP =
            Metric.gauge(
                    "pbx.sip.roundtrip", Unit.NANOSECONDS, "How long the last answer took to come");

    private SipMetrics() {}
}
