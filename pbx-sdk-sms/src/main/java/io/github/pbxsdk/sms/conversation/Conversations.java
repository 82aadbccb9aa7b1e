package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MediaItem;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.sms.SendResult;
import io.github.pbxsdk.sms.SmsClient;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.event.DeliveryReportEvent;
import io.github.pbxsdk.sms.event.MessageReceivedEvent;
import io.github.pbxsdk.sms.event.OptOutEvent;
import io.github.pbxsdk.sms.event.SmsEvent;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Texts as conversations: what came in and what went out, by whom one writes with.
 *
 * <pre>{@code
 * Conversations conversations = Conversations.builder()
 *         .client(sms)
 *         .store(JdbcMessageStore.builder().dataSource(dataSource).open())
 *         .contacts(address -> patients.withPhone(address))
 *         .build();
 *
 * SmsIntake intake = SmsIntake.builder().store(state).handler(conversations::record).build();
 *
 * Conversation talk = conversations.with(patient);
 * talk.send("Your new insoles are ready.");
 * talk.refresh().forEach(screen::append);
 * }</pre>
 *
 * <p>A conversation is a pair of numbers; those of one contact are shown together. Whoever writes
 * is kept, also somebody whom nobody knows. Thread-safe.
 */
public final class Conversations {

    private final SmsClient client;
    private final MessageStore store;
    private final Contacts contacts;
    private final Set<Address> ownNumbers;
    private final @Nullable Time time;
    private final @Nullable InboundMedia media;
    private final OutgoingTexts outgoing;

    private Conversations(Builder builder, SmsClient client, MessageStore store) {
        this.client = client;
        this.store = store;
        this.contacts = builder.contacts;
        this.ownNumbers = builder.ownNumbers;
        this.time = builder.time;
        this.media = builder.media;
        this.outgoing = new OutgoingTexts(client, store, ownNumbers, this::now);
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Keeps what an event tells: texts, opt-outs with their text, and reports. Give it to an intake
     * as its handler; the same event again changes nothing.
     */
    public void record(SmsEvent event) {
        if (event instanceof MessageReceivedEvent received) {
            receive(event.origin(), received.message());
        } else if (event instanceof OptOutEvent optOut) {
            receive(event.origin(), optOut.message());
        } else if (event instanceof DeliveryReportEvent report && report.id().isPresent()) {
            store.report(event.origin(), report.id().get(), report.status(), now());
        }
    }

    private void receive(SmsOrigin origin, TextMessage given) {
        TextMessage.Builder message =
                given.toBuilder().to(given.to().stream().map(this::resolved).toList());
        given.from().map(this::resolved).ifPresent(message::from);
        if (given.receivedAt().isEmpty()) {
            message.receivedAt(now());
        }
        TextMessage received = message.build();
        store.add(ConversationKey.of(received, ownNumbers), origin, received, null);
    }

    private Address resolved(Address address) {
        return outgoing.resolved(address);
    }

    /** Sends a text under a key of its own, as {@link #send(TextMessage, String)} does. */
    public StoredMessage send(TextMessage message) {
        return Futures.await(sendAsync(message));
    }

    /** Sends without waiting, as {@link #sendAsync(TextMessage, String)} does. */
    public CompletableFuture<StoredMessage> sendAsync(TextMessage message) {
        return sendAsync(message, UUID.randomUUID().toString());
    }

    /**
     * Keeps a text and sends it: it is there before it leaves, and shows what became of it.
     *
     * @param idempotencyKey the same key sends and keeps nothing twice, see {@link
     *     io.github.pbxsdk.sms.Messages#send}
     * @throws IllegalArgumentException if the text can't be sent; nothing is kept then
     * @throws PbxException as sending throws it; the text is kept as {@link SmsState#FAILED}, or
     *     {@link SmsState#UNKNOWN} if it may have been sent
     */
    public StoredMessage send(TextMessage message, String idempotencyKey) {
        return Futures.await(sendAsync(message, idempotencyKey));
    }

    /**
     * Keeps a text and sends it without waiting; the future fails as {@link #send(TextMessage,
     * String)} does, except that what can't be sent is thrown at once.
     *
     * <p>The text is kept when this returns, so that it can be shown. Cancelling the future ends
     * the request; what has left may be sent, and the text says so.
     */
    public CompletableFuture<StoredMessage> sendAsync(TextMessage message, String idempotencyKey) {
        return outgoing.send(message, idempotencyKey);
    }

    /** Keeps a text that was sent another way, such as in bulk. */
    public StoredMessage recordSent(TextMessage message, SendResult result) {
        return outgoing.recordSent(message, result);
    }

    /** Returns the conversation of a pair of numbers. */
    public Conversation with(ConversationKey key) {
        return new Conversation(this, key);
    }

    /**
     * Returns what was written with a contact, by all phones together. What others write from a
     * phone that they share with the contact is part of it.
     */
    public Conversation with(Contact contact) {
        return new Conversation(this, contact);
    }

    /** Returns the newest conversations, the newest first, known contacts or not. */
    public List<ConversationSummary> list(int limit) {
        return store.conversations(limit);
    }

    /** Returns the conversations that come after this one, which was the last of a page. */
    public List<ConversationSummary> list(int limit, ConversationSummary after) {
        return store.conversations(limit, after);
    }

    /** Returns the newest conversations with somebody whom the address book does not know. */
    public List<ConversationSummary> unmatched(int limit) {
        List<ConversationSummary> unmatched = new ArrayList<>();
        List<ConversationSummary> page = store.conversations(limit);
        while (!page.isEmpty() && unmatched.size() < limit) {
            page.stream()
                    .filter(summary -> contacts(summary.key()).isEmpty())
                    .limit(limit - unmatched.size())
                    .forEach(unmatched::add);
            page = store.conversations(limit, page.get(page.size() - 1));
        }
        return unmatched;
    }

    /** Returns everybody on the other side whom the address book knows. */
    public List<Contact> contacts(ConversationKey key) {
        Set<Contact> found = new LinkedHashSet<>();
        key.theirs().forEach(address -> found.addAll(contacts.find(address)));
        return List.copyOf(found);
    }

    /** Returns texts with these words in them, in any case, the newest first. */
    public List<StoredMessage> search(String words, int limit) {
        return store.list(MessageQuery.all().containing(words).limit(limit));
    }

    /**
     * Returns a file of a text with its content: fetched at the first time, kept from then on.
     *
     * @param place which one, from 0
     * @throws IndexOutOfBoundsException if the text has no such file
     * @throws IllegalStateException if it has to be fetched, and there is no {@link Builder#media}
     * @throws PbxException if it can't be fetched
     */
    public MediaItem file(StoredMessage message, int place) {
        MediaItem file = store.find(message.number()).orElse(message).message().media().get(place);
        if (file.canOpen()) {
            return file;
        }
        if (media == null) {
            throw new IllegalStateException("set media(...) to have files fetched");
        }
        MediaItem fetched = media.fetch(file);
        store.attach(message.number(), place, FileContents.bytes(fetched));
        return fetched;
    }

    /**
     * Deletes all that is kept about an address: its conversations with texts, reports and files,
     * and in the ledger of the client what was sent to it. Groups in which it takes part go as a
     * whole.
     *
     * <p>The keys of those texts can be used again then. Ids of received texts stay for some days
     * in the store of the intake; they hold neither numbers nor words.
     */
    public Erasure erase(Address address) {
        Address theirs = resolved(Objects.requireNonNull(address, "address"));
        List<MessageStore.LedgerKey> keys =
                store.ledgerKeys(theirs).stream()
                        .filter(key -> key.origin().equals(client.origin()))
                        .toList();
        keys.forEach(
                key ->
                        client.with(CallOptions.idempotencyKey(key.idempotencyKey()))
                                .messages()
                                .forget());
        return store.erase(theirs).plus(new Erasure(0, 0, 0, keys.size()));
    }

    /**
     * Deletes texts that are older than this, with reports and files; call it now and then.
     *
     * @throws IllegalArgumentException if the age is negative
     */
    public Erasure eraseOlderThan(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException("an age is not negative: " + age);
        }
        return store.eraseBefore(now().minus(age));
    }

    private Instant now() {
        return time == null ? Instant.now() : time.now();
    }

    MessageStore store() {
        return store;
    }

    @Override
    public String toString() {
        return "Conversations[" + client + "]";
    }

    /** Collects the settings of {@link Conversations}; not thread-safe. */
    public static final class Builder {

        private @Nullable SmsClient client;
        private @Nullable MessageStore store;
        private Contacts contacts = address -> List.of();
        private Set<Address> ownNumbers = Set.of();
        private @Nullable Time time;
        private @Nullable InboundMedia media;

        private Builder() {}

        /** Sets the client that sends, and reads numbers as its region writes them; needed. */
        public Builder client(SmsClient value) {
            this.client = Objects.requireNonNull(value, "client");
            return this;
        }

        /** Sets where texts are kept; needed. */
        public Builder store(MessageStore value) {
            this.store = Objects.requireNonNull(value, "store");
            return this;
        }

        /** Sets the address book; it knows nobody by default. */
        public Builder contacts(Contacts value) {
            this.contacts = Objects.requireNonNull(value, "contacts");
            return this;
        }

        /**
         * Sets our numbers, by which we are told from the others in a group; needed for groups
         * only.
         */
        public Builder ownNumbers(Collection<? extends Address> values) {
            this.ownNumbers = Set.copyOf(values);
            return this;
        }

        /** Sets who fetches files of received texts; by default nobody does. */
        public Builder media(InboundMedia value) {
            this.media = Objects.requireNonNull(value, "media");
            return this;
        }

        /** Sets the clock; the machine's by default. */
        public Builder time(Time value) {
            this.time = Objects.requireNonNull(value, "time");
            return this;
        }

        /**
         * Returns the conversations.
         *
         * @throws IllegalStateException if client or store is missing
         */
        public Conversations build() {
            if (client == null || store == null) {
                throw new IllegalStateException("set client(...) and store(...) before build()");
            }
            return new Conversations(this, client, store);
        }
    }
}
