package io.github.pbxsdk.core.message;

/**
 * The id that a peer gave a text; opaque, compared exactly.
 *
 * <p>It is unique within one account of one provider, no further. Immutable.
 */
public final class MessageId {

    private final String value;

    private MessageId(String value) {
        this.value = value;
    }

    /**
     * Returns the id.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static MessageId of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a message id must not be empty");
        }
        return new MessageId(value);
    }

    /** Returns the id as the peer wrote it. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
