package io.github.pbxsdk.it.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.AmiMessageGateway;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.AmiText;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageReceipt;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Other suites send texts too, so that each test looks for its own. */
@OnAsterisk
class AmiTextsIT {

    private static final int PHONE = 1017;

    private static final String DIFFICULT =
            "first line\r\n\r\nEvent: Hangup\r\nChannel: PJSIP/1\r\n\r\n, größer 😀; ${EPOCH}";

    private static AmiClient connect(Asterisk asterisk) {
        AmiClient client =
                AmiClient.builder()
                        .host(asterisk.ami().getHostString())
                        .port(asterisk.ami().getPort())
                        .credentials(asterisk.amiCredentials())
                        .build();
        client.connect();
        return client;
    }

    private static TextMessage.Builder toPhone(String text) {
        return TextMessage.to(Address.extension(String.valueOf(PHONE)))
                .from(Address.extension("600"))
                .text(text);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(5, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void aTextReachesThePhoneAsItWasWritten(Asterisk asterisk) {
        try (AmiClient ami = connect(asterisk);
                TextPhone phone = TextPhone.register(asterisk, PHONE)) {
            AmiMessageGateway texts = AmiMessageGateway.builder(ami).build();

            for (String text : new String[] {"Door 4 is open: now!", DIFFICULT, " x "}) {
                MessageReceipt receipt = texts.send(toPhone(text).build());
                assertThat(receipt.outcome()).isEqualTo(MessageReceipt.Outcome.ACCEPTED);
                TextPhone.Text arrived = phone.nextText();
                assertThat(arrived.body()).isEqualTo(text);
                assertThat(arrived.head()).contains("sip:600@127.0.0.1");
            }
            String longest = "ä".repeat(378);
            Futures.await(texts.sendAsync(toPhone(longest).build()));
            assertThat(phone.nextText().body()).isEqualTo(longest);
        }
    }

    @Test
    void attributesTravelAsHeaders(Asterisk asterisk) {
        try (AmiClient ami = connect(asterisk);
                TextPhone phone = TextPhone.register(asterisk, PHONE)) {
            AmiMessageGateway.builder(ami)
                    .build()
                    .send(toPhone("x").putAttribute("X-Door", "4,5").build());

            assertThat(phone.nextText().head()).contains("X-Door: 4,5");
        }
    }

    @Test
    void nobodyThereIsARefusal(Asterisk asterisk) {
        try (AmiClient ami = connect(asterisk)) {
            AmiMessageGateway texts = AmiMessageGateway.builder(ami).build();
            TextMessage message =
                    TextMessage.to(Address.extension("1999"))
                            .from(Address.extension("600"))
                            .text("x")
                            .build();

            assertThatThrownBy(() -> texts.send(message))
                    .isInstanceOfSatisfying(
                            AmiRejectedException.class,
                            e -> assertThat(e.mayHaveBeenSent()).isFalse());
        }
    }

    @Test
    void aTextOfThePhoneArrivesOnceAndCanBeAnswered(Asterisk asterisk) throws InterruptedException {
        try (AmiClient ami = connect(asterisk);
                TextPhone phone = TextPhone.register(asterisk, PHONE)) {
            AmiMessageGateway texts = AmiMessageGateway.builder(ami).build();
            BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
            BlockingQueue<AmiText> all = new LinkedBlockingQueue<>();
            Address self = Address.extension(String.valueOf(PHONE));
            texts.subscribe(
                    message -> {
                        if (message.from().filter(self::equals).isPresent()) {
                            received.add(message);
                        }
                    });
            texts.subscribeToAll(
                    text -> {
                        if (text.message().from().filter(self::equals).isPresent()) {
                            all.add(text);
                        }
                    });
            phone.send("600", DIFFICULT);

            TextMessage message = next(received);
            assertThat(message.text()).isEqualTo(DIFFICULT);
            assertThat(message.to()).containsExactly(Address.extension("600"));
            assertThat(message.attributes()).isEmpty();
            assertThat(next(all).kind()).isEqualTo(AmiText.Kind.RECEIVED);
            AmiText sent = next(all);
            assertThat(sent.kind()).isEqualTo(AmiText.Kind.SENT);
            assertThat(sent.status()).isEqualTo("SUCCESS");
            assertThat(phone.nextText().body()).as("echo of 600").isEqualTo(DIFFICULT);

            texts.send(message.reply("noted").build());
            assertThat(phone.nextText().body()).isEqualTo("noted");
            assertThat(received).isEmpty();
        }
    }

    @Test
    void eventsOfOtherClientsAreReadAndDoubted(Asterisk asterisk) throws InterruptedException {
        String id = UUID.randomUUID().toString();
        try (AmiClient ami = connect(asterisk)) {
            BlockingQueue<TextMessage> received = new LinkedBlockingQueue<>();
            AmiMessageGateway.builder(ami)
                    .build()
                    .subscribe(
                            message -> {
                                if (message.raw().find("id").orElse("").startsWith(id)) {
                                    received.add(message);
                                }
                            });
            // FreePBX raises its own like this.
            ami.send(
                    AmiAction.raw(
                            "UserEvent",
                            "UserEvent",
                            "sms-inbound",
                            "id",
                            id + "-1",
                            "from",
                            "61491570156",
                            "to",
                            "61491570157",
                            "message",
                            "\"Line 1\\nLine \\u00e4, 2\""));
            ami.send(
                    AmiAction.raw(
                            "UserEvent",
                            "UserEvent",
                            "sdk-message",
                            "id",
                            id + "-2",
                            "from",
                            "1001",
                            "from",
                            "1002",
                            "body64",
                            "aGk="));

            TextMessage sms = next(received);
            assertThat(sms.text()).isEqualTo("Line 1\nLine ä, 2");
            assertThat(sms.from()).contains(Address.phone("+61491570156"));
            assertThat(sms.attributes()).isEmpty();
            assertThat(next(received).attributes().get(AmiMessageGateway.SUSPICION))
                    .contains("from more than once", "no channel");
        }
    }
}
