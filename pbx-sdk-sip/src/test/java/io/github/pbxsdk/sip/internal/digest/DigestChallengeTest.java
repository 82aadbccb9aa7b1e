package io.github.pbxsdk.sip.internal.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.sip.internal.wire.MessageReader;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class DigestChallengeTest {

    private static List<DigestChallenge> read(String... challenges) throws Exception {
        StringBuilder text = new StringBuilder("SIP/2.0 401 Unauthorized\r\n");
        text.append("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\n");
        text.append("From: <sip:1@pbx>;tag=a\r\nTo: <sip:1@pbx>\r\nCall-ID: x\r\n");
        text.append("CSeq: 1 REGISTER\r\n");
        for (String challenge : challenges) {
            text.append("WWW-Authenticate: ").append(challenge).append("\r\n");
        }
        byte[] bytes = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        SipResponse response = (SipResponse) MessageReader.read(bytes, 0, bytes.length);
        return DigestChallenge.of(response.headers(), "WWW-Authenticate");
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/digest-vectors.tsv",
            delimiter = '\t',
            quoteCharacter = '\0',
            numLinesToSkip = 1)
    void givesTheProofOfTheSamples(
            String note,
            String challenge,
            String user,
            String password,
            String method,
            String uri,
            String body,
            int count,
            String cnonce,
            String response)
            throws Exception {
        byte[] content =
                (body.equals("-") ? "" : body.replace("\\r", "\r").replace("\\n", "\n"))
                        .getBytes(StandardCharsets.UTF_8);

        String answer =
                read(challenge)
                        .get(0)
                        .answer(
                                new DigestSecret(Credentials.of(user, password), null),
                                method,
                                uri,
                                content,
                                count,
                                cnonce);

        assertThat(answer).as(note).contains("response=\"" + response + "\"");
        assertThat(answer).doesNotContain(password);
        assertThat(answer.contains("nc=")).isEqualTo(challenge.contains("qop"));
    }

    @Test
    void takesTheFirstItCanAnswerOfEachRealm() throws Exception {
        List<DigestChallenge> challenges =
                read(
                        "Basic realm=\"pbx\"",
                        "Digest realm=\"pbx\", nonce=\"1\", algorithm=TIGER, qop=\"auth\"",
                        "Digest realm=\"pbx\", nonce=\"2\", algorithm=sha-256,"
                                + " qop=\"auth-int,auth\"",
                        "Digest realm=\"pbx\", nonce=\"3\", algorithm=MD5, qop=\"auth\"",
                        "Digest realm=\"proxy\", nonce=\"4\", stale=TRUE");

        assertThat(challenges).extracting(DigestChallenge::nonce).containsExactly("2", "4");
        assertThat(challenges).extracting(DigestChallenge::qop).containsExactly("auth", null);
        assertThat(challenges).extracting(DigestChallenge::stale).containsExactly(false, true);
    }

    @Test
    void canNotAnswerUnknownQop() throws Exception {
        assertThat(read("Digest realm=\"pbx\", nonce=\"1\", qop=\"proof-of-work\"")).isEmpty();
    }

    @Test
    void quotesWhatTheUserIsCalled() throws Exception {
        String answer =
                read("Digest realm=\"a\\\"b\", nonce=\"1\", opaque=\"x\\\\y\"")
                        .get(0)
                        .answer(
                                new DigestSecret(Credentials.of("o\"neil", "x"), null),
                                "REGISTER",
                                "sip:pbx",
                                new byte[0],
                                1,
                                "c");
        assertThat(answer)
                .contains("username=\"o\\\"neil\"")
                .contains("realm=\"a\\\"b\"")
                .contains("opaque=\"x\\\\y\"");
    }
}
