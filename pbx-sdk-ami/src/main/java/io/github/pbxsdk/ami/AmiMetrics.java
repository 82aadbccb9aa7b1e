package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.Metric.Unit;

/**
 * The metrics that an AMI client reports beside {@link io.github.pbxsdk.core.observe.PbxMetrics}:
 * what goes over its wire, log-ins and pings included.
 *
 * <p>All of them have the tags {@code client} and {@code host} and are watched. {@code
 * pbx.requests} counts what an application asks for, with the wait for a connection and all
 * retries; these count each action that is sent.
 */
public final class AmiMetrics {

    /** Actions that were sent. */
    public static final Metric ACTIONS =
            Metric.counter("pbx.ami.actions", Unit.COUNT, "Actions that were sent");

    /** Answers that came, refusals among them. */
    public static final Metric ANSWERS =
            Metric.counter("pbx.ami.answers", Unit.COUNT, "Answers that came");

    /** Answers that were a refusal. */
    public static final Metric REFUSALS =
            Metric.counter("pbx.ami.refusals", Unit.COUNT, "Answers that were a refusal");

    /** Pings that were sent, because the server said nothing for a while or somebody asked. */
    public static final Metric PINGS =
            Metric.counter("pbx.ami.pings", Unit.COUNT, "Pings that were sent");

    /** How long the last answer took, from the sending of its action to its first line. */
    public static final Metric ROUND_TRIP =
            Metric.gauge(
                    "pbx.ami.roundtrip", Unit.NANOSECONDS, "How long the last answer took to come");

    private AmiMetrics() {}
}
