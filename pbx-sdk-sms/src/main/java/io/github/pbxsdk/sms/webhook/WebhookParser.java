package io.github.pbxsdk.sms.webhook;

import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.util.List;
import java.util.Optional;

/** Reads what a provider posts; see {@link WebhookParsers}. */
@FunctionalInterface
public interface WebhookParser {

    /**
     * Returns what a request reports; something unknown as an event that keeps it raw.
     *
     * @throws IllegalArgumentException if it can't be read at all
     */
    List<SmsEvent> parse(WebhookRequest request);

    /**
     * Returns whose texts come without an id, so that nobody can tell when one comes another way,
     * too; empty, as by default, if they have ids.
     */
    default Optional<SmsOrigin> originWithoutIds() {
        return Optional.empty();
    }

    /** Returns what the provider wants to hear when all went well. */
    default WebhookResponse acknowledgement() {
        return WebhookResponse.of(200, "application/json", "{\"success\":true}");
    }
}
