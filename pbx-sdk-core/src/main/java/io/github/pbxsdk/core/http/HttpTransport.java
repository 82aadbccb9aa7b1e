package io.github.pbxsdk.core.http;

import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.internal.Futures;
import java.util.concurrent.CompletableFuture;

/**
 * Sends HTTP requests: the place to plug in another HTTP library, or a test.
 *
 * <p>{@link OkHttpTransport} is the one that clients make by themselves. Whoever writes another
 * keeps these promises, on which "nothing doubled in silence" stands; {@code HttpTransportContract}
 * in {@code pbx-sdk-testing} checks them:
 *
 * <ul>
 *   <li>One call is one request on the wire, also on a pooled connection that the peer has just
 *       dropped and after answers such as 401, 408, 421 or 503.
 *   <li>Redirects are not followed: a 3xx is an answer like any other. So credentials never reach
 *       another host.
 *   <li>The URL goes out as it was given, and the answer's body comes in as it was sent:
 *       compression is left to the caller.
 *   <li>Bodies are streamed in both directions; an answer that breaks off is a failure.
 *   <li>Failures of the network are an {@link HttpFailure} with an honest count.
 *   <li>Cancelling the future ends the call and its connection.
 * </ul>
 *
 * <p>Implementations are thread-safe. Clients do not close a transport they were given.
 */
public interface HttpTransport {

    /**
     * Sends a request and waits for the head of the answer.
     *
     * <p>Any status is an answer, none is a failure. Close the response, or read it with {@link
     * HttpResponse#text}, which closes it.
     *
     * @throws HttpConnectionException if the peer cannot be reached or hangs up
     * @throws HttpTimeoutException if no answer comes in time
     * @throws HttpProtocolException if what comes back is not HTTP
     * @throws PbxInterruptedException if the thread is interrupted, which cancels the call
     * @throws IllegalArgumentException if this transport cannot send the request as it is
     */
    default HttpResponse send(HttpRequest request) {
        return Futures.await(sendAsync(request));
    }

    /**
     * Sends a request without waiting; the future fails as {@link #send} does.
     *
     * <p>It completes when the head of the answer is there. Cancelling it closes the connection;
     * what has left by then may have been carried out.
     */
    CompletableFuture<HttpResponse> sendAsync(HttpRequest request);
}
