package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.event.Listener;
import io.github.pbxsdk.core.event.PbxEvent;
import io.github.pbxsdk.core.event.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens to what; looking up the listeners of an event type costs one hash lookup. */
final class SubscriberTable {

    private static final Logger log = LoggerFactory.getLogger(SubscriberTable.class);

    private final List<Entry<?>> entries = new CopyOnWriteArrayList<>();
    private volatile Map<Class<?>, Entry<?>[]> byType = new ConcurrentHashMap<>();

    <E extends PbxEvent> Subscription add(Class<E> type, Listener<? super E> listener) {
        Entry<E> entry = new Entry<>(type, listener, this);
        entries.add(entry);
        byType = new ConcurrentHashMap<>();
        return entry;
    }

    Entry<?>[] of(Class<?> type) {
        Map<Class<?>, Entry<?>[]> table = byType;
        Entry<?>[] known = table.get(type);
        return known != null ? known : table.computeIfAbsent(type, this::find);
    }

    private Entry<?>[] find(Class<?> type) {
        return entries.stream()
                .filter(entry -> entry.type.isAssignableFrom(type))
                .toArray(Entry<?>[]::new);
    }

    private void remove(Entry<?> entry) {
        entries.remove(entry);
        byType = new ConcurrentHashMap<>();
    }

    /** One listener. */
    static final class Entry<E extends PbxEvent> implements Subscription {

        private final Class<E> type;
        private final Listener<? super E> listener;
        private final SubscriberTable table;
        private volatile boolean closed;

        private Entry(Class<E> type, Listener<? super E> listener, SubscriberTable table) {
            this.type = type;
            this.listener = listener;
            this.table = table;
        }

        /** Returns whether there is somebody still. */
        boolean deliver(PbxEvent event, String source) {
            if (closed) {
                return false;
            }
            try {
                listener.onEvent(type.cast(event));
            } catch (InterruptedException e) {
                log.warn(
                        "{}: a listener of {} was interrupted at its work",
                        source,
                        type.getSimpleName());
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                // Errors too: one broken listener must not silence the client for all others.
                log.warn("{}: a listener of {} failed", source, type.getSimpleName(), e);
            }
            return true;
        }

        @Override
        public void close() {
            closed = true;
            table.remove(this);
        }
    }
}
