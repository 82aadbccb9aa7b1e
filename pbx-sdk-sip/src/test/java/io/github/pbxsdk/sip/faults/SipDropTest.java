package io.github.pbxsdk.sip.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.ReconnectOptions;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.sip.SipClient;
import io.github.pbxsdk.sip.SipTransport;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.SipFault;
import io.github.pbxsdk.testing.sip.SipMessage;
import io.github.pbxsdk.testing.sip.TakenText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that the client ends itself while a text is on its way. */
class SipDropTest {

    private static final String ALICE = "1011";
    private static final String BOB = "1012";

    private final FakeSip first = FakeSip.asterisk22();
    private final FakeSip second = FakeSip.asterisk22();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static SipClient.Builder builder(FakeSip... servers) {
        return SipClient.builder()
                .servers(Stream.of(servers).map(SipDropTest::at).toList())
                .transport(SipTransport.TCP)
                .reconnect(ReconnectOptions.defaults().firstDelay(Duration.ofMillis(20)));
    }

    private static HostAndPort at(FakeSip server) {
        return new HostAndPort("127.0.0.1", server.tcp().getPort());
    }

    /** Registers, and has a text taken whose answer does not come. */
    private CompletableFuture<MessageReceipt> unanswered(SipClient sip) {
        sip.register(ALICE, Clients.secret(ALICE));
        first.next("MESSAGE", SipFault.loseAnswer());
        CompletableFuture<MessageReceipt> sent = sip.sendAsync(Clients.text(BOB, "once"));
        first.awaitTexts(1);
        return sent;
    }

    private void isUnknownAndSentOnce(CompletableFuture<MessageReceipt> sent) {
        assertThatThrownBy(() -> sent.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        PbxConnectionException.class,
                        failure -> assertThat(failure.mayHaveBeenSent()).isTrue())
                .hasMessageStartingWith("MESSAGE to " + at(first));
        assertThat(first.texts()).extracting(TakenText::text).containsExactly("once");
        assertThat(second.texts()).isEmpty();
    }

    @Test
    void aTextIsNotDoubledWhenTheServerSendsAnotherExtensionElsewhere() {
        try (SipClient sip = builder(first).build()) {
            CompletableFuture<MessageReceipt> sent = unanswered(sip);
            first.answer(
                    "REGISTER",
                    request ->
                            Optional.of(
                                    SipMessage.answer(302, "Elsewhere")
                                            .with("Contact", "<sip:" + at(second) + ">")));
            sip.registerAsync(BOB, Clients.secret(BOB));

            second.awaitRegistered(BOB);
            isUnknownAndSentOnce(sent);
        }
    }

    @Test
    void aTextIsNotDoubledWhenTheServerHasNoTimeForAnotherExtension() {
        try (SipClient sip = builder(first, second).build()) {
            CompletableFuture<MessageReceipt> sent = unanswered(sip);
            first.always("REGISTER", SipFault.answer(503, "Service Unavailable"));
            sip.registerAsync(BOB, Clients.secret(BOB));

            second.awaitRegistered(ALICE);
            isUnknownAndSentOnce(sent);
        }
    }
}
