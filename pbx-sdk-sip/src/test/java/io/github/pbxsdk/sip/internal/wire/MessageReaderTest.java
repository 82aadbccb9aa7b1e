package io.github.pbxsdk.sip.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final String HEAD =
            """
            MESSAGE sip:1001@192.0.2.1 SIP/2.0
            v: SIP/2.0/UDP 192.0.2.9:5060;rport;branch=z9hG4bKa
            Max-Forwards: 70
            f: "Bob \\"B\\" <x>" <sip:1002@pbx.example.com;user=phone>;tag=7
            t: <sip:1001@pbx.example.com>
            i: 42@pbx
            CSeq: 3 MESSAGE
            c: text/plain
            Subject: a
              b
            """;

    private static SipMessage read(String text) throws MalformedMessageException {
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return MessageReader.read(bytes, 0, bytes.length);
    }

    @Test
    void understandsShortNamesAndFoldedLines() throws MalformedMessageException {
        SipRequest request = (SipRequest) read(HEAD + "\nhellö");

        assertThat(request.method()).isEqualTo("MESSAGE");
        assertThat(request.callId()).isEqualTo("42@pbx");
        assertThat(request.sequence()).isEqualTo(3);
        assertThat(request.headers().find("subject")).isEqualTo("a b");
        assertThat(request.headers().find("Content-Type")).isEqualTo("text/plain");
        assertThat(request.via().branch()).isEqualTo("z9hG4bKa");
        assertThat(request.via().sentBy()).isEqualTo("192.0.2.9:5060");
        assertThat(request.fault()).isEmpty();
    }

    @Test
    void aBodyWithoutLengthGoesToTheEnd() throws MalformedMessageException {
        assertThat(read(HEAD + "\nhellö").bodyText()).isEqualTo("hellö");
    }

    @Test
    void whatFollowsTheToldLengthIsIgnored() throws MalformedMessageException {
        assertThat(read(HEAD + "Content-Length: 2\n\nhello").bodyText()).isEqualTo("he");
    }

    @Test
    void anAddressIsReadWithItsName() throws MalformedMessageException {
        NameAddress from = Grammar.address("From", read(HEAD + "\n").headers().get("From"));

        assertThat(from.displayName()).isEqualTo("Bob \"B\" <x>");
        assertThat(from.user()).isEqualTo("1002");
        assertThat(from.host()).isEqualTo("pbx.example.com");
        assertThat(from.find("tag")).contains("7");
    }

    @Test
    void readsAResponse() throws MalformedMessageException {
        SipResponse response =
                (SipResponse)
                        read(
                                HEAD.replaceFirst("MESSAGE.*", "SIP/2.0 503 Later, please")
                                        + "Retry-After: 7 (maintenance)\n\n");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.reason()).isEqualTo("Later, please");
        assertThat(response.seconds("Retry-After")).contains(7L);
        assertThat(response.seconds("Expires")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CSeq: 4 MESSAGE",
                "Call-ID: other",
                "Content-Length: 1\nContent-Length: 1",
                "Content-Length: 99",
                "Content-Length: -1",
                "Content-Length: 99999999999",
                "no colon here",
                ": no name"
            })
    void refusesWhatIsNotOneMessage(String line) {
        assertThatThrownBy(() -> read(HEAD + line + "\n\nhello"))
                .isInstanceOf(MalformedMessageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MESSAGE sip:1 SIP/3.0",
                "MESSAGE sip:1",
                "ME SSAGE sip:1 SIP/2.0",
                "SIP/2.0 99 x",
                "SIP/2.0 700 x",
                "SIP/2.0 2x0 x",
                ""
            })
    void refusesAnotherFirstLine(String line) {
        assertThatThrownBy(() -> read(HEAD.replaceFirst("MESSAGE.*", line) + "\n"))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesTooManyHeaders() {
        assertThatThrownBy(() -> read(HEAD + "X: y\n".repeat(260) + "\n"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("256");
    }

    @Test
    void anotherMethodInCSeqIsAFault() throws MalformedMessageException {
        SipRequest request = (SipRequest) read(HEAD.replace("3 MESSAGE", "3 OPTIONS") + "\n");
        assertThat(request.fault()).contains(400);
    }
}
