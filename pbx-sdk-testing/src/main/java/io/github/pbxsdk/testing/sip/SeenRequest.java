package io.github.pbxsdk.testing.sip;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A request that reached a {@link FakeSip}.
 *
 * @param message the request as it came
 * @param transport what it really came over: {@code UDP}, {@code TCP}, {@code TLS}, {@code WS} or
 *     {@code WSS}
 * @param from where it came from
 * @param at when it came
 * @param repeated whether the same had come before, so that the answer was repeated
 */
public record SeenRequest(
        SipMessage message,
        String transport,
        InetSocketAddress from,
        Instant at,
        boolean repeated) {

    /** Returns the method. */
    public String method() {
        return message.method();
    }
}
