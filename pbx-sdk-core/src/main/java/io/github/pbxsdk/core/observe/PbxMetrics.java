package io.github.pbxsdk.core.observe;

import io.github.pbxsdk.core.observe.Metric.Unit;

/**
 * The metrics that all clients report.
 *
 * <table>
 * <caption>Every metric has the tags {@code client} and {@code host}</caption>
 * <tr><th>name</th><th>kind</th><th>unit</th><th>more tags</th><th>reported</th></tr>
 * <tr><td>{@code pbx.requests}</td><td>timer</td><td>ns</td>
 *     <td>{@code operation}, {@code outcome}</td><td>at each end</td></tr>
 * <tr><td>{@code pbx.retries}</td><td>counter</td><td>attempts</td>
 *     <td>{@code operation}</td><td>at each one</td></tr>
 * <tr><td>{@code pbx.reconnects}</td><td>counter</td><td>connections</td>
 *     <td></td><td>at each one</td></tr>
 * <tr><td>{@code pbx.gaps}</td><td>counter</td><td>gaps</td>
 *     <td></td><td>at each one</td></tr>
 * <tr><td>{@code pbx.events}</td><td>counter</td><td>events</td>
 *     <td></td><td>watched</td></tr>
 * <tr><td>{@code pbx.events.lost}</td><td>counter</td><td>events</td>
 *     <td></td><td>watched</td></tr>
 * <tr><td>{@code pbx.queue.events}</td><td>gauge</td><td>events</td>
 *     <td></td><td>watched</td></tr>
 * <tr><td>{@code pbx.queue.bytes}</td><td>gauge</td><td>bytes</td>
 *     <td></td><td>watched</td></tr>
 * <tr><td>{@code pbx.lag}</td><td>gauge</td><td>ns</td>
 *     <td></td><td>watched</td></tr>
 * </table>
 *
 * <p>The values of {@code outcome} are {@code ok}, {@code rejected}, {@code timeout}, {@code
 * failed} and {@code cancelled}.
 */
public final class PbxMetrics {

    /** How long requests take, from being asked for to their answer. */
    public static final Metric REQUESTS =
            Metric.timer("pbx.requests", "How long requests take until they are answered");

    /** Attempts after the first one. */
    public static final Metric RETRIES =
            Metric.counter("pbx.retries", Unit.COUNT, "Attempts after the first one");

    /** Connections made anew after one was lost. */
    public static final Metric RECONNECTS =
            Metric.counter("pbx.reconnects", Unit.COUNT, "Connections made after a lost one");

    /** Places in the stream of events where some may be missing. */
    public static final Metric GAPS =
            Metric.counter("pbx.gaps", Unit.COUNT, "Places where events may be missing");

    /** Events that arrived. */
    public static final Metric EVENTS =
            Metric.counter("pbx.events", Unit.COUNT, "Events that arrived");

    /** Events that were thrown away because listeners were too slow. */
    public static final Metric EVENTS_LOST =
            Metric.counter(
                    "pbx.events.lost", Unit.COUNT, "Events lost because listeners were too slow");

    /** Events that wait for listeners. */
    public static final Metric QUEUE_EVENTS =
            Metric.gauge("pbx.queue.events", Unit.COUNT, "Events that wait for listeners");

    /** Memory of the events that wait for listeners. */
    public static final Metric QUEUE_BYTES =
            Metric.gauge("pbx.queue.bytes", Unit.BYTES, "Memory of the events that wait");

    /** How long the next event has been waiting for listeners. */
    public static final Metric LAG =
            Metric.gauge("pbx.lag", Unit.NANOSECONDS, "How long the next event has been waiting");

    private PbxMetrics() {}
}
