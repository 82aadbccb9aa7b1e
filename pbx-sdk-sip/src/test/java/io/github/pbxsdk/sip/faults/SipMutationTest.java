package io.github.pbxsdk.sip.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.message.MessageReceipt.Outcome;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A whole client under broken messages of its server.
 *
 * <p>{@code -Dsip.mutations=500000} makes it a million over both transports.
 */
class SipMutationTest {

    private static final int MUTATIONS = Integer.getInteger("sip.mutations", 5_000);
    private static final int BETWEEN_SIGNS_OF_LIFE = 500;
    private static final int THREADS_COME_AND_GO = 8;
    private static final String PHONE = "1011";

    private static final String[] PIECES = {
        "\r\n",
        "\r\n\r\n",
        " ",
        ";",
        ",",
        "\"",
        "<",
        ">",
        ":",
        "@",
        "\0",
        "%00",
        "=",
        "é",
        "-1",
        "99999999999999999999",
        "Content-Length: 5\r\n",
        "Via: SIP/2.0/UDP a\r\n",
        "SIP/2.0 "
    };

    @ParameterizedTest
    @EnumSource(names = {"UDP", "WS"})
    void brokenMessagesNeitherHangNorStopNorFillIt(SipTransport transport) throws Exception {
        try (FakeSip server = FakeSip.asterisk22();
                SipClient sip = Clients.builder(server, transport).build()) {
            sip.register(PHONE, Clients.secret(PHONE));
            Semaphore heard = new Semaphore(0);
            sip.onMessage(
                    message -> {
                        if (message.text().startsWith("alive?")) {
                            heard.release();
                        }
                    });
            exchangeTexts(server, sip, heard, 0);
            Set<String> threads = threads();
            List<byte[]> valid = valid(server);
            SplittableRandom lots = new SplittableRandom(42);
            for (int i = 1; i <= MUTATIONS; i++) {
                byte[] seed = valid.get(lots.nextInt(valid.size()));
                server.sendRaw(PHONE, mutated(seed, lots));
                if (i % BETWEEN_SIGNS_OF_LIFE == 0) {
                    exchangeTexts(server, sip, heard, i);
                }
            }
            assertThat(sip.registration(PHONE).isRegistered()).isTrue();
            assertThat(threads()).hasSizeLessThanOrEqualTo(threads.size() + THREADS_COME_AND_GO);
        }
    }

    private static void exchangeTexts(FakeSip server, SipClient sip, Semaphore heard, int number)
            throws Exception {
        String text = "alive? " + number;
        SipMessage answer =
                server.sendText("1012", PHONE, "text/plain", text).get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(heard.tryAcquire(20, TimeUnit.SECONDS)).as(text).isTrue();
        heard.drainPermits();
        assertThat(sip.send(Clients.text("1012", text)).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName() + thread.getId())
                .collect(Collectors.toSet());
    }

    /** Returns what a server sends: requests and answers, right ones. */
    private static List<byte[]> valid(FakeSip server) {
        String uri = server.devices(PHONE).get(0).uri();
        List<byte[]> all = new ArrayList<>();
        for (String method : List.of("MESSAGE", "OPTIONS", "NOTIFY", "INVITE")) {
            SipMessage request =
                    SipMessage.request(method, uri)
                            .with("Via", "SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bKPj1")
                            .with("From", "\"A \\\" b\" <sip:1012@127.0.0.1>;tag=a")
                            .with("To", "<sip:1011@127.0.0.1>")
                            .with("Call-ID", "c")
                            .with("CSeq", "7 " + method)
                            .with("Max-Forwards", "70")
                            .with("Event", "message-summary")
                            .with("Content-Type", "text/plain")
                            .body("Messages-Waiting: yes");
            all.add(request.bytes());
        }
        for (int status : new int[] {100, 200, 202, 401, 423, 503}) {
            SipMessage answer =
                    SipMessage.answer(status, "Reason")
                            .with("Via", server.requests("REGISTER").get(0).message().get("Via"))
                            .with("From", "<sip:1011@127.0.0.1>;tag=a")
                            .with("To", "<sip:1011@127.0.0.1>;tag=b")
                            .with("Call-ID", "c")
                            .with("CSeq", "1 REGISTER")
                            .with("Contact", "<" + uri + ">;expires=59, <sip:1@[::1]>;expires=0")
                            .with("WWW-Authenticate", "Digest realm=\"asterisk\",nonce=\"1/2\"")
                            .with("Retry-After", "5")
                            .with("Min-Expires", "60");
            all.add(answer.bytes());
        }
        return all;
    }

    private static byte[] mutated(byte[] seed, SplittableRandom lots) {
        String text = new String(seed, StandardCharsets.ISO_8859_1);
        for (int changes = 1 + lots.nextInt(4); changes > 0; changes--) {
            int at = lots.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + lots.nextInt(12));
            String piece = PIECES[lots.nextInt(PIECES.length)];
            text =
                    switch (lots.nextInt(5)) {
                        case 0 -> text.substring(0, at) + piece + text.substring(at);
                        case 1 -> text.substring(0, at) + text.substring(to);
                        case 2 ->
                                text.substring(0, at)
                                        + (char) lots.nextInt(256)
                                        + text.substring(to);
                        case 3 -> text.substring(0, to) + text.substring(at);
                        default -> text.substring(0, at);
                    };
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
