package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.retry.RetryAdvice;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The peer answered a SIP request with a refusal: {@link #code()} has its status, {@link #kind()}
 * what that means.
 */
public final class SipRejectedException extends PbxRejectedException implements RetryAdvice {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String method;
    private final String callId;
    private final @Nullable Duration retryAfter;
    private final String details;

    SipRejectedException(
            String message,
            int code,
            String reason,
            String method,
            String callId,
            @Nullable Duration retryAfter,
            String details) {
        super(message, code, reason);
        this.kind = Kind.of(code);
        this.method = method;
        this.callId = callId;
        this.retryAfter = retryAfter;
        this.details = details;
    }

    /** Returns what the status means. */
    public Kind kind() {
        return kind;
    }

    /** Returns the method of the request, such as {@code MESSAGE}. */
    public String method() {
        return method;
    }

    /** Returns the Call-ID, by which the request is found in traces. */
    public String callId() {
        return callId;
    }

    /** Returns the texts of the headers {@code Warning} and {@code Reason}; often empty. */
    public String details() {
        return details;
    }

    /** Tells whether the same request may succeed later: the server is busy or restarting. */
    @Override
    public boolean mayHelp() {
        return kind == Kind.SERVER_FAILURE && code() != 501 && code() != 505 && code() != 513;
    }

    /** {@inheritDoc} A refused MESSAGE may be with another device already, so never. */
    @Override
    public boolean unprocessed() {
        return false;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What a refusal means. */
    public enum Kind {
        /** 403, 603: not allowed, or declined. */
        FORBIDDEN,
        /** 404, 410, 604: there is no such user. */
        NOT_FOUND,
        /** 408, 504: the server waited in vain for somebody else. */
        REMOTE_TIMEOUT,
        /** 480, 430: not there at the moment. */
        UNAVAILABLE,
        /** 486, 600: busy. */
        BUSY,
        /** 406, 415, 488, 606: what was sent is not taken. */
        NOT_ACCEPTABLE,
        /** 482, 483: the request went in circles. */
        LOOP,
        /** 422, 423: the time asked for is too short. */
        INTERVAL_TOO_SMALL,
        /** 491: in conflict with another request; later. */
        CONFLICT,
        /** 5xx: the server has a problem. */
        SERVER_FAILURE,
        /** Any other refusal; see {@link SipRejectedException#code()}. */
        OTHER;

        static Kind of(int status) {
            return switch (status) {
                case 403, 603 -> FORBIDDEN;
                case 404, 410, 604 -> NOT_FOUND;
                case 408, 504 -> REMOTE_TIMEOUT;
                case 430, 480 -> UNAVAILABLE;
                case 486, 600 -> BUSY;
                case 406, 415, 488, 606 -> NOT_ACCEPTABLE;
                case 482, 483 -> LOOP;
                case 422, 423 -> INTERVAL_TOO_SMALL;
                case 491 -> CONFLICT;
                default -> status / 100 == 5 ? SERVER_FAILURE : OTHER;
            };
        }
    }
}
