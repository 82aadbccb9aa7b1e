package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxConnectionException;
import org.jspecify.annotations.Nullable;

/** The peer cannot be reached over HTTP, or the connection was lost before the answer ended. */
public final class HttpConnectionException extends PbxConnectionException implements HttpFailure {

    private static final long serialVersionUID = 1L;

    private final long bytesSent;

    /** Creates an exception; see {@link HttpFailure#bytesSent()}. */
    public HttpConnectionException(String message, @Nullable Throwable cause, long bytesSent) {
        super(message, cause, bytesSent > 0);
        this.bytesSent = bytesSent;
    }

    @Override
    public long bytesSent() {
        return bytesSent;
    }
}
