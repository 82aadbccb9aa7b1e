package io.github.pbxsdk.sms;

/**
 * How far a text has come, in words that are the same for every provider.
 *
 * <pre>{@code
 * ACCEPTED < SCHEDULED < QUEUED < SENT < one of the final states
 * }</pre>
 */
public enum SmsState {
    /** The provider took it; nothing was tried yet. */
    ACCEPTED(1),
    /** It is to be sent later. */
    SCHEDULED(2),
    /** It waits, or is held, at the provider. */
    QUEUED(3),
    /** The carrier has it. */
    SENT(4),
    /** Carrier or handset confirmed it. */
    DELIVERED(5),
    /** The handset says that it was read. */
    READ(5),
    /** The carrier could not deliver it. */
    UNDELIVERED(5),
    /** Its validity ran out. */
    EXPIRED(5),
    /** Provider or carrier refused it: content, block, opt-out, sender. */
    REJECTED(5),
    /** An error before or while sending. */
    FAILED(5),
    /** It was withdrawn. */
    CANCELED(5),
    /** The provider used a word that nobody knows; see the raw words. */
    UNKNOWN(0);

    private static final int FINAL = 5;

    private final int rank;

    SmsState(int rank) {
        this.rank = rank;
    }

    /** Tells whether nothing more is expected, apart from a late success. */
    public boolean isFinal() {
        return rank == FINAL;
    }

    boolean isBefore(SmsState other) {
        return rank < other.rank;
    }

    boolean mayStillBeDelivered() {
        return this == UNDELIVERED || this == EXPIRED || this == FAILED;
    }
}
