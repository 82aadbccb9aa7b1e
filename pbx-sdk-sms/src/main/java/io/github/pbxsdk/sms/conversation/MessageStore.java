package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.MessageId;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.sms.SmsStatus;
import io.github.pbxsdk.sms.event.SmsOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps texts, received and sent, with what became of them.
 *
 * <p>{@link #inMemory()} is for tests and small tools, {@link JdbcMessageStore} for everything
 * else. Thread-safe.
 */
public sealed interface MessageStore permits MemoryMessageStore, JdbcMessageStore {

    /** Returns a store that lasts as long as the process. */
    static MessageStore inMemory() {
        return new MemoryMessageStore();
    }

    /**
     * Keeps a text, unless it is there: a received one is known by account and the provider's id, a
     * sent one by its idempotency key. One without either is another text each time.
     *
     * @return the text as it is kept, now or from before
     */
    StoredMessage add(
            ConversationKey conversation,
            SmsOrigin origin,
            TextMessage message,
            @Nullable String idempotencyKey);

    /**
     * Notes what the provider answered when it took a text of ours.
     *
     * @param by whose reports will be about it, which is one of several accounts where one stands
     *     in for another
     */
    void sent(long number, SmsOrigin by, @Nullable MessageId id, SmsStatus status);

    /**
     * Notes a delivery report. It may come before the answer to the call, twice and in any order:
     * all are kept, and {@link StoredMessage#status()} is what counts.
     */
    void report(SmsOrigin origin, MessageId id, SmsStatus status, Instant at);

    /** Puts the content of a file, which was an address until now, to its text. */
    void attach(long number, int file, byte[] content);

    /** Returns the text with this number. */
    Optional<StoredMessage> find(long number);

    /** Returns texts, the newest first unless the query says otherwise. */
    List<StoredMessage> list(MessageQuery query);

    /** Returns the newest conversations, the newest first. */
    default List<ConversationSummary> conversations(int limit) {
        return conversations(limit, null);
    }

    /**
     * Returns conversations, the newest first.
     *
     * @param after the last one of the page before
     */
    List<ConversationSummary> conversations(int limit, @Nullable ConversationSummary after);

    /** Returns how many of the texts that a query is about are unread; its page does not matter. */
    int unread(MessageQuery query);

    /**
     * Marks those as read that a query is about, and that have arrived up to this number: nobody
     * saw later ones.
     */
    void markRead(MessageQuery query, long upToNumber);

    /**
     * Returns the idempotency keys of texts of ours in conversations with this address, by account.
     */
    List<LedgerKey> ledgerKeys(Address theirs);

    /**
     * Deletes all conversations in which this address takes part, with texts, reports and files.
     * Numbers are not given again.
     */
    Erasure erase(Address theirs);

    /** Deletes texts from before this time, with reports and files. */
    Erasure eraseBefore(Instant time);

    /**
     * The name of a text of ours in the ledger of a client.
     *
     * @param origin the account
     * @param idempotencyKey the key
     */
    record LedgerKey(SmsOrigin origin, String idempotencyKey) {}
}
