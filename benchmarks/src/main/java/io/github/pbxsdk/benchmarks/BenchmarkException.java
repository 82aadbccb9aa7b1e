package io.github.pbxsdk.benchmarks;

import org.jspecify.annotations.Nullable;

/** A benchmark could not be run or reported; the message is all the user sees. */
final class BenchmarkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchmarkException(String message) {
        this(message, null);
    }

    BenchmarkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
