package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxProtocolException;
import org.jspecify.annotations.Nullable;

/** What came back is not HTTP, or more than was agreed to be read. */
public final class HttpProtocolException extends PbxProtocolException implements HttpFailure {

    private static final long serialVersionUID = 1L;

    private final long bytesSent;

    /**
     * Creates an exception for an answer, so that at least one byte of the request has left.
     *
     * @param bytesSent see {@link HttpFailure#bytesSent()}
     */
    public HttpProtocolException(
            String message, String rawText, @Nullable Throwable cause, long bytesSent) {
        super(message, rawText, cause);
        this.bytesSent = Math.max(1, bytesSent);
    }

    @Override
    public long bytesSent() {
        return bytesSent;
    }
}
