package io.github.pbxsdk.sms.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.h2.jdbcx.JdbcConnectionPool;

/** What holds of threads whatever is written, and of the database as of memory. */
class ThreadPropertiesTest {

    private static final SmsOrigin ORIGIN = new SmsOrigin("twilio", "AC1");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<Address> OURS =
            Set.of(Address.phone("+61491570110"), Address.senderName("MyClinic"));
    private static final List<Address> PEOPLE =
            List.of(
                    Address.phone("+61491570156"),
                    Address.phone("+6149157015"),
                    Address.phone("+61491570157"),
                    Address.shortCode("12345"),
                    Address.extension("12345"),
                    Address.unparsed("12345"),
                    Address.unparsed(""),
                    Address.unparsed("a|b"),
                    Address.unparsed("a"),
                    Address.sip("sip:102@pbx.example.com"));
    private static final JdbcConnectionPool DATABASE =
            JdbcConnectionPool.create(
                    "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");

    /** Something that happens to a store. */
    record Step(int kind, int who, int other, int ours, int id, int second, String text) {

        private static Address ours(int index) {
            return OURS.stream().sorted((a, b) -> a.key().compareTo(b.key())).toList().get(index);
        }

        TextMessage message() {
            Instant at = NOON.plusSeconds(second);
            if (kind % 2 == 0) {
                TextMessage.Builder received =
                        TextMessage.builder(Direction.INBOUND)
                                .from(PEOPLE.get(who))
                                .addTo(ours(ours))
                                .text(text)
                                .sentAt(at);
                if (other < PEOPLE.size()) {
                    received.addTo(PEOPLE.get(other));
                }
                return id == 0 ? received.build() : received.id(MessageId.of("i" + id)).build();
            }
            return TextMessage.to(PEOPLE.get(who)).from(ours(ours)).text(text).sentAt(at).build();
        }

        void applyTo(MessageStore store) {
            switch (kind) {
                case 4 ->
                        store.report(
                                ORIGIN, MessageId.of("o" + id), status(SmsState.DELIVERED), NOON);
                case 5 -> store.sent(id, ORIGIN, MessageId.of("o" + id), status(SmsState.QUEUED));
                case 6 -> store.markRead(MessageQuery.all().with(Set.of(PEOPLE.get(who))), second);
                case 7 -> store.erase(PEOPLE.get(who));
                case 8 -> store.eraseBefore(NOON.plusSeconds(second));
                default -> {
                    TextMessage message = message();
                    store.add(
                            ConversationKey.of(message, OURS),
                            ORIGIN,
                            message,
                            kind % 2 == 0 ? null : "k" + id);
                }
            }
        }

        private static SmsStatus status(SmsState state) {
            return SmsStatus.of(state, state.name());
        }
    }

    @Provide
    static Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> kinds = Arbitraries.of(0, 1, 0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        Arbitrary<Integer> people = Arbitraries.integers().between(0, PEOPLE.size() - 1);
        Arbitrary<Integer> others = Arbitraries.integers().between(0, 3 * PEOPLE.size());
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 12);
        Arbitrary<Integer> ours = Arbitraries.integers().between(0, 1);
        Arbitrary<String> texts = Arbitraries.of("Yes", "no", "100%", "a_b!", "Zoë 👍", "");
        return Combinators.combine(kinds, people, others, ours, small, small, texts)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void everyTextIsInExactlyOneThreadAndNoThreadIsMixed(@ForAll("histories") List<Step> steps) {
        MessageStore store = MessageStore.inMemory();
        steps.forEach(step -> step.applyTo(store));

        List<StoredMessage> inThreads = new ArrayList<>();
        for (ConversationSummary summary : store.conversations(1000)) {
            List<StoredMessage> thread =
                    store.list(MessageQuery.all().in(summary.key()).limit(1000));
            assertThat(thread).isNotEmpty().allMatch(m -> m.conversation().equals(summary.key()));
            assertThat(thread.get(0)).isEqualTo(summary.last());
            assertThat(thread.stream().filter(StoredMessage::isUnread)).hasSize(summary.unread());
            inThreads.addAll(thread);
        }

        assertThat(inThreads)
                .containsExactlyInAnyOrderElementsOf(store.list(MessageQuery.all().limit(1000)))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void pagesJoinedAreTheWholeInOrder(@ForAll("histories") List<Step> steps) {
        MessageStore store = MessageStore.inMemory();
        steps.forEach(step -> step.applyTo(store));

        List<StoredMessage> joined = new ArrayList<>();
        List<StoredMessage> page = store.list(MessageQuery.all().limit(3));
        while (!page.isEmpty()) {
            joined.addAll(page);
            page = store.list(MessageQuery.all().limit(3).olderThan(page.get(page.size() - 1)));
        }

        assertThat(joined).isEqualTo(store.list(MessageQuery.all().limit(1000)));
        assertThat(joined).isSortedAccordingTo(StoredMessage.BY_TIME.reversed());
    }

    @Property(tries = 300)
    void whoeverFollowsSeesEachTextOnceWhenItArrives(@ForAll("histories") List<Step> steps) {
        MessageStore store = MessageStore.inMemory();
        Set<Long> seen = new HashSet<>();
        long latest = 0;
        for (Step step : steps) {
            step.applyTo(store);
            for (StoredMessage message : store.list(MessageQuery.all().arrivedAfter(latest))) {
                assertThat(seen.add(message.number())).isTrue();
                latest = message.number();
            }
            assertThat(seen)
                    .containsAll(
                            store.list(MessageQuery.all().limit(1000)).stream()
                                    .map(StoredMessage::number)
                                    .toList());
        }
    }

    @Property(tries = 40)
    void theDatabaseDoesAsMemoryDoes(@ForAll("histories") List<Step> steps) {
        MessageStore memory = MessageStore.inMemory();
        MessageStore database =
                JdbcMessageStore.builder()
                        .dataSource(DATABASE)
                        .tablePrefix("p" + UUID.randomUUID().toString().replace('-', '_') + "_")
                        .open();
        for (Step step : steps) {
            step.applyTo(memory);
            step.applyTo(database);
        }

        assertThat(shape(database)).isEqualTo(shape(memory));
    }

    /** What a store shows, as texts that can be compared. */
    private static List<String> shape(MessageStore store) {
        List<String> shape = new ArrayList<>();
        for (StoredMessage message : store.list(MessageQuery.all().limit(1000))) {
            shape.add(
                    message.number()
                            + message.conversation().text()
                            + message.message().text()
                            + message.at()
                            + message.isUnread()
                            + message.idempotencyKey()
                            + message.status());
        }
        for (ConversationSummary summary : store.conversations(1000)) {
            shape.add(summary.key().text());
        }
        for (String words : List.of("yes", "%", "_", "zoë", "!")) {
            shape.add(words + store.list(MessageQuery.all().containing(words)).size());
        }
        return shape;
    }

    @Property
    void keysOfDifferentPairsDifferAndCanBeReadAgain(
            @ForAll("pairs") ConversationKey one, @ForAll("pairs") ConversationKey other) {
        assertThat(ConversationKey.parse(one.text())).isEqualTo(one);
        assertThat(one.text().equals(other.text())).isEqualTo(one.equals(other));
    }

    @Provide
    static Arbitrary<ConversationKey> pairs() {
        Arbitrary<Address> people = Arbitraries.of(PEOPLE);
        return Combinators.combine(people, people.list().ofMinSize(1).ofMaxSize(3))
                .as(ConversationKey::of);
    }
}
