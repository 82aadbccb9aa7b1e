package io.github.pbxsdk.core.event;

/**
 * User code that is called with an event.
 *
 * <p>Listeners of one client run one at a time, in the order of the server. They may block, and may
 * call every blocking operation of the client; meanwhile events wait in its queue. A listener that
 * throws is logged, and the next one still runs.
 */
@FunctionalInterface
public interface Listener<E> {

    /**
     * Handles one event.
     *
     * @throws Exception if it likes: it is logged at WARN and affects nobody else
     */
    void onEvent(E event) throws Exception;
}
