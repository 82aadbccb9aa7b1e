package io.github.pbxsdk.sms;

import org.jspecify.annotations.Nullable;

/**
 * What one request meant for one text: a result, a failure, or neither if the provider did nothing
 * with it because of others in its batch.
 */
record Verdict(@Nullable SendResult result, @Nullable Throwable failure) {

    static Verdict sent(SendResult result) {
        return new Verdict(result, null);
    }

    static Verdict failed(Throwable failure) {
        return new Verdict(null, failure);
    }

    static Verdict untouched() {
        return new Verdict(null, null);
    }

    boolean isUntouched() {
        return result == null && failure == null;
    }
}
