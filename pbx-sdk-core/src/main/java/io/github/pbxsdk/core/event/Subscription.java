package io.github.pbxsdk.core.event;

/**
 * Proof that a listener is attached.
 *
 * <p>After {@link #close()} has returned, the listener is not called any more, except that a call
 * under way on another thread may still end.
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    /** Detaches the listener; repeatable, and safe from inside the listener. */
    @Override
    void close();
}
