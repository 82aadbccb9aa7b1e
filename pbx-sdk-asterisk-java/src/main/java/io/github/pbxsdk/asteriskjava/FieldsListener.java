package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import org.asteriskjava.manager.ManagerEventListener;
import org.asteriskjava.manager.event.ManagerEvent;

/**
 * A listener that gets the lines of each event beside it, also those for which its class has no
 * property.
 *
 * <pre>{@code
 * connection.addEventListener((FieldsListener) (event, fields) ->
 *         log.info("{} {}", event.getClass().getSimpleName(), fields.text("Linkedid")));
 * }</pre>
 */
@FunctionalInterface
public interface FieldsListener extends ManagerEventListener {

    /**
     * Handles one event.
     *
     * @param fields everything the server sent; empty for what it did not send itself, such as a
     *     {@code ConnectEvent}
     */
    void onManagerEvent(ManagerEvent event, AmiFields fields);

    /** Handles an event of which there are no lines, from another connection for instance. */
    @Override
    default void onManagerEvent(ManagerEvent event) {
        onManagerEvent(event, AmiFields.of());
    }
}
