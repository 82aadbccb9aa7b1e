/**
 * HTTP and WebSocket as the clients of this SDK use them, with a place to plug in another
 * implementation.
 *
 * <p>Start at {@link io.github.pbxsdk.core.http.OkHttpTransport}, which every client makes by
 * itself unless it is given another {@link io.github.pbxsdk.core.http.HttpTransport}. What a
 * transport promises, above all that one call is one request on the wire, is a test that any
 * implementation can be put to: {@code HttpTransportContract} in {@code pbx-sdk-testing}.
 *
 * <p>Requests, responses' heads and headers are immutable; a response's body is read by one thread
 * at a time. Arguments must not be null unless marked so.
 */
@NullMarked
package io.github.pbxsdk.core.http;

import org.jspecify.annotations.NullMarked;
