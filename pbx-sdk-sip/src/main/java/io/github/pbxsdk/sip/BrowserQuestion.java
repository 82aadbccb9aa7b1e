package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.sip.internal.digest.DigestMemory;
import io.github.pbxsdk.sip.internal.transport.Flow;
import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks whether the server would take a call of an extension from a browser, without a call: the
 * INVITE is to take the place of a call that does not exist (RFC 3891).
 *
 * <p>Asterisk judges the offer first, with 488, and looks for the other call then, with 481; it
 * runs no dialplan and rings nobody. Who does not know Replaces has to refuse it with 420.
 */
final class BrowserQuestion {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a browser offers: DTLS-SRTP and ICE. The address is one that nobody has. */
    private static final String OFFER =
            String.join(
                    "\r\n",
                    "v=0",
                    "o=- 1 1 IN IP4 192.0.2.1",
                    "s=-",
                    "c=IN IP4 192.0.2.1",
                    "t=0 0",
                    "m=audio 9 UDP/TLS/RTP/SAVPF 111 9 8 0",
                    "a=rtpmap:111 opus/48000/2",
                    "a=rtpmap:9 G722/8000",
                    "a=rtpmap:8 PCMA/8000",
                    "a=rtpmap:0 PCMU/8000",
                    "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
                    "a=setup:actpass",
                    "a=ice-ufrag:abcd",
                    "a=ice-pwd:abcdefghijklmnopqrstuvwx",
                    "a=rtcp-mux",
                    "");

    private final SipEngine engine;

    BrowserQuestion(SipEngine engine) {
        this.engine = engine;
    }

    /** Asks once; 481 means that it would, 488 that it would not. */
    CompletableFuture<SipResponse> ask(String extension, Credentials credentials) {
        engine.ask(Operations.INVITE);
        DigestMemory digest = new DigestMemory(RegisterOptions.defaults().secret(credentials));
        AtomicLong sequence = new AtomicLong();
        return engine.awaitFlow()
                .thenCompose(
                        flow ->
                                engine.exchange(
                                        flow,
                                        request(SipText.user(extension), flow),
                                        sequence::incrementAndGet,
                                        digest,
                                        PATIENCE,
                                        () -> true));
    }

    /** Calls ourselves, for that number is one that the extension may call. */
    private RequestText request(String user, Flow flow) {
        String own = engine.settings().addressOf(user);
        String transport = ";transport=" + engine.settings().transport().uriName();
        String nothing = engine.newCallId() + ";to-tag=none;from-tag=none";
        return new RequestText(
                        "INVITE",
                        own,
                        "<" + own + ">;tag=" + engine.newCallId(),
                        "<" + own + ">",
                        engine.newCallId())
                .header("Contact", "<sip:" + user + "@" + flow.localAddress() + transport + ">")
                .header("Require", "replaces")
                .header("Replaces", nothing)
                .body("application/sdp", OFFER.getBytes(StandardCharsets.US_ASCII));
    }
}
