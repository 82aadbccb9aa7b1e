package io.github.pbxsdk.benchmarks;

import java.io.IOException;

/** The other end of the wire, in a process of its own. */
public interface Generator extends AutoCloseable {

    /** Returns where the side under test finds it, such as {@code 127.0.0.1:40001}. */
    String address();

    /** Ends it; called once, when the side under test is through. */
    @Override
    void close() throws IOException;

    /** Starts a generator. */
    @FunctionalInterface
    interface Start {

        /** Starts it; the address can be used when this returns. */
        Generator start() throws Exception;
    }
}
