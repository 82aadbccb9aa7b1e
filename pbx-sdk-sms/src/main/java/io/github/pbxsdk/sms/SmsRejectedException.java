package io.github.pbxsdk.sms;

import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.retry.RetryAdvice;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider understood and said no.
 *
 * <p>{@link #kind()} suggests what to do. After {@link Kind#PROVIDER_ERROR} the text may be on its
 * way all the same: {@link #mayHaveBeenSent()} tells.
 */
public final class SmsRejectedException extends PbxRejectedException implements RetryAdvice {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String providerCode;
    private final @Nullable Duration retryAfter;

    /**
     * Creates an exception.
     *
     * @param status the HTTP status, or 0 where there is none
     * @param providerCode the provider's own code, or an empty text
     * @param reason the provider's own words, which must not hold the text or a whole number
     */
    public SmsRejectedException(
            String message, Kind kind, int status, String providerCode, String reason) {
        this(message, kind, status, providerCode, reason, null);
    }

    /** Creates an exception of a provider that says how long to wait. */
    public SmsRejectedException(
            String message,
            Kind kind,
            int status,
            String providerCode,
            String reason,
            @Nullable Duration retryAfter) {
        super(message, status, reason, null, kind == Kind.PROVIDER_ERROR);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.providerCode = Objects.requireNonNull(providerCode, "providerCode");
        this.retryAfter = retryAfter;
    }

    /** Returns what to do about it. */
    public Kind kind() {
        return kind;
    }

    /** Returns the provider's own code, such as {@code 21610}, or an empty text. */
    public String providerCode() {
        return providerCode;
    }

    @Override
    public boolean mayHelp() {
        return kind == Kind.RATE_LIMITED;
    }

    @Override
    public boolean unprocessed() {
        return kind == Kind.RATE_LIMITED;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Why a provider refused. */
    public enum Kind {
        /** This recipient can't get texts: correct the number, go on with the others. */
        INVALID_RECIPIENT,
        /** This sender is not ours, or not allowed: no message of it will pass. */
        INVALID_SENDER,
        /** The recipient wants no texts: remember it. */
        OPTED_OUT,
        /** The account is empty: no message will pass. */
        INSUFFICIENT_FUNDS,
        /** Too many at once; tried again by itself after a pause, since nothing was done. */
        RATE_LIMITED,
        /** The content is refused. */
        CONTENT,
        /** The text is too long. */
        TOO_LONG,
        /** This account, region or road can't do it. */
        UNSUPPORTED,
        /** The request itself is wrong. */
        INVALID_REQUEST,
        /** A rule of our own {@link SendPolicy} refused it; nothing was sent. */
        POLICY,
        /** The provider failed; the text may have been sent. */
        PROVIDER_ERROR,
        /** None of the others; see code and reason. */
        OTHER
    }
}
