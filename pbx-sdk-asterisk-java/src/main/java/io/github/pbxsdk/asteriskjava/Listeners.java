package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asteriskjava.manager.ManagerEventListener;
import org.asteriskjava.manager.event.ManagerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of events; stays the same from one login to the next. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final CopyOnWriteArrayList<ManagerEventListener> all = new CopyOnWriteArrayList<>();

    void add(ManagerEventListener listener) {
        all.addIfAbsent(listener);
    }

    void remove(ManagerEventListener listener) {
        all.remove(listener);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Tells all; one that throws is logged and affects nobody else. */
    void tell(ManagerEvent event, AmiFields fields) {
        for (ManagerEventListener listener : all) {
            try {
                tell(listener, event, fields);
            } catch (RuntimeException | LinkageError e) {
                log.warn("a listener failed on {}", event.getClass().getSimpleName(), e);
            }
        }
    }

    private static void tell(ManagerEventListener listener, ManagerEvent event, AmiFields fields) {
        if (listener instanceof FieldsListener knowing) {
            knowing.onManagerEvent(event, fields);
        } else {
            listener.onManagerEvent(event);
        }
    }
}
