package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiFields;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be set on the events or answers of one class, looked up once. */
final class Properties {

    private static final ClassValue<Properties> ALL =
            new ClassValue<>() {
                @Override
                protected Properties computeValue(Class<?> type) {
                    return new Properties(type);
                }
            };

    /**
     * Names are the server's, but a caller can have a part in them: they must not fill the heap.
     */
    private static final int KNOWN_NAMES = 512;

    private static final Pattern NOT_IN_JAVA = Pattern.compile("[^a-z0-9]+");

    private final List<Property> properties = new ArrayList<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private final Map<String, Integer> byHeader = new ConcurrentHashMap<>();

    private Properties(Class<?> type) {
        Map<String, Method> setters = new HashMap<>();
        for (Method method : type.getMethods()) {
            if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
                setters.merge(
                        method.getName().substring(3).toLowerCase(Locale.ENGLISH),
                        method,
                        Properties::preferred);
            }
        }
        setters.forEach(this::add);
    }

    static Properties of(Class<?> type) {
        return ALL.get(type);
    }

    /** Of two setters that differ in nothing but case or type, the one nearer to the class. */
    private static Method preferred(Method one, Method other) {
        Class<?> first = one.getDeclaringClass();
        Class<?> second = other.getDeclaringClass();
        if (first != second) {
            return first.isAssignableFrom(second) ? other : one;
        }
        return other.getParameterTypes()[0] == String.class ? other : one;
    }

    private void add(String name, Method setter) {
        Class<?> type = setter.getParameterTypes()[0];
        try {
            MethodHandle handle =
                    MethodHandles.publicLookup()
                            .unreflect(setter)
                            .asType(MethodType.methodType(void.class, Object.class, Object.class));
            byName.put(name, properties.size());
            properties.add(new Property(handle, Conversion.to(type), type));
        } catch (IllegalAccessException e) {
            // A class that is not public: asterisk-java cannot set it either.
        }
    }

    /**
     * Sets what there is a property for.
     *
     * @return the lines without one
     */
    List<AmiFields.Field> set(Object target, AmiFields fields) {
        @Nullable Object[] found = new Object[properties.size()];
        List<AmiFields.Field> rest = List.of();
        for (AmiFields.Field field : fields) {
            int index = indexOf(field.name());
            if (index >= 0) {
                found[index] = together(found[index], field.value().trim());
            } else {
                rest = rest.isEmpty() ? new ArrayList<>() : rest;
                rest.add(field);
            }
        }
        for (int i = 0; i < found.length; i++) {
            Object value = found[i];
            if (value != null) {
                properties.get(i).set(target, value);
            }
        }
        return rest;
    }

    @SuppressWarnings("unchecked")
    private static Object together(@Nullable Object before, String value) {
        if (before == null) {
            return value;
        }
        if (before instanceof List) {
            ((List<String>) before).add(value);
            return before;
        }
        List<String> both = new ArrayList<>();
        both.add((String) before);
        both.add(value);
        return both;
    }

    private int indexOf(String header) {
        Integer known = byHeader.get(header);
        if (known != null) {
            return known;
        }
        int index = search(header.toLowerCase(Locale.ENGLISH));
        if (byHeader.size() < KNOWN_NAMES) {
            byHeader.put(header, index);
        }
        return index;
    }

    private int search(String header) {
        if (header.equals("event")) {
            return -1;
        }
        String name = inJava(NOT_IN_JAVA.matcher(header).replaceAll(""));
        Integer index = byName.get(name);
        if (index != null) {
            return index;
        }
        Integer plural = byName.get(name + "s");
        boolean isMap = plural != null && properties.get(plural).type == Map.class;
        return plural != null && isMap ? plural : -1;
    }

    /** Two names are taken in every event or object. */
    private static String inJava(String name) {
        return switch (name) {
            case "source" -> "src";
            case "class" -> "clazz";
            default -> name;
        };
    }

    private record Property(MethodHandle setter, Conversion conversion, Class<?> type) {

        void set(Object target, Object value) {
            Object converted = conversion.convert(value);
            if (converted == Conversion.FAILED || (converted == null && type.isPrimitive())) {
                // The text is among the lines; asterisk-java leaves the property alone, too.
                return;
            }
            try {
                setter.invokeExact(target, converted);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("a setter failed", e);
            }
        }
    }
}
