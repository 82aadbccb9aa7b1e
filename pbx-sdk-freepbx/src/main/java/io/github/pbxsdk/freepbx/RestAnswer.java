package io.github.pbxsdk.freepbx;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a REST route answers: an object, a list, a text or a truth. For «there is none» FreePBX says
 * {@code false}, an empty list or nothing. Immutable.
 */
public final class RestAnswer {

    private final @Nullable Object value;

    private RestAnswer(@Nullable Object value) {
        this.value = value;
    }

    static RestAnswer of(@Nullable Object value) {
        return new RestAnswer(value);
    }

    /** Returns the object, or an empty one. */
    public FreePbxObject object() {
        return value instanceof FreePbxObject object ? object : FreePbxObject.empty();
    }

    /** Returns the objects: those of a list, those that an object holds by number, or the one. */
    public List<FreePbxObject> objects() {
        if (!(value instanceof FreePbxObject object)) {
            return FreePbxObject.objectsOf(value);
        }
        List<FreePbxObject> inside =
                object.names().stream().map(object::object).filter(one -> !one.isEmpty()).toList();
        return inside.size() == object.names().size() ? inside : List.of(object);
    }

    /** Returns the text, if that is what it is. */
    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Returns the truth, if that is what it is. */
    public Optional<Boolean> flag() {
        return value instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** Tells whether the PBX says in one of its ways that there is none. */
    public boolean isNone() {
        return value == null
                || Boolean.FALSE.equals(value)
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof FreePbxObject object && object.isEmpty());
    }

    /** Returns the kind of value: the value itself can be secret. */
    @Override
    public String toString() {
        return "RestAnswer["
                + (isNone() ? "none" : value instanceof FreePbxObject ? value : "value")
                + "]";
    }
}
