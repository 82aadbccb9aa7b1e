package io.github.pbxsdk.it.fakes;

import io.github.pbxsdk.testing.sip.SipMessage;
import java.util.List;
import java.util.stream.Stream;

/** What a message says, without what is another each time. */
final class Wording {

    private static final List<String[]> CHANGING =
            List.of(
                    new String[] {"(?<=nonce=\")\\d+/[0-9a-f]{32}", "NONCE"},
                    new String[] {"(?<=opaque=\")[0-9a-f]{16}", "OPAQUE"},
                    new String[] {"(?<=branch=)z9hG4bK(Pj)?[0-9a-f-]{36}", "z9hG4bK$1BRANCH"},
                    new String[] {"(?<=tag=)z9hG4bK[0-9a-f-]{36}", "z9hG4bKBRANCH"},
                    new String[] {"(?<=tag=)[0-9a-f-]{36}", "TAG"},
                    new String[] {"(?<=:|rport=)\\d{4,5}(?!\\d|@)", "PORT"},
                    new String[] {"(?<=@)[a-z][\\w.-]*(?=:PORT)", "127.0.0.1"},
                    new String[] {"^(Call-ID): .*", "$1: CALL"},
                    new String[] {"^(Date): \\w{3}, .* GMT", "$1: DATE"},
                    new String[] {"^(CSeq): \\d+", "$1: N"},
                    new String[] {"(?<=Asterisk PBX \\d\\d)\\S+", ""},
                    new String[] {"(?<=expires=)(59|58)$", "59"},
                    new String[] {"(?<=active;expires=)(60|59)", "60"});

    private Wording() {}

    static List<String> of(List<SipMessage> messages) {
        return messages.stream().map(Wording::of).toList();
    }

    private static String of(SipMessage message) {
        Stream<String> headers =
                message.headers().stream()
                        .map(header -> header.name() + ": " + header.value())
                        .map(Wording::lasting)
                        .sorted();
        return lasting(message.startLine())
                + "\n"
                + String.join("\n", headers.toList())
                + "\n\n"
                + message.text();
    }

    private static String lasting(String line) {
        String text = line;
        for (String[] change : CHANGING) {
            text = text.replaceAll(change[0], change[1]);
        }
        return text;
    }
}
