package io.github.pbxsdk.testing.sip;

import java.util.Locale;
import java.util.Set;

/** What all answers of a server have in common. */
final class Answers {

    private Answers() {}

    /** Returns an address with a tag, unless it has one. */
    static String withTag(String address, String tag) {
        return SipHeaders.parameter(address, "tag").isPresent() ? address : address + ";tag=" + tag;
    }

    /** Puts in front of an answer what each one has, apart from what it has already. */
    static SipMessage complete(
            SipMessage request, SipPeer peer, SipMessage content, SipRelease release) {
        SipMessage answer = SipMessage.answer(content.status(), reason(content));
        boolean top = true;
        for (String via : request.all("Via")) {
            answer = answer.with("Via", top ? received(via, peer) : via);
            top = false;
        }
        answer =
                answer.with("Call-ID", request.get("Call-ID"))
                        .with("From", request.get("From"))
                        .with(
                                "To",
                                content.find("To")
                                        .orElse(withTag(request.get("To"), request.branch())))
                        .with("CSeq", request.get("CSeq"));
        for (SipMessage.Header header : content.headers()) {
            if (answer.find(header.name()).isEmpty() || !isCommon(header.name())) {
                answer = answer.with(header.name(), header.value());
            }
        }
        return answer.with("Server", release.product()).body(content.body());
    }

    private static boolean isCommon(String name) {
        return Set.of("via", "call-id", "from", "to", "cseq")
                .contains(name.toLowerCase(Locale.ROOT));
    }

    private static String reason(SipMessage answer) {
        String[] words = answer.startLine().split(" ", 3);
        return words.length > 2 ? words[2] : "";
    }

    /** Fills in where a request came from, as {@code force_rport=yes} has it. */
    private static String received(String via, SipPeer peer) {
        int semicolon = via.indexOf(';');
        String sentBy = semicolon < 0 ? via : via.substring(0, semicolon);
        String rest =
                (semicolon < 0 ? "" : via.substring(semicolon))
                        .replaceAll("(?i);(rport|received)(=[^;]*)?(?=;|$)", "");
        return (sentBy + ";rport=" + peer.address().getPort())
                + (";received=" + peer.address().getAddress().getHostAddress() + rest);
    }
}
