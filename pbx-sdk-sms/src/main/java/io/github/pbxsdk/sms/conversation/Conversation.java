package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsState;
import io.github.pbxsdk.sms.SmsStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as a screen shows it, with a contact or between two numbers.
 *
 * <p>It begins with the newest 50 texts, the oldest of them first. {@link #refresh} appends what
 * has arrived since, {@link #loadOlder} puts older ones in front: what is on the screen stays where
 * it is. Thread-safe.
 */
public final class Conversation {

    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 1000;

    private final Conversations all;
    private final @Nullable ConversationKey key;
    private final @Nullable Contact contact;
    private final MessageQuery query;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<StoredMessage> messages = new ArrayList<>();
    private final Set<Long> shown = new HashSet<>();
    private @Nullable StoredMessage oldest;
    private long latest;

    Conversation(Conversations all, ConversationKey key) {
        this(all, key, null, MessageQuery.all().in(key));
    }

    Conversation(Conversations all, Contact contact) {
        this(all, null, contact, MessageQuery.all().with(contact.addresses()));
    }

    private Conversation(
            Conversations all,
            @Nullable ConversationKey key,
            @Nullable Contact contact,
            MessageQuery query) {
        this.all = all;
        this.key = key;
        this.contact = contact;
        this.query = query;
        loadOlder(PAGE);
    }

    /** Returns what has been loaded: by time, and behind it what has arrived since, as it came. */
    public List<StoredMessage> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Loads what is older than all that has been loaded, and puts it in front.
     *
     * @return what is new in front, the oldest first; empty at the beginning of the conversation
     */
    public List<StoredMessage> loadOlder(int count) {
        lock.lock();
        try {
            StoredMessage before = oldest;
            MessageQuery page = query.limit(count);
            List<StoredMessage> found =
                    all.store().list(before == null ? page : page.olderThan(before));
            if (found.isEmpty()) {
                return found;
            }
            oldest = found.get(found.size() - 1);
            List<StoredMessage> added = new ArrayList<>(found);
            added.removeIf(message -> !shown.add(message.number()));
            Collections.reverse(added);
            messages.addAll(0, added);
            if (before == null) {
                latest = highest(found);
            }
            return List.copyOf(added);
        } finally {
            lock.unlock();
        }
    }

    private static long highest(List<StoredMessage> found) {
        return found.stream().mapToLong(StoredMessage::number).max().orElse(0);
    }

    /**
     * Appends what has arrived since the last time, in the order of arrival, and renews the status
     * of texts of ours that are on their way.
     *
     * @return what was appended
     */
    public List<StoredMessage> refresh() {
        lock.lock();
        try {
            renew();
            List<StoredMessage> added = new ArrayList<>();
            List<StoredMessage> page;
            do {
                page = all.store().list(query.limit(LONGEST_PAGE).arrivedAfter(latest));
                latest = Math.max(latest, highest(page));
                for (StoredMessage message : page) {
                    if (shown.add(message.number())) {
                        messages.add(message);
                        added.add(message);
                    }
                }
            } while (page.size() == LONGEST_PAGE);
            return List.copyOf(added);
        } finally {
            lock.unlock();
        }
    }

    private void renew() {
        int from = Math.max(0, messages.size() - PAGE);
        for (int i = from; i < messages.size(); i++) {
            StoredMessage message = messages.get(i);
            if (!message.isInbound() && isOnItsWay(message)) {
                messages.set(i, all.store().find(message.number()).orElse(message));
            }
        }
    }

    private static boolean isOnItsWay(StoredMessage message) {
        return message.status().map(SmsStatus::state).filter(SmsState::isFinal).isEmpty();
    }

    /** Returns texts of this conversation with these words in them, the newest first. */
    public List<StoredMessage> search(String words, int limit) {
        return all.store().list(query.containing(words).limit(limit));
    }

    /** Returns how many received texts nobody has marked as read. */
    public int unread() {
        return all.store().unread(query);
    }

    /** Marks as read what has been loaded, and what is older; later ones nobody saw yet. */
    public void markRead() {
        all.store().markRead(query, upTo());
    }

    private long upTo() {
        lock.lock();
        try {
            return Math.max(latest, highest(messages));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a text to the default phone of the contact, or to the other side of the pair, and keeps
     * it; {@link #refresh} shows it.
     *
     * @throws IllegalStateException if the contact has no phone
     */
    public StoredMessage send(String text) {
        return Futures.await(sendAsync(text));
    }

    /** Sends without waiting, as {@link Conversations#sendAsync(TextMessage)} does. */
    public CompletableFuture<StoredMessage> sendAsync(String text) {
        return key == null
                ? sendAsync(text, defaultAddress())
                : all.sendAsync(toOtherSide(text, key));
    }

    private static TextMessage toOtherSide(String text, ConversationKey key) {
        TextMessage.Builder message =
                TextMessage.builder(TextMessage.Direction.OUTBOUND).to(key.theirs()).text(text);
        return key.ours().equals(ConversationKey.NOBODY)
                ? message.build()
                : message.from(key.ours()).build();
    }

    private Address defaultAddress() {
        return Optional.ofNullable(contact)
                .flatMap(Contact::defaultPhone)
                .map(ContactPhone::address)
                .orElseThrow(() -> new IllegalStateException("this contact has no phone"));
    }

    /** Sends a text to this phone of the contact, from our usual sender, and keeps it. */
    public StoredMessage send(String text, Address phone) {
        return Futures.await(sendAsync(text, phone));
    }

    /** Sends without waiting, as {@link Conversations#sendAsync(TextMessage)} does. */
    public CompletableFuture<StoredMessage> sendAsync(String text, Address phone) {
        return all.sendAsync(TextMessage.to(phone).text(text).build());
    }

    /**
     * Returns which phone of the contact a text came from or went to, in words, where it is not the
     * default one.
     */
    public Optional<String> phoneLabel(StoredMessage message) {
        return contact == null
                ? Optional.empty()
                : message.conversation().theirs().stream()
                        .flatMap(address -> contact.labelOf(address).stream())
                        .findFirst();
    }

    /** Returns the contacts on the other side: all who share a number, or nobody. */
    public List<Contact> contacts() {
        if (key != null) {
            return all.contacts(key);
        }
        return contact == null ? List.of() : List.of(contact);
    }

    @Override
    public String toString() {
        return "Conversation[" + (key == null ? contact : key) + "]";
    }
}
