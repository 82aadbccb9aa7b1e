package io.github.pbxsdk.core.http;

/**
 * What every failure of an {@link HttpTransport} tells: how much of the request may have left.
 *
 * <p>Implemented by {@link HttpConnectionException}, {@link HttpTimeoutException} and {@link
 * HttpProtocolException}.
 */
public interface HttpFailure {

    /**
     * Returns how many bytes of the request may have left, headers included; an upper bound.
     *
     * <p>0 is a promise: the peer has seen nothing of the request, and it can be sent again without
     * doing anything twice. A transport that cannot count returns 1 or more for everything else.
     */
    long bytesSent();
}
