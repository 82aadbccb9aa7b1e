package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.sip.internal.digest.DigestChallenge;
import io.github.pbxsdk.sip.internal.wire.SipHeaders;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What went wrong, in the words of this SDK. */
final class SipFailures {

    /** A server that asks for more is not believed. */
    private static final long LONGEST_RETRY_AFTER = 3600;

    private SipFailures() {}

    /**
     * Returns the failure for a refusal.
     *
     * @param what what was tried and where, such as {@code registering 1001 with pbx:5060}
     */
    static PbxException of(String what, SipResponse response) {
        if (response.status() == 401 || response.status() == 407) {
            return unproved(what, response);
        }
        String details = details(response.headers());
        return new SipRejectedException(
                what + " refused: " + response + hint(response.status()) + details,
                response.status(),
                response.reason(),
                response.sequenceMethod(),
                response.callId(),
                retryAfter(response).orElse(null),
                details.strip());
    }

    private static PbxException unproved(String what, SipResponse response) {
        String asks = response.status() == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
        if (DigestChallenge.of(response.headers(), asks).isEmpty()) {
            return new PbxAuthenticationException(
                    what
                            + (" refused: " + response + "; the server wants a proof that we")
                            + " can't give (Digest with MD5, SHA-256 or SHA-512-256 only)");
        }
        return new PbxAuthenticationException(
                what
                        + (" refused: " + response + "; check the user and its secret. Nothing is")
                        + " sent again by itself");
    }

    private static String hint(int status) {
        return switch (status) {
            case 403 -> " (not allowed, or no room for another device)";
            case 404 -> " (the server does not know it)";
            case 415 -> " (Asterisk takes text/plain only)";
            default -> "";
        };
    }

    private static String details(SipHeaders headers) {
        @Nullable String warning = headers.find("Warning");
        @Nullable String reason = headers.find("Reason");
        return (warning == null ? "" : " [" + warning + "]")
                + (reason == null ? "" : " [" + reason + "]");
    }

    /** Returns how long the server asks us to wait, an hour at most. */
    static Optional<Duration> retryAfter(SipResponse response) {
        return response.seconds("Retry-After")
                .map(seconds -> Duration.ofSeconds(Math.min(seconds, LONGEST_RETRY_AFTER)));
    }

    /** Returns a failure of ours for whatever a future was failed with. */
    static PbxException known(String what, @Nullable Throwable failure) {
        @Nullable Throwable inner = failure == null ? null : Futures.unwrap(failure);
        return inner instanceof PbxException known
                ? known
                : new PbxException(what + " failed: " + inner, inner, true);
    }
}
