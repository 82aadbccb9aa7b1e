package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.internal.StorageKey;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.message.TextMessage.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Which conversation a text belongs to: one of our addresses and the other side, which are several
 * in a group.
 *
 * <p>The roles make the key, not the order of numbers, and kinds are kept: the short code {@code
 * 12345} is no extension {@code 12345}. Immutable.
 */
public final class ConversationKey {

    /** Stands for an address that the provider did not tell. */
    static final Address NOBODY = Address.unparsed("");

    private final Address ours;
    private final List<Address> theirs;

    private ConversationKey(Address ours, List<Address> theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /**
     * Returns a key.
     *
     * @throws IllegalArgumentException if there is nobody on the other side
     */
    public static ConversationKey of(Address ours, Collection<? extends Address> theirs) {
        List<Address> others =
                theirs.stream()
                        .<Address>map(address -> address)
                        .distinct()
                        .sorted(Comparator.comparing(Address::key))
                        .toList();
        if (others.isEmpty()) {
            throw new IllegalArgumentException("a conversation needs somebody on the other side");
        }
        return new ConversationKey(Objects.requireNonNull(ours, "ours"), others);
    }

    /** Returns the key of a conversation with one other. */
    public static ConversationKey of(Address ours, Address theirs) {
        return of(ours, List.of(theirs));
    }

    /**
     * Returns the key of a text, also of an odd one: what the provider did not tell is an empty
     * {@linkplain Address#unparsed unparsed} address.
     *
     * @param ourNumbers which recipients of a group are ours; the first one if none is
     */
    public static ConversationKey of(
            TextMessage message, Collection<? extends Address> ourNumbers) {
        List<Address> to = message.to().isEmpty() ? List.of(NOBODY) : message.to();
        Address from = message.from().orElse(NOBODY);
        if (message.direction() == Direction.OUTBOUND) {
            return of(from, to);
        }
        Address ours = to.stream().filter(ourNumbers::contains).findFirst().orElse(to.get(0));
        List<Address> theirs = new ArrayList<>(to);
        theirs.remove(ours);
        theirs.add(from);
        return of(ours, theirs);
    }

    /**
     * Returns the key that gave this text.
     *
     * @throws IllegalArgumentException if none did
     */
    public static ConversationKey parse(String text) {
        List<Address> parts = new ArrayList<>();
        for (String part : text.split("\\|", -1)) {
            parts.add(Address.ofKey(StorageKey.unescape(part)));
        }
        return of(parts.get(0), parts.subList(1, parts.size()));
    }

    /** Returns which of our addresses it is. */
    public Address ours() {
        return ours;
    }

    /** Returns the other side: one address, or those of a group in the order of their keys. */
    public List<Address> theirs() {
        return theirs;
    }

    /** Tells whether several others take part. */
    public boolean isGroup() {
        return theirs.size() > 1;
    }

    /** Returns the key as a text for storage and URLs; it holds whole addresses. */
    public String text() {
        List<String> parts = new ArrayList<>();
        parts.add(ours.key());
        theirs.forEach(address -> parts.add(address.key()));
        return StorageKey.join(parts.toArray(String[]::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConversationKey that
                && ours.equals(that.ours)
                && theirs.equals(that.theirs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ours, theirs);
    }

    /** Returns both sides, shortened. */
    @Override
    public String toString() {
        return ours.masked() + " with " + theirs.stream().map(Address::masked).toList();
    }
}
