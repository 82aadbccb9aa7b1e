package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxTimeoutException;
import org.jspecify.annotations.Nullable;

/** The answer to an HTTP request did not come in time, or not to its end. */
public final class HttpTimeoutException extends PbxTimeoutException implements HttpFailure {

    private static final long serialVersionUID = 1L;

    private final long bytesSent;

    /** Creates an exception; see {@link HttpFailure#bytesSent()}. */
    public HttpTimeoutException(String message, @Nullable Throwable cause, long bytesSent) {
        super(message, cause, bytesSent > 0);
        this.bytesSent = bytesSent;
    }

    @Override
    public long bytesSent() {
        return bytesSent;
    }
}
