package io.github.pbxsdk.core.event;

/**
 * The events of one client.
 *
 * <pre>{@code
 * Subscription hangups = ami.events().subscribe(HangupEvent.class, event ->
 *         log.info("{} ended", event.channel()));
 * // … later
 * hangups.close();
 * }</pre>
 *
 * <p>Connection changes and gaps arrive through the same door as what the server reports.
 */
public interface Events {

    /**
     * Attaches a listener to a type of event and everything below it.
     *
     * <p>It is called with events that arrive after this method has returned. {@code
     * PbxEvent.class} gives all events of the client.
     *
     * @throws IllegalStateException if the client is closed
     */
    <E extends PbxEvent> Subscription subscribe(Class<E> type, Listener<? super E> listener);
}
