package io.github.pbxsdk.sms;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said about a text: our word for it, and its own.
 *
 * <p>Reports arrive late, twice and in any order; {@link #mergedWith} keeps the one that counts.
 * Immutable.
 */
public final class SmsStatus {

    private final SmsState state;
    private final String words;
    private final @Nullable String code;
    private final @Nullable Instant at;

    private SmsStatus(SmsState state, String words, @Nullable String code, @Nullable Instant at) {
        this.state = state;
        this.words = words;
        this.code = code;
        this.at = at;
    }

    /**
     * Returns a status.
     *
     * @param words what the provider wrote, to the letter
     */
    public static SmsStatus of(SmsState state, String words) {
        return new SmsStatus(
                Objects.requireNonNull(state, "state"),
                Objects.requireNonNull(words, "words"),
                null,
                null);
    }

    /** Returns this status with the provider's code, such as {@code 30003}. */
    public SmsStatus withCode(String value) {
        return new SmsStatus(state, words, Objects.requireNonNull(value, "code"), at);
    }

    /** Returns this status with the provider's time. */
    public SmsStatus withTime(Instant value) {
        return new SmsStatus(state, words, code, Objects.requireNonNull(value, "time"));
    }

    /** Returns how far the text has come. */
    public SmsState state() {
        return state;
    }

    /** Returns the provider's own word. */
    public String words() {
        return words;
    }

    /** Returns the provider's code, if it gave one. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** Returns when it was so by the provider's clock, if it told. */
    public Optional<Instant> at() {
        return Optional.ofNullable(at);
    }

    /**
     * Returns the status that counts after another report has come.
     *
     * <p>A text never goes back: what was sent is not queued again, and the first final word stays,
     * except that a phone may be switched on after all, by the provider's later time, and that what
     * was delivered may be read.
     */
    public SmsStatus mergedWith(SmsStatus report) {
        return isOvertakenBy(report) ? report : this;
    }

    private boolean isOvertakenBy(SmsStatus report) {
        if (!state.isFinal()) {
            return state.isBefore(report.state);
        }
        if (state == SmsState.DELIVERED) {
            return report.state == SmsState.READ;
        }
        boolean delivered = report.state == SmsState.DELIVERED || report.state == SmsState.READ;
        return delivered && state.mayStillBeDelivered() && report.isLaterThan(this);
    }

    private boolean isLaterThan(SmsStatus other) {
        return at != null && other.at != null && at.isAfter(other.at);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmsStatus that
                && state == that.state
                && words.equals(that.words)
                && Objects.equals(code, that.code)
                && Objects.equals(at, that.at);
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, words, code, at);
    }

    @Override
    public String toString() {
        return state + " (" + words + (code == null ? "" : ", " + code) + ")";
    }
}
