package io.github.pbxsdk.asteriskjava;

import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.asteriskjava.util.AstUtil;
import org.jspecify.annotations.Nullable;

/** Makes what stands on the wire into the type of a property, as asterisk-java does. */
interface Conversion {

    /** The longest word that stands for "no value". */
    int LONGEST_NULL = 9;

    /** What cannot be converted. */
    Object FAILED = new Object();

    /**
     * Converts a text, or the texts of a line that came several times.
     *
     * @return null for no value, {@link #FAILED} if it is not of that type
     */
    @Nullable Object convert(Object textOrTexts);

    static Conversion to(Class<?> type) {
        if (type == Boolean.class || type == boolean.class) {
            return value -> AstUtil.isTrue(first(value));
        }
        if (type.isAssignableFrom(String.class)) {
            return Conversion::text;
        }
        if (type.isAssignableFrom(Map.class)) {
            return Conversion::map;
        }
        if (type == Integer.class || type == int.class) {
            return number(Integer::valueOf);
        }
        if (type == Long.class || type == long.class) {
            return number(Long::valueOf);
        }
        if (type == Double.class || type == double.class) {
            return number(Double::valueOf);
        }
        if (type == Float.class || type == float.class) {
            return number(Float::valueOf);
        }
        return constructed(type);
    }

    private static String first(Object value) {
        return value instanceof List<?> list ? (String) list.get(0) : (String) value;
    }

    private static @Nullable Object text(Object value) {
        if (value instanceof String text) {
            return text.length() <= LONGEST_NULL && AstUtil.isNull(text) ? null : text;
        }
        StringBuilder lines = new StringBuilder();
        for (Object line : (List<?>) value) {
            if (!line.equals("")) {
                lines.append(line).append('\n');
            }
        }
        return lines.toString();
    }

    private static Object map(Object value) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Object line : value instanceof List<?> list ? list : List.of(value)) {
            String text = (String) line;
            int equals = text.indexOf('=');
            if (equals > 0) {
                map.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        return map;
    }

    private static Conversion number(Function<String, Object> parse) {
        return value -> {
            String text = first(value);
            try {
                return text.isEmpty() ? null : parse.apply(text);
            } catch (NumberFormatException e) {
                return FAILED;
            }
        };
    }

    /** Types of one's own, in registered events. */
    private static Conversion constructed(Class<?> type) {
        try {
            Constructor<?> constructor = type.getConstructor(String.class);
            return value -> {
                try {
                    return constructor.newInstance(first(value));
                } catch (ReflectiveOperationException e) {
                    return FAILED;
                }
            };
        } catch (NoSuchMethodException e) {
            return value -> FAILED;
        }
    }
}
