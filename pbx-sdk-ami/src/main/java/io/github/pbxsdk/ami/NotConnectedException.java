package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.retry.RetryAdvice;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** There is no connection and none is being made, so that waiting for one makes no sense. */
final class NotConnectedException extends PbxConnectionException implements RetryAdvice {

    private static final long serialVersionUID = 1L;

    NotConnectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean mayHelp() {
        return false;
    }

    @Override
    public boolean unprocessed() {
        return true;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
