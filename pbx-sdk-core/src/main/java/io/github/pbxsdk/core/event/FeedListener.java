package io.github.pbxsdk.core.event;

/**
 * User code that is called with what one feed brings, and with the places where something may be
 * missing.
 *
 * <p>A lambda is enough for those who have another way to notice what they missed:
 *
 * <pre>{@code
 * gateway.subscribe(message -> inbox.add(message));
 * }</pre>
 */
@FunctionalInterface
public interface FeedListener<E> extends Listener<E> {

    /**
     * Handles a gap, in its place between the others; does nothing unless overridden.
     *
     * @throws Exception if it likes: it is logged at WARN and affects nobody else
     */
    default void onGap(GapEvent gap) throws Exception {}
}
