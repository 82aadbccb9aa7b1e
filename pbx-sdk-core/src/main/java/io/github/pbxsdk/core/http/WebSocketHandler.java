package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxException;

/**
 * Takes what comes over a WebSocket.
 *
 * <p>Its methods are called one at a time, in the order of the peer, on the thread that reads the
 * socket. While one runs nothing is read, not even the answer to a ping, so they only hand over. An
 * exception in one ends the connection. After {@link #onClosed} or {@link #onFailure}, one of which
 * is always called and only once, nothing more comes.
 */
public interface WebSocketHandler {

    /** Takes a text message, put together from its frames. */
    void onText(String message);

    /** Takes a binary message, put together from its frames; the array is the handler's to keep. */
    void onBinary(byte[] message);

    /**
     * Learns that the connection has ended as agreed.
     *
     * @param code the status of RFC 6455, 7.4: 1000 for a normal end, 1005 where none was given
     * @param reason the peer's words, often empty
     */
    void onClosed(int code, String reason);

    /** Learns that the connection was lost. What was sent lately may not have arrived. */
    void onFailure(PbxException failure);
}
