package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.core.internal.Futures;
import java.util.concurrent.CompletableFuture;

/**
 * Opens WebSockets: the place to plug in another library, or a test.
 *
 * <p>{@link OkHttpTransport} is the one that clients make by themselves. Whoever writes another
 * keeps to what {@link WebSocketRequest}, {@link WebSocketHandler} and {@link WebSocketConnection}
 * say. Implementations are thread-safe. Clients do not close a transport they were given.
 */
public interface WebSocketTransport {

    /**
     * Opens a WebSocket and waits until it can be used.
     *
     * @throws PbxConnectionException if the peer cannot be reached or hangs up
     * @throws PbxTimeoutException if it does not answer in time
     * @throws PbxAuthenticationException if it does not accept the credentials
     * @throws PbxRejectedException if it answers with another status than 101
     * @throws PbxProtocolException if it does not speak the sub-protocol, or no WebSocket
     * @throws PbxInterruptedException if the thread is interrupted, which cancels the attempt
     */
    default WebSocketConnection connect(WebSocketRequest request, WebSocketHandler handler) {
        return Futures.await(connectAsync(request, handler));
    }

    /**
     * Opens a WebSocket without waiting; the future fails as {@link #connect} does.
     *
     * <p>The handler is called only after the peer has agreed to the WebSocket, and can be called
     * before the future is complete. Cancelling the future closes the connection.
     */
    CompletableFuture<WebSocketConnection> connectAsync(
            WebSocketRequest request, WebSocketHandler handler);
}
