package io.github.pbxsdk.sms.webhook;

import java.time.Instant;

/**
 * Says whether a webhook call comes from who it should; see {@link WebhookVerifiers}.
 *
 * <p>A missing, empty or broken signature is a plain no, never an exception.
 */
@FunctionalInterface
public interface WebhookVerifier {

    /**
     * Tells whether the request is genuine.
     *
     * @param request with the public URL
     * @param now the time, for signatures that hold one
     */
    boolean accepts(WebhookRequest request, Instant now);

    /** Returns a verifier that accepts what this one or another one accepts. */
    default WebhookVerifier or(WebhookVerifier other) {
        return (request, now) -> accepts(request, now) || other.accepts(request, now);
    }
}
