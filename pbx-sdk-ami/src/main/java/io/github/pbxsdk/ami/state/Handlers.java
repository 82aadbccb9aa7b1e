package io.github.pbxsdk.ami.state;

import io.github.pbxsdk.ami.event.AmiEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What to do with which event. */
final class Handlers {

    private final Map<Class<?>, Consumer<AmiEvent>> byType = new HashMap<>();

    <E extends AmiEvent> Handlers on(Class<E> type, Consumer<? super E> handler) {
        byType.put(type, event -> handler.accept(type.cast(event)));
        return this;
    }

    /** Handles an event; returns false if nobody is interested in its type. */
    boolean handle(AmiEvent event) {
        Consumer<AmiEvent> handler = byType.get(event.getClass());
        if (handler == null) {
            return false;
        }
        handler.accept(event);
        return true;
    }
}
