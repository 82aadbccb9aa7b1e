package io.github.pbxsdk.asteriskjava;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerEventListener;
import org.asteriskjava.manager.event.ManagerEvent;

/** A listener that keeps what it sees. */
final class Seen implements ManagerEventListener {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<ManagerEvent> events = new CopyOnWriteArrayList<>();

    static Seen by(ManagerConnection connection) {
        Seen seen = new Seen();
        connection.addEventListener(seen);
        return seen;
    }

    @Override
    public void onManagerEvent(ManagerEvent event) {
        events.add(event);
    }

    List<ManagerEvent> all() {
        return List.copyOf(events);
    }

    <E extends ManagerEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <E extends ManagerEvent> E first(Class<E> type) {
        await().atMost(LIMIT).until(() -> !all(type).isEmpty());
        return all(type).get(0);
    }

    <E extends ManagerEvent> List<E> awaitAll(Class<E> type, int count) {
        await().atMost(LIMIT).until(() -> all(type).size() >= count);
        return all(type);
    }
}
