package io.github.pbxsdk.sms.provider;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is left on an account: money of a currency, or credits. Immutable. */
public final class Balance {

    private final BigDecimal amount;
    private final @Nullable String currency;

    private Balance(BigDecimal amount, @Nullable String currency) {
        this.amount = Objects.requireNonNull(amount, "amount");
        this.currency = currency;
    }

    /** Returns a balance in credits. */
    public static Balance credits(BigDecimal amount) {
        return new Balance(amount, null);
    }

    /** Returns a balance in money. */
    public static Balance money(BigDecimal amount, String currency) {
        return new Balance(amount, Objects.requireNonNull(currency, "currency"));
    }

    /** Returns how much is left, which may be less than nothing. */
    public BigDecimal amount() {
        return amount;
    }

    /** Returns the currency, such as {@code USD}; empty for credits. */
    public Optional<String> currency() {
        return Optional.ofNullable(currency);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Balance that
                && amount.equals(that.amount)
                && Objects.equals(currency, that.currency);
    }

    @Override
    public int hashCode() {
        return Objects.hash(amount, currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + (currency == null ? "credits" : currency);
    }
}
