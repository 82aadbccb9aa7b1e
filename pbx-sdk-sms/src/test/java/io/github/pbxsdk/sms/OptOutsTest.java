package io.github.pbxsdk.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.SendOutcome.State;
import io.github.pbxsdk.sms.SmsRejectedException.Kind;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.OptOutEvent.Wish;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who wants no texts gets none. */
class OptOutsTest {

    private static final Address ANN = Address.phone("+61491570156");
    private static final Address BEN = Address.phone("+61491570157");
    private static final Address RECEPTION = Address.phone("+61491570110");
    private static final Address SURGERY = Address.phone("+61491570159");
    private static final Instant NINE = Instant.parse("2026-11-21T09:00:00Z");

    private final StateStore store = StateStore.inMemory();
    private final ManualTime time = ManualTime.startingAt(NINE.plusSeconds(3600));
    private final OptOuts optOuts = OptOuts.builder().store(store).time(time).build();
    private final NotingProvider provider = new NotingProvider();

    @AfterEach
    void close() {
        store.close();
    }

    private static TextMessage received(Address from, Address to, String text, Instant at) {
        return TextMessage.builder(TextMessage.Direction.INBOUND)
                .from(from)
                .addTo(to)
                .text(text)
                .sentAt(at)
                .build();
    }

    private static SmsEvent said(Address from, String text, Instant at) {
        return new MessageReceivedEvent(
                new SmsOrigin("noting", "one"), received(from, RECEPTION, text, at));
    }

    private SmsClient client() {
        return SmsClient.builder().provider(provider).optOuts(optOuts).store(store).build();
    }

    private static TextMessage to(Address person) {
        return TextMessage.to(person).text("See you tomorrow").build();
    }

    @Test
    void whoSaidStopIsNotSentToAnyMoreAndNobodyAsksTheProvider() {
        assertThat(optOuts.note(said(ANN, "Stop!", NINE))).hasValue(Wish.STOP);

        try (SmsClient sms = client()) {
            assertThatThrownBy(() -> sms.messages().send(to(ANN)))
                    .asInstanceOf(InstanceOfAssertFactories.type(SmsRejectedException.class))
                    .satisfies(
                            no -> {
                                assertThat(no.kind()).isEqualTo(Kind.OPTED_OUT);
                                assertThat(no.mayHaveBeenSent()).isFalse();
                            });
            sms.messages().send(to(BEN));
        }
        assertThat(provider.taken).containsExactly(BEN.text());
        assertThat(optOuts.list()).containsExactly(ANN);
    }

    @Test
    void inABulkHeIsSuppressed() {
        optOuts.add(ANN);

        try (SmsClient sms = client()) {
            BulkReport report = SmsBulk.builder(sms).build().send("run", List.of(to(ANN), to(BEN)));

            assertThat(report.outcomes())
                    .extracting(SendOutcome::state)
                    .containsExactly(State.SUPPRESSED, State.SENT);
        }
    }

    @Test
    void yesIsAnAnswerExceptFromWhoHadOptedOut() {
        assertThat(optOuts.note(said(ANN, "Yes", NINE))).isEmpty();

        optOuts.note(said(ANN, "STOP", NINE.plusSeconds(1)));
        assertThat(optOuts.note(said(ANN, "Yes", NINE.plusSeconds(2)))).hasValue(Wish.START);
        assertThat(optOuts.isOptedOut(ANN)).isFalse();
    }

    @Test
    void anOldStopThatComesAgainDoesNotUndoAStart() {
        optOuts.note(said(ANN, "STOP", NINE));
        optOuts.note(said(ANN, "START", NINE.plusSeconds(60)));

        optOuts.note(said(ANN, "STOP", NINE));

        assertThat(optOuts.isOptedOut(ANN)).isFalse();
    }

    @Test
    void helpAndOrdinaryTextsChangeNothing() {
        assertThat(optOuts.note(said(ANN, "HELP", NINE))).hasValue(Wish.HELP);
        assertThat(optOuts.note(said(ANN, "Please cancel my 3 pm", NINE))).isEmpty();
        assertThat(optOuts.isOptedOut(ANN)).isFalse();
    }

    @Test
    void whatTheProviderNotedIsNotedHere() {
        SmsEvent event =
                new OptOutEvent(
                        new SmsOrigin("noting", "one"),
                        Wish.STOP,
                        received(ANN, RECEPTION, "arrêtez", NINE),
                        "n1");

        assertThat(optOuts.note(event)).hasValue(Wish.STOP);
        assertThat(optOuts.isOptedOut(ANN)).isTrue();
    }

    @Test
    void whomTheProviderRefusesForThatReasonIsAdded() {
        provider.answering(ANN.text(), NotingProvider.no(Kind.OPTED_OUT));
        try (SmsClient sms = client()) {
            assertThatThrownBy(() -> sms.messages().send(to(ANN)))
                    .isInstanceOf(SmsRejectedException.class);
            assertThatThrownBy(() -> sms.messages().send(to(ANN)))
                    .isInstanceOf(SmsRejectedException.class);
        }
        assertThat(provider.asked).hasSize(1);
        assertThat(optOuts.isOptedOut(ANN)).isTrue();
    }

    @Test
    void byDefaultWhoStoppedOneNumberHasStoppedAll() {
        optOuts.note(said(ANN, "STOP", NINE));

        assertThat(optOuts.isOptedOut(SURGERY, ANN)).isTrue();
    }

    @Test
    void eachNumberCanHaveAListOfItsOwn() {
        OptOuts apart = OptOuts.builder().store(store).list("apart").perNumber().build();
        apart.note(said(ANN, "STOP", NINE));

        assertThat(apart.isOptedOut(RECEPTION, ANN)).isTrue();
        assertThat(apart.isOptedOut(SURGERY, ANN)).isFalse();
        assertThat(apart.list()).containsExactly(ANN);
        assertThat(optOuts.isOptedOut(RECEPTION, ANN)).as("another list").isFalse();

        apart.remove(ANN);
        assertThat(apart.isOptedOut(RECEPTION, ANN)).isFalse();
        assertThat(apart.list()).isEmpty();
    }

    @Test
    void whereNobodyKnowsTheSenderAnyStopCounts() {
        OptOuts apart = OptOuts.builder().store(store).list("apart").perNumber().build();
        OptOuts another = OptOuts.builder().store(store).list("apart2").perNumber().build();
        another.note(said(BEN, "STOP", NINE));
        apart.note(said(ANN, "STOP", NINE));
        apart.note(saidTo(SURGERY, ANN, "STOP", NINE));

        try (SmsClient pool =
                SmsClient.builder().provider(provider).optOuts(apart).store(store).build()) {
            assertThatThrownBy(() -> pool.messages().send(to(ANN)))
                    .isInstanceOfSatisfying(
                            SmsRejectedException.class,
                            no -> assertThat(no.kind()).isEqualTo(Kind.OPTED_OUT));
            pool.messages().send(to(BEN));

            apart.note(said(ANN, "START", NINE.plusSeconds(1)));
            assertThatThrownBy(() -> pool.messages().send(to(ANN)))
                    .as("one of two numbers only")
                    .isInstanceOf(SmsRejectedException.class);
            apart.note(saidTo(SURGERY, ANN, "START", NINE.plusSeconds(1)));
            pool.messages().send(to(ANN));
        }
        assertThat(provider.taken).containsExactly(BEN.text(), ANN.text());
    }

    private static SmsEvent saidTo(Address ours, Address from, String text, Instant at) {
        return new MessageReceivedEvent(
                new SmsOrigin("noting", "one"), received(from, ours, text, at));
    }

    @Test
    void eachOfOurNumbersCountsWhateverTheOthersBeginWith() {
        OptOuts apart = OptOuts.builder().store(store).perNumber().build();
        List<Address> ours =
                List.of(
                        Address.shortCode("123"),
                        Address.shortCode("1234"),
                        Address.shortCode("12340"),
                        Address.senderName("A"),
                        Address.senderName("A A"),
                        Address.senderName("A-A"),
                        RECEPTION);
        for (int i = 0; i < ours.size(); i++) {
            Address person = Address.phone("+6149157011" + i);
            apart.note(saidTo(ours.get(i), BEN, "START", NINE));
            assertThat(apart.isOptedOut(person)).isFalse();

            apart.note(saidTo(ours.get(i), person, "STOP", NINE));

            assertThat(apart.isOptedOut(person)).as("%s", ours.get(i)).isTrue();
        }
        assertThat(apart.isOptedOut(BEN)).isFalse();
    }

    @Test
    void whatHoldsForAllNumbersIsNotUndoneByOneOfThemWhereNobodyKnowsTheSender() {
        OptOuts apart = OptOuts.builder().store(store).time(time).perNumber().build();
        apart.add(ANN);
        apart.note(said(ANN, "START", NINE.plusSeconds(7200)));

        assertThat(apart.isOptedOut(RECEPTION, ANN)).isFalse();
        assertThat(apart.isOptedOut(SURGERY, ANN)).isTrue();
        assertThat(apart.isOptedOut(ANN)).isTrue();

        apart.remove(ANN);
        assertThat(apart.isOptedOut(SURGERY, ANN)).isFalse();
    }

    @Test
    void theWordsCanBeThoseOfAConversation() {
        OptOutKeywords ofAppointments = OptOutKeywords.standard().without("CANCEL");

        assertThat(optOuts.note(said(ANN, "CANCEL", NINE), ofAppointments)).isEmpty();
        assertThat(optOuts.note(said(ANN, "CANCEL", NINE))).hasValue(Wish.STOP);
    }
}
