package io.github.pbxsdk.sms.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.RawFields;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import io.github.pbxsdk.sms.Messages;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsIntake;
import io.github.pbxsdk.sms.SmsRejectedException;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.OtherSmsEvent;
import io.github.pbxsdk.sms.provider.TwilioSms;
import io.github.pbxsdk.testing.sms.FakeTwilio;
import io.github.pbxsdk.testing.sms.SmsFault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Address CLINIC = Address.phone("+61491570110");
    private static final Address MOBILE = Address.phone("+61491570156");
    private static final Address LANDLINE = Address.phone("+61491570157");
    private static final Address STRANGER = Address.phone("+61491570158");
    private static final Contact ANNA =
            Contact.of(
                    "p-1",
                    "Anna",
                    List.of(
                            new ContactPhone("Mobile", MOBILE),
                            new ContactPhone("Emergency contact", LANDLINE)));
    private static final Contact BEN =
            Contact.of("p-2", "Ben", List.of(new ContactPhone("Home", LANDLINE)));

    private final FakeTwilio server = new FakeTwilio();
    private final StateStore state = StateStore.inMemory();
    private final ManualTime time = ManualTime.startingAt(NOON);
    private final MessageStore store = MessageStore.inMemory();
    private final SmsClient client =
            SmsClient.builder()
                    .provider(
                            TwilioSms.builder()
                                    .baseUrl(server.url())
                                    .credentials(Credentials.of("AC1", "12345"))
                                    .build())
                    .sender(CLINIC)
                    .region("AU")
                    .store(state)
                    .build();
    private final Conversations conversations =
            Conversations.builder()
                    .client(client)
                    .store(store)
                    .contacts(ConversationsTest::contacts)
                    .ownNumbers(List.of(CLINIC))
                    .time(time)
                    .build();

    private static List<Contact> contacts(Address address) {
        if (address.equals(LANDLINE)) {
            return List.of(ANNA, BEN);
        }
        return address.equals(MOBILE) ? List.of(ANNA) : List.of();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        state.close();
    }

    private void receive(String id, String from, String text) {
        conversations.record(event(id, from, text));
    }

    private MessageReceivedEvent event(String id, String from, String text) {
        return new MessageReceivedEvent(
                client.origin(),
                TextMessage.builder(Direction.INBOUND)
                        .id(MessageId.of(id))
                        .from(Address.parse(from))
                        .addTo(CLINIC)
                        .text(text)
                        .build());
    }

    private static List<String> texts(List<StoredMessage> messages) {
        return messages.stream().map(message -> message.message().text()).toList();
    }

    @Test
    void showsWhatWasWrittenBothWaysInOneThread() {
        Conversation talk = conversations.with(ANNA);
        talk.send("See you at 3?");
        time.advance(Duration.ofSeconds(5));
        receive("SM1", "+61491570156", "Yes");

        assertThat(texts(talk.refresh())).containsExactly("See you at 3?", "Yes");
        assertThat(texts(conversations.with(ANNA).messages()))
                .containsExactly("See you at 3?", "Yes");
        assertThat(server.accepted()).hasSize(1);
    }

    @Test
    void aReplyWrittenTheNationalWayIsInTheSameThread() {
        conversations.with(ANNA).send("See you at 3?");
        receive("SM1", "0491 570 156", "Yes");

        assertThat(conversations.list(10)).hasSize(1);
    }

    @Test
    void writesToTheDefaultPhoneUnlessAnotherOneIsChosenAndSaysWhichOneItWas() {
        Conversation talk = conversations.with(ANNA);
        talk.send("To the mobile");
        talk.send("To the other one", LANDLINE);
        receive("SM1", "+61491570157", "From the other one");

        List<StoredMessage> all = talk.refresh();

        assertThat(server.accepted().get(0).parameter("To")).contains("+61491570156");
        assertThat(server.accepted().get(1).parameter("To")).contains("+61491570157");
        assertThat(all)
                .extracting(talk::phoneLabel)
                .containsExactly(
                        Optional.empty(),
                        Optional.of("Emergency contact"),
                        Optional.of("Emergency contact"));
    }

    @Test
    void aFamilyThatSharesANumberSeesItsTextsInEachThread() {
        receive("SM1", "+61491570157", "Which of us?");

        assertThat(texts(conversations.with(ANNA).messages())).containsExactly("Which of us?");
        assertThat(texts(conversations.with(BEN).messages())).containsExactly("Which of us?");
        assertThat(conversations.contacts(conversations.list(1).get(0).key()))
                .containsExactly(ANNA, BEN);
    }

    @Test
    void keepsTextsOfStrangersAndOfNobody() {
        receive("SM1", "+61491570158", "Is this the clinic?");
        receive("SM2", "Anonymous", "Hello");
        conversations.record(
                new MessageReceivedEvent(
                        client.origin(),
                        TextMessage.builder(Direction.INBOUND).text("no addresses").build()));
        receive("SM3", "+61491570156", "I am known");

        assertThat(conversations.unmatched(10))
                .extracting(summary -> summary.last().message().text())
                .containsExactlyInAnyOrder("Is this the clinic?", "Hello", "no addresses");
        assertThat(conversations.unmatched(2)).hasSize(2);
        assertThat(conversations.list(10)).hasSize(4);
    }

    @Test
    void refreshOnlyAppends() {
        receive("SM1", "+61491570156", "one");
        Conversation talk = conversations.with(ANNA);
        List<StoredMessage> before = talk.messages();
        conversations.record(
                new MessageReceivedEvent(
                        client.origin(),
                        event("SM2", "+61491570156", "late, from the morning").message().toBuilder()
                                .sentAt(NOON.minusSeconds(9999))
                                .build()));
        receive("SM3", "+61491570156", "two");

        assertThat(texts(talk.refresh())).containsExactly("late, from the morning", "two");
        assertThat(talk.refresh()).isEmpty();
        assertThat(talk.messages()).startsWith(before.toArray(StoredMessage[]::new)).hasSize(3);
        assertThat(talk.loadOlder(10)).as("nothing is shown twice").isEmpty();
    }

    @Test
    void refreshRenewsWhereATextOfOursIs() {
        Conversation talk = conversations.with(ANNA);
        StoredMessage ours = talk.send("See you at 3?");
        assertThat(state(talk.refresh().get(0))).isEqualTo(SmsState.QUEUED);
        conversations.record(
                DeliveryReportEvent.builder(
                                client.origin(), SmsStatus.of(SmsState.DELIVERED, "delivered"))
                        .id(ours.message().id().orElseThrow())
                        .build());

        assertThat(talk.refresh()).isEmpty();

        assertThat(state(talk.messages().get(0))).isEqualTo(SmsState.DELIVERED);
    }

    private static SmsState state(StoredMessage message) {
        return message.status().orElseThrow().state();
    }

    @Test
    void olderTextsGoInFront() {
        for (int i = 0; i < 120; i++) {
            time.advance(Duration.ofSeconds(1));
            receive("SM" + i, "+61491570156", "text " + i);
        }
        Conversation talk = conversations.with(ANNA);

        assertThat(texts(talk.messages())).hasSize(50).startsWith("text 70").endsWith("text 119");
        assertThat(texts(talk.loadOlder(50))).startsWith("text 20").endsWith("text 69");
        assertThat(talk.loadOlder(50)).hasSize(20);
        assertThat(talk.loadOlder(50)).isEmpty();
        assertThat(texts(talk.messages())).hasSize(120).startsWith("text 0").endsWith("text 119");
        assertThat(texts(talk.search("TEXT 11", 50))).hasSize(11);
    }

    @Test
    void countsWhatNobodyHasReadAndMarksWhatWasSeen() {
        receive("SM1", "+61491570156", "one");
        Conversation talk = conversations.with(ANNA);
        receive("SM2", "+61491570156", "two");

        assertThat(talk.unread()).isEqualTo(2);
        talk.markRead();
        assertThat(talk.unread()).as("nobody has seen the second one").isOne();
        talk.refresh();
        talk.markRead();
        assertThat(talk.unread()).isZero();
    }

    @Test
    void aTextThatWasNotSentIsThereAndSaysSo() {
        server.fail(SmsFault.DROP_AFTER_ACCEPTING);
        assertThatThrownBy(() -> conversations.with(ANNA).send("lost?"))
                .isInstanceOf(PbxException.class);
        assertThatThrownBy(
                        () ->
                                conversations.send(
                                        TextMessage.to(Address.phone("+15005550001"))
                                                .text("no")
                                                .build()))
                .isInstanceOf(SmsRejectedException.class);

        assertThat(store.list(MessageQuery.all()))
                .extracting(ConversationsTest::state)
                .containsExactlyInAnyOrder(SmsState.UNKNOWN, SmsState.FAILED);
    }

    @Test
    void aDoubtStaysWhenALaterCallCertainlySendsNothing() {
        TextMessage message = TextMessage.to(MOBILE).text("See you at 3?").build();
        server.fail(SmsFault.DROP_AFTER_ACCEPTING);
        assertThatThrownBy(() -> conversations.send(message, "appointment-1214"))
                .isInstanceOf(PbxException.class);
        client.with(CallOptions.idempotencyKey("appointment-1214")).messages().forget();

        server.fail(SmsFault.UNAUTHORIZED);
        assertThatThrownBy(() -> conversations.send(message, "appointment-1214"))
                .isInstanceOf(PbxAuthenticationException.class);

        assertThat(onlyState()).isEqualTo(SmsState.UNKNOWN);
    }

    @Test
    void whatWasBrokenOffIsNotCalledUnsentBecauseItHasChanged() {
        TextMessage message = brokenOff("appointment-1214");
        TextMessage fromElsewhere = message.toBuilder().from(STRANGER).build();

        assertThatThrownBy(() -> conversations.send(fromElsewhere, "appointment-1214"))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(onlyState()).isEqualTo(SmsState.UNKNOWN);
        assertThat(server.accepted()).hasSize(1);
    }

    @Test
    void anotherFileIsAnotherText() {
        TextMessage message = brokenOff("appointment-1214");
        TextMessage other =
                message.toBuilder()
                        .addMedia(MediaItem.of(URI.create("https://example.org/plan.png")))
                        .build();

        assertThatThrownBy(() -> conversations.send(other, "appointment-1214"))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(store.list(MessageQuery.all()))
                .singleElement()
                .satisfies(kept -> assertThat(kept.status()).isEmpty());
    }

    /** Leaves what a process leaves that ends while it sends. */
    private TextMessage brokenOff(String key) {
        TextMessage message = TextMessage.to(MOBILE).from(CLINIC).text("See you at 3?").build();
        store.add(
                ConversationKey.of(message, Set.of(CLINIC)),
                client.origin(),
                message.toBuilder().sentAt(NOON).build(),
                key);
        server.fail(SmsFault.DROP_AFTER_ACCEPTING);
        Messages once = client.with(CallOptions.idempotencyKey(key)).messages();
        assertThatThrownBy(() -> once.send(message)).isInstanceOf(PbxException.class);
        return message;
    }

    @Test
    void withoutWaitingItIsKeptBeforeItIsSent() {
        server.fail(SmsFault.SILENCE_AFTER_ACCEPTING);
        CompletableFuture<StoredMessage> sending = conversations.with(ANNA).sendAsync("On my way");

        assertThat(texts(conversations.with(ANNA).messages())).containsExactly("On my way");
        await().until(() -> server.accepted().size() == 1);
        sending.cancel(true);

        assertThat(sending).isCancelled();
        await().until(() -> onlyState() == SmsState.UNKNOWN);
    }

    private SmsState onlyState() {
        return state(store.list(MessageQuery.all()).get(0));
    }

    @Test
    void withoutWaitingItFailsAsWithWaiting() {
        server.fail(SmsFault.UNAUTHORIZED);

        assertThat(conversations.with(ANNA).sendAsync("Hello", MOBILE))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(PbxAuthenticationException.class);
        assertThat(onlyState()).isEqualTo(SmsState.FAILED);
        assertThat(conversations.with(ANNA).sendAsync("Hello"))
                .succeedsWithin(Duration.ofSeconds(10))
                .satisfies(kept -> assertThat(state(kept)).isEqualTo(SmsState.QUEUED));
    }

    @Test
    void whatCanNotBeSentIsNotKept() {
        assertThatThrownBy(() -> conversations.with(ANNA).send("x".repeat(1601)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> conversations.with(Contact.of("p-3", "Cy", List.of())).send("Hi"))
                .isInstanceOf(IllegalStateException.class);

        assertThat(conversations.list(10)).isEmpty();
    }

    @Test
    void oneKeySendsAndKeepsOnce() {
        TextMessage message = TextMessage.to(MOBILE).text("See you at 3?").build();
        StoredMessage first = conversations.send(message, "appointment-1214");
        StoredMessage again = conversations.send(message, "appointment-1214");

        assertThat(again.number()).isEqualTo(first.number());
        assertThat(server.accepted()).hasSize(1);
        TextMessage other = TextMessage.to(MOBILE).text("Another").build();
        assertThatThrownBy(() -> conversations.send(other, "appointment-1214"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(state(store.find(first.number()).orElseThrow())).isEqualTo(SmsState.QUEUED);
    }

    @Test
    void keepsWhatWasSentAnotherWay() {
        TextMessage message = TextMessage.to(MOBILE).text("In bulk").build();
        SendResult result =
                client.with(CallOptions.idempotencyKey("bulk-1")).messages().send(message);

        conversations.recordSent(message, result);

        assertThat(texts(conversations.with(ANNA).messages())).containsExactly("In bulk");
    }

    @Test
    void anIntakeThatIsToldTwiceKeepsOneText() {
        SmsIntake intake = SmsIntake.builder().store(state).handler(conversations::record).build();

        for (int i = 0; i < 3; i++) {
            intake.accept(event("SM1", "+61491570156", "Yes"));
        }
        conversations.record(event("SM1", "+61491570156", "Yes"));

        assertThat(conversations.with(ANNA).messages()).hasSize(1);
    }

    @Test
    void anOptOutIsATextAsWellAndTheUnknownIsNone() {
        TextMessage stop = event("SM1", "+61491570156", "STOP").message();
        conversations.record(new OptOutEvent(client.origin(), OptOutEvent.Wish.STOP, stop, "SM1"));
        conversations.record(new OtherSmsEvent(client.origin(), RawFields.empty()));

        assertThat(texts(conversations.with(ANNA).messages())).containsExactly("STOP");
        assertThat(conversations.list(10)).hasSize(1);
    }

    @Test
    void anAnswerToAPairGoesFromTheNumberThatWasWrittenTo() {
        Address second = Address.phone("+61491570159");
        conversations.record(
                new MessageReceivedEvent(
                        client.origin(),
                        event("SM1", "+61491570158", "Hi").message().toBuilder()
                                .to(List.of(second))
                                .build()));
        ConversationKey key = conversations.list(1).get(0).key();

        conversations.with(key).send("Hello");

        assertThat(server.accepted().get(0).parameter("From")).contains(second.text());
        assertThat(server.accepted().get(0).parameter("To")).contains(STRANGER.text());
        assertThat(conversations.with(key).messages()).hasSize(2);
        assertThat(conversations.with(key).contacts()).isEmpty();
    }

    @Test
    void forgetsAPersonInTheMessagesAndInTheLedger() {
        TextMessage message = TextMessage.to(MOBILE).text("See you at 3?").build();
        conversations.send(message, "appointment-1214");
        receive("SM1", "0491 570 156", "Yes");
        receive("SM2", "+61491570158", "Other");

        Erasure erased = conversations.erase(Address.parse("0491 570 156"));

        assertThat(erased).isEqualTo(new Erasure(1, 2, 0, 1));
        assertThat(conversations.with(ANNA).messages()).isEmpty();
        assertThat(conversations.list(10)).hasSize(1);
        assertThat(conversations.send(message, "appointment-1214").number())
                .as("the ledger knows nothing of it")
                .isPositive();
        assertThat(server.accepted()).hasSize(2);
    }

    @Test
    void forgetsWhatIsOld() {
        receive("SM1", "+61491570156", "old");
        time.advance(Duration.ofDays(31));
        receive("SM2", "+61491570156", "new");

        assertThat(conversations.eraseOlderThan(Duration.ofDays(30)).messages()).isOne();
        assertThat(texts(conversations.with(ANNA).messages())).containsExactly("new");
        assertThatThrownBy(() -> conversations.eraseOlderThan(Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsWordsInAllConversations() {
        receive("SM1", "+61491570156", "My INSOLES hurt");
        receive("SM2", "+61491570158", "Do you make insoles?");

        assertThat(texts(conversations.search("insoles", 10)))
                .containsExactlyInAnyOrder("My INSOLES hurt", "Do you make insoles?");
    }
}
