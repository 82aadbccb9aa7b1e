package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.asteriskjava.manager.AsteriskMapping;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.UserEvent;
import org.jspecify.annotations.Nullable;

/**
 * Which class an event becomes: those of asterisk-java, and what users register.
 *
 * <p>The names stand in a file, since searching the class path for them takes a fifth of a second.
 */
final class EventClasses {

    private static final String PACKAGE = "org.asteriskjava.manager.event.";
    private static final String USER_EVENT = "userevent";
    private static final String EVENT = "event";

    private static final Map<String, String> BUILT_IN = read();

    /** A name without a class stands here, too: {@code ManagerEvent} is abstract. */
    private static final Class<? extends ManagerEvent> NONE = ManagerEvent.class;

    private final Map<String, Class<? extends ManagerEvent>> byName = new ConcurrentHashMap<>();

    /** Returns the names on the wire in lower case, with the simple names of the classes. */
    static Map<String, String> builtIn() {
        return BUILT_IN;
    }

    private static Map<String, String> read() {
        java.util.Properties names = new java.util.Properties();
        try (InputStream file = EventClasses.class.getResourceAsStream("events.properties")) {
            names.load(Objects.requireNonNull(file, "events.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new ConcurrentHashMap<>();
        names.forEach((name, type) -> all.put((String) name, (String) type));
        return Map.copyOf(all);
    }

    /**
     * Adds a class; it takes the place of another one for the same event.
     *
     * @throws IllegalArgumentException if no event could be made of it
     */
    void register(Class<? extends ManagerEvent> type) {
        if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
            throw new IllegalArgumentException(type + " must be public and not abstract");
        }
        try {
            Objects.requireNonNull(type.getConstructor(Object.class));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    type + " needs a public constructor that takes the source, an Object", e);
        }
        byName.put(nameOf(type), type);
    }

    /** Removes a class: its events are unknown from now on. */
    void deregister(Class<? extends ManagerEvent> type) {
        byName.put(nameOf(type), NONE);
    }

    private static String nameOf(Class<? extends ManagerEvent> type) {
        AsteriskMapping mapping = type.getAnnotation(AsteriskMapping.class);
        String name =
                mapping == null
                        ? withoutEvent(lower(type.getName().replaceFirst("^.*\\.", "")))
                        : lower(mapping.value());
        boolean isUserEvent = UserEvent.class.isAssignableFrom(type);
        return isUserEvent && !name.startsWith(USER_EVENT) ? USER_EVENT + name : name;
    }

    private static String withoutEvent(String name) {
        return name.endsWith(EVENT) ? name.substring(0, name.length() - EVENT.length()) : name;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ENGLISH);
    }

    /** Returns the class for an event, if there is one. */
    @Nullable Class<? extends ManagerEvent> of(AmiFields fields) {
        String name = lower(fields.text("Event"));
        if (name.equals(USER_EVENT)) {
            name += lower(fields.text("UserEvent"));
        }
        Class<? extends ManagerEvent> type = byName.get(name);
        if (type == null) {
            type = load(name);
        }
        return type == NONE ? null : type;
    }

    private Class<? extends ManagerEvent> load(String name) {
        String simple = BUILT_IN.get(name);
        if (simple == null) {
            return NONE;
        }
        Class<? extends ManagerEvent> type = named(simple);
        Class<? extends ManagerEvent> before = byName.putIfAbsent(name, type);
        return before == null ? type : before;
    }

    private static Class<? extends ManagerEvent> named(String simple) {
        try {
            return Class.forName(PACKAGE + simple).asSubclass(ManagerEvent.class);
        } catch (ClassNotFoundException e) {
            // Another release of asterisk-java than the one we were built with.
            return NONE;
        }
    }
}
