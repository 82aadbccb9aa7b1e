package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.observe.Metric.Unit;

/**
 * The metrics that an SMS client reports beside {@link io.github.pbxsdk.core.observe.PbxMetrics}:
 * what is used, and what is refused before it leaves.
 *
 * <p>All of them have the tags {@code client} and {@code host}, which is the provider, and {@code
 * tenant} where the {@link SendPolicy} names one.
 */
public final class SmsMetrics {

    /** Texts that the provider took. */
    public static final Metric TEXTS =
            Metric.counter("pbx.sms.texts", Unit.COUNT, "Texts that the provider took");

    /** Messages on the air that these texts take, which is what carriers bill. */
    public static final Metric SEGMENTS =
            Metric.counter("pbx.sms.segments", Unit.COUNT, "Messages on the air, as billed");

    /**
     * Texts that were refused before they left; the tag {@code reason} has the {@link
     * SendPolicy.Refusal}, or {@code OPTED_OUT}.
     */
    public static final Metric REFUSALS =
            Metric.counter("pbx.sms.refusals", Unit.COUNT, "Texts refused before they left");

    private SmsMetrics() {}
}
