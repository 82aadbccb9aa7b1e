package io.github.pbxsdk.sms.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of messages does. */
abstract class MessageStoreBehaviour {

    static final SmsOrigin ORIGIN = new SmsOrigin("twilio", "AC1");
    static final Address ANNA = Address.phone("+61491570156");
    static final Address BEN = Address.phone("+61491570157");
    static final Address CLINIC = Address.phone("+61491570110");
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private MessageStore store = MessageStore.inMemory();

    /** Returns an empty one. */
    abstract MessageStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    static TextMessage received(Address from, String id, String text, Instant at) {
        return TextMessage.builder(Direction.INBOUND)
                .id(MessageId.of(id))
                .from(from)
                .addTo(CLINIC)
                .text(text)
                .sentAt(at)
                .build();
    }

    static TextMessage sent(Address to, String text, Instant at) {
        return TextMessage.to(to).from(CLINIC).text(text).sentAt(at).build();
    }

    private StoredMessage add(TextMessage message) {
        return store.add(ConversationKey.of(message, Set.of(CLINIC)), ORIGIN, message, null);
    }

    private StoredMessage addOurs(TextMessage message, String key) {
        return store.add(ConversationKey.of(message, Set.of(CLINIC)), ORIGIN, message, key);
    }

    private static MessageQuery with(Address address) {
        return MessageQuery.all().with(Set.of(address));
    }

    private static List<String> texts(List<StoredMessage> messages) {
        return messages.stream().map(message -> message.message().text()).toList();
    }

    @Test
    void keepsATextAsItCame() {
        TextMessage odd =
                received(Address.unparsed("Anonymous"), "SM1", "Zoë \u0000 👍 100%_!", NOON)
                        .toBuilder()
                        .receivedAt(NOON.plusSeconds(1))
                        .reference("1214")
                        .inReplyTo(MessageId.of("SM0"))
                        .thread("t")
                        .via("twilio")
                        .putAttribute("a", "b")
                        .addMedia(
                                MediaItem.builder()
                                        .url(URI.create("https://example.org/a.jpg"))
                                        .contentType("image/jpeg")
                                        .name("a.jpg")
                                        .build())
                        .build();

        StoredMessage kept = add(odd);

        assertThat(store.find(kept.number())).contains(kept);
        assertThat(kept.message()).isEqualTo(odd);
        assertThat(kept.origin()).isEqualTo(ORIGIN);
        assertThat(kept.isUnread()).isTrue();
        assertThat(kept.at()).isEqualTo(NOON);
    }

    @Test
    void keepsATextOfOursWithAllThatTravelledAlong() {
        TextMessage ours =
                sent(ANNA, "Hi", NOON).toBuilder()
                        .scheduledAt(NOON.plusSeconds(60))
                        .validFor(Duration.ofHours(2))
                        .build();

        StoredMessage kept = addOurs(ours, "k-1");

        assertThat(kept.message()).isEqualTo(ours);
        assertThat(kept.idempotencyKey()).contains("k-1");
        assertThat(kept.status()).isEmpty();
        assertThat(kept.isUnread()).isFalse();
    }

    @Test
    void aTextThatComesAgainIsTheSameOne() {
        StoredMessage first = add(received(ANNA, "SM1", "Yes", NOON));
        StoredMessage again = add(received(ANNA, "SM1", "Yes", NOON));
        StoredMessage other = add(received(ANNA, "SM2", "Yes", NOON));

        assertThat(again).isEqualTo(first);
        assertThat(other.number()).isGreaterThan(first.number());
        assertThat(store.list(with(ANNA))).hasSize(2);
    }

    @Test
    void equalTextsWithoutAnIdAreTwo() {
        TextMessage yes =
                TextMessage.builder(Direction.INBOUND)
                        .from(ANNA)
                        .addTo(CLINIC)
                        .text("Yes")
                        .receivedAt(NOON)
                        .build();
        add(yes);
        add(yes);

        assertThat(store.list(with(ANNA))).hasSize(2);
    }

    @Test
    void aTextOfOursIsKnownByItsKey() {
        StoredMessage first = addOurs(sent(ANNA, "Hi", NOON), "k-1");

        assertThat(addOurs(sent(ANNA, "Hi", NOON.plusSeconds(9)), "k-1")).isEqualTo(first);
        assertThat(store.list(MessageQuery.all())).hasSize(1);
    }

    @Test
    void reportsCountAlsoWhenTheyComeBeforeTheAnswer() {
        StoredMessage kept = addOurs(sent(ANNA, "Hi", NOON), "k-1");
        MessageId id = MessageId.of("SM9");
        store.report(ORIGIN, id, SmsStatus.of(SmsState.DELIVERED, "delivered"), NOON);
        store.report(ORIGIN, id, SmsStatus.of(SmsState.SENT, "sent"), NOON);

        store.sent(kept.number(), ORIGIN, id, SmsStatus.of(SmsState.QUEUED, "queued"));

        StoredMessage now = store.find(kept.number()).orElseThrow();
        assertThat(now.status().map(SmsStatus::state)).contains(SmsState.DELIVERED);
        assertThat(now.message().id()).contains(id);
    }

    @Test
    void reportsOfAnotherAccountDoNotCount() {
        StoredMessage kept = addOurs(sent(ANNA, "Hi", NOON), "k-1");
        MessageId id = MessageId.of("SM9");
        store.sent(
                kept.number(), ORIGIN, id, SmsStatus.of(SmsState.QUEUED, "queued").withCode("1"));
        store.report(
                new SmsOrigin("twilio", "AC2"),
                id,
                SmsStatus.of(SmsState.DELIVERED, "delivered"),
                NOON);

        assertThat(store.find(kept.number()).orElseThrow().status())
                .contains(SmsStatus.of(SmsState.QUEUED, "queued").withCode("1"));
    }

    @Test
    void reportsOfTheAccountThatStoodInCount() {
        SmsOrigin other = new SmsOrigin("smsbroadcast", "clinic");
        StoredMessage kept = addOurs(sent(ANNA, "Hi", NOON), "k-1");
        MessageId id = MessageId.of("77");
        store.sent(kept.number(), other, id, SmsStatus.of(SmsState.ACCEPTED, "OK"));
        store.report(ORIGIN, id, SmsStatus.of(SmsState.FAILED, "failed"), NOON);
        store.report(other, id, SmsStatus.of(SmsState.DELIVERED, "Delivered"), NOON);

        StoredMessage now = store.find(kept.number()).orElseThrow();
        assertThat(now.status().map(SmsStatus::state)).contains(SmsState.DELIVERED);
        assertThat(now.origin()).as("whose ledger knows it").isEqualTo(ORIGIN);
    }

    @Test
    void listsByTheTimeOfTheProviderPageByPage() {
        add(received(ANNA, "SM1", "third", NOON.plusSeconds(3)));
        add(received(ANNA, "SM2", "first", NOON.plusSeconds(1)));
        add(received(ANNA, "SM3", "second", NOON.plusSeconds(2)));
        add(received(ANNA, "SM4", "second too", NOON.plusSeconds(2)));
        add(received(BEN, "SM5", "another", NOON.plusSeconds(2)));

        List<StoredMessage> first = store.list(with(ANNA).limit(2));
        List<StoredMessage> second = store.list(with(ANNA).limit(2).olderThan(first.get(1)));

        assertThat(texts(first)).containsExactly("third", "second too");
        assertThat(texts(second)).containsExactly("second", "first");
        assertThat(store.list(with(ANNA).olderThan(second.get(1)))).isEmpty();
    }

    @Test
    void tellsWhatHasArrivedInTheOrderOfArrival() {
        StoredMessage first = add(received(ANNA, "SM1", "noon", NOON));
        add(received(ANNA, "SM2", "late, from the morning", NOON.minusSeconds(9999)));
        add(received(ANNA, "SM3", "now", NOON.plusSeconds(9)));

        assertThat(texts(store.list(with(ANNA).arrivedAfter(first.number()))))
                .containsExactly("late, from the morning", "now");
    }

    @Test
    void findsWordsInAnyCaseAndTakesSignsAsTheyAre() {
        add(received(ANNA, "SM1", "Zoë's APPOINTMENT", NOON));
        add(received(ANNA, "SM2", "100% sure", NOON));
        add(received(ANNA, "SM3", "1000 thanks_!", NOON));

        assertThat(texts(store.list(MessageQuery.all().containing("zoë's appoint"))))
                .containsExactly("Zoë's APPOINTMENT");
        assertThat(texts(store.list(MessageQuery.all().containing("100%"))))
                .containsExactly("100% sure");
        assertThat(texts(store.list(MessageQuery.all().containing("S_!"))))
                .containsExactly("1000 thanks_!");
        assertThat(store.list(with(BEN).containing("sure"))).isEmpty();
    }

    @Test
    void listsConversationsByTheirLastTextWithWhatIsUnread() {
        add(received(ANNA, "SM1", "Yes", NOON));
        add(received(BEN, "SM2", "No", NOON.plusSeconds(5)));
        add(received(ANNA, "SM3", "Or no", NOON.plusSeconds(2)));
        addOurs(sent(ANNA, "So?", NOON.plusSeconds(9)), "k-1");

        List<ConversationSummary> all = store.conversations(10);

        assertThat(all)
                .extracting(summary -> summary.key().theirs().get(0))
                .containsExactly(ANNA, BEN);
        assertThat(all).extracting(ConversationSummary::unread).containsExactly(2, 1);
        assertThat(all.get(0).last().message().text()).isEqualTo("So?");
        assertThat(store.conversations(1)).hasSize(1);
        assertThat(store.conversations(1, all.get(0)))
                .extracting(summary -> summary.key().theirs().get(0))
                .containsExactly(BEN);
    }

    @Test
    void marksAsReadWhatSomebodySaw() {
        StoredMessage seen = add(received(ANNA, "SM1", "Yes", NOON));
        add(received(ANNA, "SM2", "No", NOON));
        add(received(BEN, "SM3", "Hi", NOON));

        store.markRead(with(ANNA), seen.number());

        assertThat(store.unread(with(ANNA))).isEqualTo(1);
        assertThat(store.unread(MessageQuery.all())).isEqualTo(2);
        assertThat(store.unread(MessageQuery.all().with(Set.of()))).isZero();
        assertThat(store.find(seen.number()).orElseThrow().isUnread()).isFalse();
    }

    @Test
    void keepsTheContentOfFiles() throws IOException {
        byte[] picture = new byte[200_000];
        picture[199_999] = 7;
        StoredMessage kept =
                add(
                        received(ANNA, "SM1", "", NOON).toBuilder()
                                .addMedia(MediaItem.of(URI.create("https://example.org/a.jpg")))
                                .addMedia(MediaItem.of(picture, "image/png"))
                                .build());

        store.attach(kept.number(), 0, new byte[] {1, 2, 3});

        List<MediaItem> files = store.find(kept.number()).orElseThrow().message().media();
        assertThat(bytes(files.get(0))).containsExactly(1, 2, 3);
        assertThat(files.get(0).url()).contains(URI.create("https://example.org/a.jpg"));
        assertThat(bytes(files.get(1))).isEqualTo(picture);
        assertThat(files.get(1).contentType()).contains("image/png");
    }

    static byte[] bytes(MediaItem file) throws IOException {
        try (InputStream content = file.open()) {
            return content.readAllBytes();
        }
    }

    @Test
    void forgetsAPersonWithoutATrace() {
        add(
                received(ANNA, "SM1", "Yes", NOON).toBuilder()
                        .addMedia(MediaItem.of(new byte[] {1}, "image/png"))
                        .build());
        StoredMessage ours = addOurs(sent(ANNA, "So?", NOON), "k-1");
        store.sent(
                ours.number(),
                ORIGIN,
                MessageId.of("SM9"),
                SmsStatus.of(SmsState.QUEUED, "queued"));
        store.report(ORIGIN, MessageId.of("SM9"), SmsStatus.of(SmsState.SENT, "sent"), NOON);
        add(received(BEN, "SM2", "Hi", NOON));

        assertThat(store.ledgerKeys(ANNA))
                .containsExactly(new MessageStore.LedgerKey(ORIGIN, "k-1"));
        assertThat(store.erase(ANNA)).isEqualTo(new Erasure(1, 2, 1, 0));

        assertThat(store.list(with(ANNA))).isEmpty();
        assertThat(store.list(MessageQuery.all())).hasSize(1);
        assertThat(store.ledgerKeys(ANNA)).isEmpty();
        assertThat(store.erase(ANNA)).isEqualTo(new Erasure(0, 0, 0, 0));
        assertThat(addOurs(sent(ANNA, "So?", NOON), "k-1").status())
                .as("nothing of before comes back")
                .isEmpty();
    }

    @Test
    void forgetsWhatIsOld() {
        add(received(ANNA, "SM1", "old", NOON.minusSeconds(10)));
        add(received(ANNA, "SM2", "new", NOON));
        add(received(BEN, "SM3", "old", NOON.minusSeconds(10)));

        assertThat(store.eraseBefore(NOON)).isEqualTo(new Erasure(1, 2, 0, 0));

        assertThat(texts(store.list(MessageQuery.all()))).containsExactly("new");
    }

    @Test
    void numbersAreNotGivenAgain() {
        long before = add(received(ANNA, "SM1", "Yes", NOON)).number();
        store.erase(ANNA);

        assertThat(add(received(ANNA, "SM1", "Yes", NOON)).number()).isGreaterThan(before);
    }

    @Test
    void aGroupIsAConversationOfItsOwn() {
        TextMessage group = received(ANNA, "SM1", "Hi all", NOON).toBuilder().addTo(BEN).build();
        add(group);
        add(received(BEN, "SM2", "Just me", NOON.plusSeconds(1)));

        assertThat(store.conversations(10)).hasSize(2);
        assertThat(texts(store.list(with(BEN)))).containsExactly("Just me", "Hi all");
        ConversationKey pair = ConversationKey.of(CLINIC, BEN);
        assertThat(texts(store.list(MessageQuery.all().in(pair)))).containsExactly("Just me");
        assertThat(store.unread(MessageQuery.all().in(pair))).isOne();
    }

    @Test
    void manyWhoWriteAtOnceAreAllSeenByOneWhoFollows() throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            int writer = w;
            writers.add(
                    new Thread(
                            () -> {
                                for (int i = 0; i < 25; i++) {
                                    // Each text comes by two doors.
                                    String id = "SM" + (writer / 2) + "-" + i;
                                    add(received(ANNA, id, id, NOON));
                                }
                            }));
        }
        writers.forEach(Thread::start);
        List<String> seen = new ArrayList<>();
        long latest = 0;
        boolean running = true;
        while (running) {
            running = writers.stream().anyMatch(Thread::isAlive);
            for (StoredMessage message : store.list(with(ANNA).arrivedAfter(latest))) {
                seen.add(message.message().text());
                latest = message.number();
            }
        }
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(seen).hasSize(50).doesNotHaveDuplicates();
    }
}
