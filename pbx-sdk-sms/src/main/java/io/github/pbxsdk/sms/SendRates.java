package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.time.Time;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rates of all senders of a bulk, by the keys of their addresses. */
final class SendRates {

    private final SmsBulk.Settings settings;
    private final Time time;
    private final Map<String, SendRate> rates = new ConcurrentHashMap<>();

    SendRates(SmsBulk.Settings settings, Time time) {
        this.settings = settings;
        this.time = time;
    }

    /** Returns the rate of a sender; an empty key stands for "the provider chooses". */
    SendRate of(String sender) {
        return rates.computeIfAbsent(sender, key -> new SendRate(segmentsPerSecond(key), time));
    }

    private double segmentsPerSecond(String sender) {
        return settings.ofSenders().entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(sender))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(settings.segmentsPerSecond());
    }
}
