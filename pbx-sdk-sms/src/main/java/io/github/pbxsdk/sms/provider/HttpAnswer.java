package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.sms.SmsRejectedException;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a provider's server answered, read to its end. Immutable. */
public final class HttpAnswer {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LONGEST_REASON = 200;

    private final String asked;
    private final int status;
    private final HttpHeaders headers;
    private final String body;

    /**
     * Creates an answer.
     *
     * @param asked what was asked, for messages, without query or secrets
     */
    public HttpAnswer(String asked, int status, HttpHeaders headers, String body) {
        this.asked = Objects.requireNonNull(asked, "asked");
        this.status = status;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = Objects.requireNonNull(body, "body");
    }

    /** Returns the status, such as 201. */
    public int status() {
        return status;
    }

    /** Returns the body. */
    public String body() {
        return body;
    }

    /**
     * Returns this answer if it is a success.
     *
     * @throws PbxAuthenticationException for 401 and 403
     * @throws SmsRejectedException for everything else that isn't 2xx: a 429 can be repeated, a 5xx
     *     may have been carried out
     */
    public HttpAnswer requireSuccess() {
        if (status < 200 || status > 299) {
            throw refusal(kindOfStatus(), "", "HTTP status " + status);
        }
        return this;
    }

    /** Returns what the status alone says. */
    public Kind kindOfStatus() {
        if (status == TOO_MANY_REQUESTS) {
            return Kind.RATE_LIMITED;
        }
        if (status >= 500) {
            return Kind.PROVIDER_ERROR;
        }
        return status == 402 ? Kind.INSUFFICIENT_FUNDS : Kind.INVALID_REQUEST;
    }

    /**
     * Returns the exception for a refusal.
     *
     * @param reason the provider's words, shortened here; runs of digits in it are masked
     */
    public PbxException refusal(Kind kind, String providerCode, String reason) {
        String words = harmless(reason);
        String message = asked + " refused: " + words + suffix(providerCode);
        if (status == 401 || status == 403) {
            return new PbxAuthenticationException(message);
        }
        return new SmsRejectedException(message, kind, status, providerCode, words, retryAfter());
    }

    private String suffix(String providerCode) {
        return " (" + status + (providerCode.isEmpty() ? "" : ", " + providerCode) + ")";
    }

    /** Returns the exception for an answer that nobody can read: the message may have been sent. */
    public PbxProtocolException unreadable(String why) {
        return new PbxProtocolException(asked + " was answered unreadably: " + why, body);
    }

    private static String harmless(String reason) {
        String masked =
                reason.replaceAll("\\p{Cntrl}", " ")
                        .replaceAll("(\\d{4})\\d{2,}(\\d{2})", "$1•••$2")
                        .strip();
        return masked.length() <= LONGEST_REASON ? masked : masked.substring(0, LONGEST_REASON);
    }

    private @Nullable Duration retryAfter() {
        return headers.find("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + " to " + asked + "]";
    }
}
