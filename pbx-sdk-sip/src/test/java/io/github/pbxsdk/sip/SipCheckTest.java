package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.sip.SipCheck.Answer;
import io.github.pbxsdk.sip.SipCheck.Finding;
import io.github.pbxsdk.sip.SipCheck.Question;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SeenRequest;
import io.github.pbxsdk.testing.sip.SipFault;
import io.github.pbxsdk.testing.sip.SipMessage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipCheckTest {

    private final FakeSip server = FakeSip.asterisk22();

    @AfterEach
    void close() {
        server.close();
    }

    private SipCheck check(SipTransport transport, String extension) {
        try (SipClient sip = TestClients.builder(server, transport).build()) {
            return sip.check(extension, credentials(extension));
        }
    }

    private static Finding browser(SipCheck check) {
        return check.find(Question.WEBRTC).orElseThrow();
    }

    /** Whether it is set up for a browser. */
    @Nested
    class Browser {

        @ParameterizedTest
        @EnumSource
        void isToldApartFromATelephone(SipTransport transport) {
            SipCheck telephone = check(transport, "1011");
            assertThat(browser(telephone).answer()).isEqualTo(Answer.NO);
            assertThat(telephone.isGood()).as("both are right").isTrue();
            SipCheck browser = check(transport, "1021");
            assertThat(browser(browser).answer()).isEqualTo(Answer.YES);
            assertThat(browser.isGood()).isTrue();
        }

        @Test
        void isAskedForInAWayThatCanBecomeNoCall() {
            check(SipTransport.UDP, "1021");
            assertThat(server.requests("INVITE"))
                    .hasSize(2)
                    .extracting(SeenRequest::message)
                    .allMatch(invite -> invite.get("Require").equals("replaces"))
                    .allMatch(invite -> invite.find("Replaces").isPresent());
            List<SeenRequest> ends = server.awaitRequests("ACK", 2);
            for (int i = 0; i < 2; i++) {
                SipMessage invite = server.requests("INVITE").get(i).message();
                SipMessage end = ends.get(i).message();
                assertThat(end.get("Via")).isEqualTo(invite.get("Via"));
                assertThat(end.sequence()).isEqualTo(invite.sequence());
                assertThat(end.get("To")).contains(";tag=");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {404, 420, 500, 603})
        void isUnknownWhereSipDoesNotTell(int status) {
            server.always("INVITE", SipFault.answer(status, "No"));
            Finding browser = browser(check(SipTransport.TCP, "1011"));
            assertThat(browser.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(browser.words()).contains(String.valueOf(status)).contains("pjsip show");
        }

        @Test
        void isNotWaitedForWhereATelephoneRings() {
            server.answer("INVITE", request -> Optional.of(SipMessage.answer(180, "Ringing")));
            Finding browser = browser(check(SipTransport.TCP, "1011"));
            assertThat(browser.answer()).isEqualTo(Answer.UNKNOWN);
            SipMessage invite = server.requests("INVITE").get(0).message();
            SipMessage end = server.awaitRequests("CANCEL", 1).get(0).message();
            assertThat(end.get("Via")).isEqualTo(invite.get("Via"));
            assertThat(end.sequence()).isEqualTo(invite.sequence());
        }

        @Test
        void hangsUpOnWhoAnswersAgainstAllRules() {
            server.answer(
                    "INVITE",
                    request ->
                            Optional.of(
                                    SipMessage.answer(200, "OK")
                                            .with("Contact", "<sip:x@127.0.0.1:9>")));
            Finding browser = browser(check(SipTransport.TCP, "1011"));
            assertThat(browser.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(server.awaitRequests("ACK", 1).get(0).message().uri())
                    .isEqualTo("sip:x@127.0.0.1:9");
            SipMessage end = server.awaitRequests("BYE", 1).get(0).message();
            assertThat(end.uri()).isEqualTo("sip:x@127.0.0.1:9");
            assertThat(end.sequence())
                    .isGreaterThan(server.requests("INVITE").get(0).message().sequence());
        }
    }
}
