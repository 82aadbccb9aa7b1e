package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxConnectionException;
import java.util.Optional;

/**
 * An open WebSocket.
 *
 * <p>Thread-safe. Messages go out in the order in which they were handed over.
 */
public interface WebSocketConnection extends AutoCloseable {

    /**
     * Hands over a text message to be sent; does not wait until it has left.
     *
     * @throws PbxConnectionException if the connection is over, or the peer reads so slowly that
     *     more than 16 MiB wait for it, which ends the connection; this message has not left
     */
    void send(String message);

    /**
     * Hands over a binary message to be sent; fails as {@link #send(String)} does.
     *
     * @throws PbxConnectionException if this message cannot be sent any more
     */
    void send(byte[] message);

    /** Returns the sub-protocol that both sides have agreed to. */
    Optional<String> subprotocol();

    /**
     * Ends the connection politely: what was handed over goes out first.
     *
     * <p>Repeatable and quick: it does not wait for the peer, who has two seconds to agree. Then
     * the handler learns of the end.
     */
    @Override
    void close();
}
