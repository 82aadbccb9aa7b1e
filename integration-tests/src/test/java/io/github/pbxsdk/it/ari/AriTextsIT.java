package io.github.pbxsdk.it.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.ari.AriMessageGateway;
import io.github.pbxsdk.ari.AriRejectedException;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other suites send texts too, so that each test looks for its own. */
@OnAsterisk
@Timeout(60)
class AriTextsIT {

    private static final int PHONE = 1018;

    private static final String DIFFICULT =
            "first line\r\n\r\nEvent: Hangup\r\nChannel: PJSIP/1\r\n\r\n, größer 😀; ${EPOCH}";

    private static AriClient.Builder builder(Asterisk asterisk) {
        return AriClient.builder()
                .baseUri(asterisk.ari())
                .credentials(asterisk.ariCredentials())
                .application("texts-" + AriClient.newId())
                .eventSource("endpoint:PJSIP");
    }

    private static TextMessage.Builder toPhone(String text) {
        return TextMessage.to(Address.extension(String.valueOf(PHONE)))
                .from(Address.extension("600"))
                .text(text);
    }

    @Test
    void aTextReachesThePhoneAsItWasWritten(Asterisk asterisk) throws IOException {
        try (AriClient ari = builder(asterisk).build();
                SipPhone phone = SipPhone.register(asterisk.sip(), asterisk.extension(PHONE))) {
            AriMessageGateway texts = AriMessageGateway.builder(ari).build();

            for (String text : new String[] {"Door 4 is open: now!", DIFFICULT, " x "}) {
                MessageReceipt receipt =
                        texts.send(toPhone(text).putAttribute("X-Door", "4,5").build());
                assertThat(receipt.outcome()).isEqualTo(MessageReceipt.Outcome.ACCEPTED);
                SipPhone.Message arrived = phone.receive();
                assertThat(arrived.body()).isEqualTo(text);
                assertThat(arrived.headers()).containsEntry("x-door", "4,5");
                assertThat(arrived.headers().get("from")).contains("sip:600@127.0.0.1");
            }
            String longest = "ä".repeat(5_000);
            texts.send(toPhone(longest).build());
            assertThat(phone.receive().body()).isEqualTo(longest);
        }
    }

    @Test
    void nobodyThereIsARefusal(Asterisk asterisk) {
        try (AriClient ari = builder(asterisk).build()) {
            AriMessageGateway texts = AriMessageGateway.builder(ari).build();
            TextMessage message =
                    TextMessage.to(Address.extension("1999"))
                            .from(Address.extension("600"))
                            .text("x")
                            .build();

            assertThatExceptionOfType(AriRejectedException.class)
                    .isThrownBy(() -> texts.send(message))
                    .satisfies(e -> assertThat(e.mayHaveBeenSent()).isFalse());
        }
    }

    @Test
    void aTextOfThePhoneArrivesOnceAndCanBeAnswered(Asterisk asterisk) throws Exception {
        AriClient ari =
                builder(asterisk)
                        .application("texts-" + AriClient.newId())
                        .eventSource("endpoint:PJSIP/" + PHONE)
                        .build();
        try (ari;
                SipPhone phone = SipPhone.register(asterisk.sip(), asterisk.extension(PHONE))) {
            AriMessageGateway texts =
                    AriMessageGateway.builder(ari).from(Address.extension("600")).build();
            BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
            Address self = Address.extension(String.valueOf(PHONE));
            texts.subscribe(
                    message -> {
                        if (message.from().filter(self::equals).isPresent()) {
                            received.add(message);
                        }
                    });
            ari.connect();
            phone.send("600", DIFFICULT);
            phone.send("600", "second");

            TextMessage message = received.poll(10, TimeUnit.SECONDS);
            assertThat(message.text()).isEqualTo(DIFFICULT);
            assertThat(message.to()).containsExactly(Address.extension("600"));
            assertThat(message.raw().list())
                    .noneMatch(field -> field.value().contains("response="));
            assertThat(received.poll(10, TimeUnit.SECONDS).text()).isEqualTo("second");
            assertThat(phone.receive().body()).as("echo of 600").isEqualTo(DIFFICULT);
            assertThat(phone.receive().body()).as("echo of 600").isEqualTo("second");

            texts.send(message.reply("noted").build());
            assertThat(phone.receive().body()).isEqualTo("noted");
            assertThat(received).isEmpty();
        }
    }
}
