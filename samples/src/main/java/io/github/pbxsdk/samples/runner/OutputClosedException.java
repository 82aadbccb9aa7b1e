package io.github.pbxsdk.samples.runner;

/** Nobody reads the output any more, as after {@code samples/run … | head -1}. */
final class OutputClosedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutputClosedException() {
        super("the output was closed");
    }
}
