package io.github.pbxsdk.sip.internal.wire;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.sip.internal.digest.DigestChallenge;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Valid messages, broken at random in a million ways, all the same in each run. */
class MutationTest {

    private static final int MUTATIONS = 1_000_000;

    private static final String[] SEEDS = {
        "MESSAGE sip:1001@192.0.2.1:5062;ob SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 192.0.2.9:5060;rport;branch=z9hG4bKPj1\r\n"
                + "From: \"B \\\" o\" <sip:1002@pbx.example.com>;tag=7\r\n"
                + "To: <sip:1001@pbx.example.com>\r\nCall-ID: 42-x\r\nCSeq: 33 MESSAGE\r\n"
                + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
        "SIP/2.0 200 OK\r\nVia: SIP/2.0/TLS [2001:db8::9]:5060;received=192.0.2.7;rport=5\r\n"
                + "f: <sip:1@pbx>;tag=1\r\nt: <sip:1@pbx>;tag=as\r\ni: c\r\nCSeq: 2 REGISTER\r\n"
                + "Contact: <sip:1@192.0.2.1;transport=TCP;ob;pbxsdk=1>;expires=3599,"
                + " \"A, b\" <sip:1@h>;expires=5\r\nExpires: 60\r\nl: 0\r\n\r\n",
        "SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n"
                + "From: <sip:1@pbx>;tag=1\r\nTo: <sip:1@pbx>\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n"
                + "WWW-Authenticate: Digest realm=\"asterisk\",nonce=\"1/2\",opaque=\"3\","
                + "algorithm=SHA-256,qop=\"auth,auth-int\",stale=true\r\nContent-Length: 0\r\n\r\n"
    };

    private static final String[] PIECES = {
        "\r\n",
        "\r\n ",
        ";",
        ",",
        "\"",
        "<",
        ">",
        ":",
        "@",
        "\\",
        "\0",
        "9999999999999",
        "=",
        "Via:",
        "Content-Length: 7\r\n",
        "é",
        "%00",
        "[",
        "]",
        " "
    };

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 2 -> bytes = without(bytes, at, random.nextInt(20));
                default -> bytes = with(bytes, at, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int at, int count) {
        int to = Math.min(bytes.length, at + count);
        byte[] shorter = new byte[Math.max(1, bytes.length - (to - at))];
        System.arraycopy(bytes, 0, shorter, 0, at);
        System.arraycopy(bytes, to, shorter, at, Math.min(bytes.length - to, shorter.length - at));
        return shorter;
    }

    private static byte[] with(byte[] bytes, int at, String piece) {
        byte[] more = piece.getBytes(StandardCharsets.UTF_8);
        byte[] longer = new byte[bytes.length + more.length];
        System.arraycopy(bytes, 0, longer, 0, at);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
        return longer;
    }

    /** Does with a message all that a client does, and tells whether it could be read. */
    private static boolean isRead(byte[] bytes) {
        try {
            SipMessage message = MessageReader.read(bytes, 0, bytes.length);
            message.via();
            Grammar.address("From", message.headers().get("From"));
            for (String contact : message.headers().all("Contact")) {
                Grammar.addresses("Contact", contact);
            }
            DigestChallenge.of(message.headers(), "WWW-Authenticate");
            if (message instanceof SipRequest request) {
                ResponseText.encode(request, 200, new HostAndPort("h", 1), "t", List.of());
            }
            return true;
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    @Test
    @Timeout(value = 240, unit = SECONDS)
    void aBrokenMessageIsReadOrRefusedAndNothingElse() {
        Random random = new Random(20_261_121);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] seed = SEEDS[i % SEEDS.length].getBytes(StandardCharsets.UTF_8);
            if (isRead(mutated(seed, random))) {
                read++;
            }
        }
        assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
    }
}
