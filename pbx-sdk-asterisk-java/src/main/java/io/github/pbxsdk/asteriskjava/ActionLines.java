package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.asteriskjava.manager.AsteriskMapping;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.UserEventAction;
import org.asteriskjava.manager.event.UserEvent;
import org.jspecify.annotations.Nullable;

/**
 * Makes actions of asterisk-java into lines: each getter is one, by the rules of that library.
 *
 * <p>Line breaks in values are not looked for here: the client refuses them all.
 */
final class ActionLines {

    /** What is not a line of its own; the attributes are lines without a common name. */
    private static final Set<String> NO_LINES =
            Set.of("class", "action", "actionid", "attributes", "source");

    private static final ClassValue<List<Getter>> GETTERS =
            new ClassValue<>() {
                @Override
                protected List<Getter> computeValue(Class<?> type) {
                    return getters(type);
                }
            };

    private final List<AmiFields.Field> lines = new ArrayList<>();

    private ActionLines() {}

    /** Returns the lines, without {@code Action} and {@code ActionID}. */
    static AmiFields of(ManagerAction action) {
        ActionLines all = new ActionLines();
        if (action instanceof UserEventAction carrier) {
            UserEvent event = carrier.getUserEvent();
            all.lines.add(new AmiFields.Field("UserEvent", nameOf(event)));
            all.add(event);
        } else {
            all.add(action);
        }
        return AmiFields.of(all.lines);
    }

    private static String nameOf(UserEvent event) {
        String name = event.getClass().getName().replaceFirst("^.*\\.", "");
        return name.toLowerCase(Locale.ENGLISH).replaceFirst("event$", "");
    }

    private void add(Object target) {
        for (Getter getter : GETTERS.get(target.getClass())) {
            Object value = getter.of(target);
            if (value instanceof Map<?, ?> map && getter.isAttributes()) {
                map.forEach((name, text) -> add(String.valueOf(name), String.valueOf(text)));
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((name, text) -> addEntry(getter.singular(), name, text));
            } else if (value != null && !(value instanceof Class) && !getter.isAttributes()) {
                add(getter.header(), value.toString());
            }
        }
    }

    /** Of a text of several lines in {@code Content} each becomes an entry. */
    private void addEntry(String header, Object name, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        if (name.toString().equalsIgnoreCase("Content")) {
            text.lines().forEach(line -> add(header, name + "=" + line));
        } else {
            add(header, name + "=" + text);
        }
    }

    private void add(String header, String value) {
        lines.add(new AmiFields.Field(header, value));
    }

    private static List<Getter> getters(Class<?> type) {
        Map<String, Getter> byName = new TreeMap<>();
        for (Method method : type.getMethods()) {
            String property = propertyOf(method);
            String name = property.toLowerCase(Locale.ENGLISH);
            boolean isLine = !NO_LINES.contains(name) || name.equals("attributes");
            if (!property.isEmpty() && isLine && !method.isBridge()) {
                byName.put(name, new Getter(method, header(method, property)));
            }
        }
        return List.copyOf(byName.values());
    }

    private static String propertyOf(Method method) {
        if (method.getParameterCount() > 0 || method.getDeclaringClass() == Object.class) {
            return "";
        }
        String name = method.getName();
        if (name.startsWith("get")) {
            return name.substring(3);
        }
        return name.startsWith("is") ? name.substring(2) : "";
    }

    /** The name stands at the getter, the setter or the field, or is that of the property. */
    private static String header(Method getter, String property) {
        Class<?> type = getter.getDeclaringClass();
        String mapped = mapped(getter);
        if (mapped == null) {
            mapped = mapped(setter(type, "set" + property, getter.getReturnType()));
        }
        if (mapped == null) {
            mapped = mapped(field(type, property));
        }
        return mapped == null ? property.toLowerCase(Locale.ENGLISH) : mapped;
    }

    private static @Nullable String mapped(@Nullable AnnotatedElement place) {
        AsteriskMapping mapping = place == null ? null : place.getAnnotation(AsteriskMapping.class);
        return mapping == null ? null : mapping.value();
    }

    private static @Nullable AnnotatedElement setter(Class<?> type, String name, Class<?> value) {
        try {
            return type.getDeclaredMethod(name, value);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static @Nullable AnnotatedElement field(Class<?> type, String property) {
        try {
            return type.getDeclaredField(
                    property.substring(0, 1).toLowerCase(Locale.ENGLISH) + property.substring(1));
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    private record Getter(Method method, String header) {

        boolean isAttributes() {
            return header.equals("attributes");
        }

        String singular() {
            return header.endsWith("s") ? header.substring(0, header.length() - 1) : header;
        }

        @Nullable Object of(Object target) {
            try {
                return method.invoke(target);
            } catch (InvocationTargetException | IllegalAccessException e) {
                throw new IllegalArgumentException(
                        "cannot read " + method.getName() + " of " + target.getClass(), e);
            }
        }
    }
}
