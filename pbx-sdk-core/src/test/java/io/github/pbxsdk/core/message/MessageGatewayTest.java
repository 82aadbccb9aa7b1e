package io.github.pbxsdk.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.GapEvent;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.core.internal.Futures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageGatewayTest {

    private final List<String> paged = new ArrayList<>();
    private boolean onAir = true;
    private final PagerGateway gateway = new PagerGateway(new Transmitter());

    @ParameterizedTest
    @EnumSource
    void tellsHowFarAMessageHasCome(Door door) {
        MessageReceipt receipt = door.send(gateway, message("Door 4 is open"));

        assertThat(receipt.outcome()).isEqualTo(MessageReceipt.Outcome.ACCEPTED);
        assertThat(receipt.words()).isEqualTo("ON AIR");
        assertThat(receipt.id()).isEmpty();
        assertThat(paged).containsExactly("102: Door 4 is open");
    }

    @ParameterizedTest
    @EnumSource
    void saysHonestlyThatNothingWasSent(Door door) {
        onAir = false;

        assertThatExceptionOfType(PbxConnectionException.class)
                .isThrownBy(() -> door.send(gateway, message("Door 4 is open")))
                .satisfies(failure -> assertThat(failure.mayHaveBeenSent()).isFalse());
        assertThat(paged).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatItCanNotCarry(Door door) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> door.send(gateway, message("a".repeat(81))))
                .withMessageContaining("at most 80");
        assertThat(paged).isEmpty();
    }

    @Test
    void handsOverWhatArrivesUntilTheSubscriptionIsClosed() throws Exception {
        List<TextMessage> received = new ArrayList<>();
        Subscription texts = gateway.subscribe(received::add);
        gateway.pressed("102", "help");
        texts.close();
        gateway.pressed("102", "too late");

        assertThat(received).extracting(TextMessage::text).containsExactly("help");
        assertThat(received.get(0).via()).contains("pagers");
    }

    @Test
    void anAnswerGoesBackToTheSender() throws Exception {
        gateway.subscribe(message -> gateway.send(message.reply("coming").build()));

        gateway.pressed("103", "help");

        assertThat(paged).containsExactly("103: coming");
    }

    @Test
    void aListenerThatDoesNotCareForGapsIsALambda() throws Exception {
        List<TextMessage> received = new ArrayList<>();
        FeedListener<TextMessage> listener = received::add;

        listener.onGap(GapEvent.ofConnection("pagers", Instant.EPOCH, Instant.EPOCH));

        assertThat(received).isEmpty();
    }

    @Test
    void aReceiptKeepsTheWordsAndTheIdOfThePeer() {
        MessageReceipt receipt =
                MessageReceipt.delivered("200 OK").identifiedBy(MessageId.of("m1"));

        assertThat(receipt.outcome()).isEqualTo(MessageReceipt.Outcome.DELIVERED);
        assertThat(receipt.id()).contains(MessageId.of("m1"));
        assertThat(receipt)
                .hasToString("MessageReceipt[DELIVERED m1: 200 OK]")
                .isEqualTo(MessageReceipt.delivered("200 OK").identifiedBy(MessageId.of("m1")))
                .isNotEqualTo(MessageReceipt.delivered("200 OK"))
                .isNotEqualTo(MessageReceipt.accepted("200 OK").identifiedBy(MessageId.of("m1")));
        assertThatIllegalArgumentException().isThrownBy(() -> MessageId.of(""));
    }

    private static TextMessage message(String text) {
        return TextMessage.to(Address.extension("102")).text(text).build();
    }

    /** The two doors of one operation. */
    enum Door {
        BLOCKING {
            @Override
            MessageReceipt send(MessageGateway gateway, TextMessage message) {
                return gateway.send(message);
            }
        },
        ASYNCHRONOUS {
            @Override
            MessageReceipt send(MessageGateway gateway, TextMessage message) {
                return Futures.await(gateway.sendAsync(message));
            }
        };

        abstract MessageReceipt send(MessageGateway gateway, TextMessage message);
    }

    private final class Transmitter implements PagerGateway.Pagers {

        @Override
        public boolean isOnAir() {
            return onAir;
        }

        @Override
        public CompletableFuture<String> page(String pager, String text) {
            paged.add(pager + ": " + text);
            return CompletableFuture.completedFuture("ON AIR");
        }
    }
}
