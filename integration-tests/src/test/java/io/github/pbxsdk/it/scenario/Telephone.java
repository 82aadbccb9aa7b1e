package io.github.pbxsdk.it.scenario;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.testing.sip.SipMessage;
import io.github.pbxsdk.testing.sip.SipProbe;
import java.net.InetSocketAddress;

/**
 * A telephone that does what a scenario says, step by step, on a real server; nobody speaks.
 *
 * <p>It has one call at a time.
 */
final class Telephone implements AutoCloseable {

    private static final String SOUND =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=audio 9 RTP/AVP 0\r\n";

    private final SipProbe probe;
    private final int port;
    private SipMessage invite = SipMessage.answer(481, "No call yet");
    private SipMessage answer = invite;

    private Telephone(InetSocketAddress server, Credentials extension) {
        this.probe = SipProbe.udp(server, extension);
        this.port = server.getPort();
    }

    /** Registers an extension. */
    static Telephone register(InetSocketAddress server, Credentials extension) {
        Telephone telephone = new Telephone(server, extension);
        telephone.expect(200, telephone.probe.register(60));
        return telephone;
    }

    /** From here on a scenario says what is answered, and how. */
    void expectCall() {
        probe.silent(true);
    }

    /** Sends a text. */
    void text(String to, String words) {
        expect(202, probe.text(to, words));
    }

    /** Begins a call; what becomes of it, {@link #answered} or {@link #refused} tell. */
    void call(String number) {
        String uri = "sip:" + number + "@127.0.0.1:" + port;
        SipMessage first = withSound(probe.request("INVITE", uri, uri));
        probe.send(first);
        SipMessage challenge = probe.nextAnswer();
        acknowledge(first, challenge);
        invite = probe.withDigest(probe.again(first), challenge);
        probe.send(invite);
    }

    /** Waits until the call that it began is answered. */
    void answered() {
        answer = probe.nextAnswer();
        acknowledge(invite, answer);
        expect(200, answer);
    }

    /** Waits until the call that it began is refused. */
    void refused() {
        acknowledge(invite, probe.nextAnswer());
    }

    /** Waits for a call, and rings. */
    void ring() {
        invite = next("INVITE");
        reply(invite, SipMessage.answer(180, "Ringing"));
    }

    /** Waits for a call, and refuses it. */
    void refuse() {
        invite = next("INVITE");
        reply(invite, SipMessage.answer(486, "Busy Here"));
        next("ACK");
    }

    /** Answers the call that rings, and from then on whatever the server asks. */
    void answer() {
        reply(invite, withSound(SipMessage.answer(200, "OK")));
        next("ACK");
        probe.silent(false);
    }

    /** Waits until the call that rings is taken back. */
    void cancelled() {
        reply(next("CANCEL"), SipMessage.answer(200, "OK"));
        reply(invite, SipMessage.answer(487, "Request Terminated"));
        next("ACK");
    }

    /** Ends the call that it began. */
    void hangUp() {
        SipMessage bye = probe.request("BYE", contact(answer), "");
        expect(200, probe.exchange(bye.without("To").with("To", answer.get("To"))));
    }

    /** Transfers the call that it answered. */
    void transferTo(String number) {
        SipMessage refer =
                probe.request("REFER", contact(invite), "")
                        .without("From")
                        .without("To")
                        .without("Call-ID")
                        .with("From", invite.get("To") + ";tag=p")
                        .with("To", invite.get("From"))
                        .with("Call-ID", invite.get("Call-ID"))
                        .with("Contact", "<" + probe.contact() + ">")
                        .with("Refer-To", "<sip:" + number + "@127.0.0.1:" + port + ">")
                        .with("Referred-By", "<" + probe.self() + ">");
        expect(202, probe.exchange(refer));
    }

    private SipMessage withSound(SipMessage message) {
        return message.with("Contact", "<" + probe.contact() + ">")
                .with("Content-Type", "application/sdp")
                .body(SOUND);
    }

    private static String contact(SipMessage message) {
        return message.get("Contact").replaceFirst("^.*<", "").replaceFirst(">.*$", "");
    }

    /** A refusal is acknowledged on the branch of its request, an answer on one of its own. */
    private void acknowledge(SipMessage request, SipMessage finalAnswer) {
        boolean accepted = finalAnswer.status() < 300;
        String uri = accepted ? contact(finalAnswer) : request.uri();
        SipMessage fresh = probe.request("ACK", uri, "");
        probe.send(
                SipMessage.request("ACK", uri)
                        .with("Via", (accepted ? fresh : request).get("Via"))
                        .with("Max-Forwards", "70")
                        .with("From", request.get("From"))
                        .with("To", finalAnswer.get("To"))
                        .with("Call-ID", request.get("Call-ID"))
                        .with("CSeq", request.sequence() + " ACK"));
    }

    /** Waits for a request of this kind; news of a mailbox and the like are answered on the way. */
    private SipMessage next(String method) {
        SipMessage request = probe.nextRequest();
        while (!request.method().equals(method)) {
            reply(request, SipMessage.answer(200, "OK"));
            request = probe.nextRequest();
        }
        return request;
    }

    private void reply(SipMessage request, SipMessage reply) {
        SipMessage whole = reply;
        for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq"}) {
            boolean bare = name.equals("To") && !request.get("To").contains(";tag=");
            whole = whole.with(name, request.get(name) + (bare ? ";tag=p" : ""));
        }
        probe.send(whole);
    }

    private void expect(int status, SipMessage message) {
        if (message.status() != status) {
            throw new AssertionError("not " + status + ", but " + message.startLine());
        }
    }

    /** Takes the registration back. */
    void goAway() {
        probe.silent(false);
        expect(200, probe.register(0));
    }

    /** Registers again. */
    void comeBack() {
        expect(200, probe.register(60));
    }

    @Override
    public void close() {
        goAway();
        probe.close();
    }
}
