package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.message.Address;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which texts to read from a {@link MessageStore}.
 *
 * <pre>{@code
 * List<StoredMessage> page = store.list(MessageQuery.all().with(Set.of(patient)).limit(50));
 * List<StoredMessage> older = store.list(
 *         MessageQuery.all().with(Set.of(patient)).limit(50).olderThan(page.get(49)));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class MessageQuery {

    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 1000;
    private static final MessageQuery ALL = new MessageQuery(null, null, "", null, null, PAGE);

    private final @Nullable Set<Address> others;
    private final @Nullable ConversationKey conversation;
    private final String text;
    private final @Nullable StoredMessage before;
    private final @Nullable Long after;
    private final int limit;

    private MessageQuery(
            @Nullable Set<Address> others,
            @Nullable ConversationKey conversation,
            String text,
            @Nullable StoredMessage before,
            @Nullable Long after,
            int limit) {
        this.others = others;
        this.conversation = conversation;
        this.text = text;
        this.before = before;
        this.after = after;
        this.limit = limit;
    }

    /** Returns the query for all texts, the newest 50 of them. */
    public static MessageQuery all() {
        return ALL;
    }

    /** Returns the query narrowed to conversations in which one of these takes part. */
    public MessageQuery with(Collection<? extends Address> addresses) {
        return new MessageQuery(
                Set.copyOf(addresses), conversation, text, before, after, limit);
    }

    /** Returns the query narrowed to one conversation. */
    public MessageQuery in(ConversationKey key) {
        return new MessageQuery(
                others, Objects.requireNonNull(key, "key"), text, before, after, limit);
    }

    /** Returns the query narrowed to texts with these words in them, in any case. */
    public MessageQuery containing(String words) {
        return new MessageQuery(
                others, conversation, words.toLowerCase(Locale.ROOT), before, after, limit);
    }

    /** Returns the query for what comes after this text on the way back in time. */
    public MessageQuery olderThan(StoredMessage message) {
        return new MessageQuery(others, conversation, text, message, null, limit);
    }

    /**
     * Returns the query for what has arrived after the text with this number, in the order of
     * arrival, the first one first.
     */
    public MessageQuery arrivedAfter(long number) {
        return new MessageQuery(others, conversation, text, null, number, limit);
    }

    /**
     * Returns the query for at most this many.
     *
     * @throws IllegalArgumentException if it is not 1 to 1000
     */
    public MessageQuery limit(int value) {
        if (value < 1 || value > LONGEST_PAGE) {
            throw new IllegalArgumentException("limit is 1 to 1000, not " + value);
        }
        return new MessageQuery(others, conversation, text, before, after, value);
    }

    @Nullable Set<Address> others() {
        return others;
    }

    @Nullable ConversationKey conversation() {
        return conversation;
    }

    String text() {
        return text;
    }

    @Nullable StoredMessage before() {
        return before;
    }

    @Nullable Long after() {
        return after;
    }

    int limit() {
        return limit;
    }
}
