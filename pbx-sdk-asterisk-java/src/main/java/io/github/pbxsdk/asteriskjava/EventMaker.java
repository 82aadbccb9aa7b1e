package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.asteriskjava.manager.event.CdrEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.ResponseEvent;
import org.asteriskjava.manager.event.UserEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes messages into events of asterisk-java's classes. */
final class EventMaker {

    private static final Logger log = LoggerFactory.getLogger(EventMaker.class);

    private static final ClassValue<MethodHandle> CONSTRUCTORS =
            new ClassValue<>() {
                @Override
                protected MethodHandle computeValue(Class<?> type) {
                    return constructor(type);
                }
            };

    private final Object source;
    private final EventClasses classes;

    EventMaker(Object source, EventClasses classes) {
        this.source = source;
        this.classes = classes;
    }

    private static MethodHandle constructor(Class<?> type) {
        try {
            return MethodHandles.publicLookup()
                    .unreflectConstructor(type.getConstructor(Object.class))
                    .asType(MethodType.methodType(ManagerEvent.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " cannot be made by others", e);
        }
    }

    /** Returns the event; one without a class of its own becomes an {@link UnknownEvent}. */
    ManagerEvent event(AmiFields fields, Date received) {
        Class<? extends ManagerEvent> type = classes.of(fields);
        return type == null
                ? unknown(fields, false, received)
                : known(type, fields, false, received);
    }

    /** Returns the event as part of the answer to an action. */
    ResponseEvent item(AmiFields fields, Date received) {
        Class<? extends ManagerEvent> type = classes.of(fields);
        ManagerEvent event =
                type != null && ResponseEvent.class.isAssignableFrom(type)
                        ? known(type, fields, true, received)
                        : unknown(fields, true, received);
        return (ResponseEvent) event;
    }

    private ManagerEvent known(
            Class<? extends ManagerEvent> type, AmiFields fields, boolean item, Date received) {
        try {
            ManagerEvent event = (ManagerEvent) CONSTRUCTORS.get(type).invokeExact(source);
            return filled(event, fields, received);
        } catch (Throwable e) {
            // Code of a registered class; the event itself must not be lost with it.
            log.warn("{} could not be made of an event", type, e);
            return unknown(fields, item, received);
        }
    }

    private ManagerEvent unknown(AmiFields fields, boolean item, Date received) {
        if (item) {
            return filled(new OtherResponseEvent(source, fields), fields, received);
        }
        return fields.is("Event", "UserEvent")
                ? filled(new OtherUserEvent(source, fields), fields, received)
                : filled(new OtherManagerEvent(source, fields), fields, received);
    }

    private static <E extends ManagerEvent> E filled(E event, AmiFields fields, Date received) {
        List<AmiFields.Field> rest = Properties.of(event.getClass()).set(event, fields);
        event.setDateReceived(received);
        if (event instanceof CdrEvent record) {
            rest.forEach(field -> addOwn(record, field));
        }
        if (event instanceof ResponseEvent answering) {
            setId(answering, fields.find("ActionID").orElse(null));
        }
        return event;
    }

    /** Call records can have fields of the installation's own. */
    private static void addOwn(CdrEvent record, AmiFields.Field field) {
        String name = field.name().toLowerCase(Locale.ENGLISH);
        if (!name.equals("event")) {
            record.addDynamicProperties(name, field.value());
        }
    }

    private static void setId(ResponseEvent event, @Nullable String id) {
        event.setActionId(ActionId.given(id));
        event.setInternalActionId(ActionId.own(id));
    }

    /** Tells whether the event of an action is the last one, by its class. */
    boolean isA(Class<?> last, AmiFields fields) {
        Class<?> type = classes.of(fields);
        return type != null && last.isAssignableFrom(type);
    }

    /** Tells whether an event with the id of an action belongs to its answer. */
    boolean isItem(AmiFields fields) {
        Class<?> type = classes.of(fields);
        return type == null
                ? !fields.is("Event", "UserEvent")
                : ResponseEvent.class.isAssignableFrom(type) && !isUserEvent(type);
    }

    private static boolean isUserEvent(Class<?> type) {
        return UserEvent.class.isAssignableFrom(type);
    }
}
