package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.PbxException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one message of a batch. Immutable. */
public final class BatchReceipt {

    private static final BatchReceipt UNTOUCHED = new BatchReceipt(null, null);

    private final @Nullable ProviderReceipt receipt;
    private final @Nullable PbxException failure;

    private BatchReceipt(@Nullable ProviderReceipt receipt, @Nullable PbxException failure) {
        this.receipt = receipt;
        this.failure = failure;
    }

    /** Returns that the provider took it. */
    public static BatchReceipt taken(ProviderReceipt receipt) {
        return new BatchReceipt(Objects.requireNonNull(receipt, "receipt"), null);
    }

    /**
     * Returns that the provider refused it, or that nobody knows what became of it; the failure
     * says which.
     */
    public static BatchReceipt failed(PbxException failure) {
        return new BatchReceipt(null, Objects.requireNonNull(failure, "failure"));
    }

    /**
     * Returns that the provider did nothing with it because of others in the batch: it goes out in
     * the next one.
     */
    public static BatchReceipt untouched() {
        return UNTOUCHED;
    }

    /** Returns the receipt, if the provider took it. */
    public Optional<ProviderReceipt> receipt() {
        return Optional.ofNullable(receipt);
    }

    /** Returns why it was not sent, or may not have been. */
    public Optional<PbxException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public String toString() {
        return "BatchReceipt["
                + (receipt != null ? receipt : failure != null ? failure : "untouched")
                + "]";
    }
}
