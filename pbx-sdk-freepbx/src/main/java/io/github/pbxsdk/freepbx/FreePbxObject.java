package io.github.pbxsdk.freepbx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object as FreePBX wrote it: members that nobody knows are kept.
 *
 * <p>FreePBX writes a number as a text in one module and as a number in the next; here both are
 * texts. A member that is {@code null} is absent. Immutable; {@link #toString()} shows names only,
 * since values can be secret.
 */
public final class FreePbxObject {

    private static final FreePbxObject EMPTY = new FreePbxObject(Map.of());

    private final Map<String, Object> members;

    private FreePbxObject(Map<String, Object> members) {
        this.members = members;
    }

    static FreePbxObject empty() {
        return EMPTY;
    }

    static FreePbxObject of(Map<String, Object> members) {
        return new FreePbxObject(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
    }

    /** Returns the names of all members, in the order of the PBX. */
    public Set<String> names() {
        return members.keySet();
    }

    /** Returns a member that is a text or a number, also an empty text. */
    public Optional<String> find(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Returns a member that is a text or a number, or an empty text where there is none. */
    public String text(String name) {
        return find(name).orElse("");
    }

    /** Returns a member that is a text with something in it: FreePBX writes none as empty. */
    public Optional<String> filled(String name) {
        return find(name).filter(text -> !text.isBlank());
    }

    /** Returns a member that is a whole number. */
    public OptionalInt number(String name) {
        try {
            Optional<String> text = find(name).map(String::strip);
            return text.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException e) {
            // Then it is a text, and find() has it.
            return OptionalInt.empty();
        }
    }

    /** Returns a member that is true or false. */
    public Optional<Boolean> flag(String name) {
        return members.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** Tells whether a member is true, or one of the words that FreePBX has for it. */
    public boolean isOn(String name) {
        return flag(name).orElseGet(() -> isYes(text(name)));
    }

    private static boolean isYes(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "true", "enabled", "checked" -> true;
            default -> false;
        };
    }

    /** Returns a member that is an object, or an empty one. */
    public FreePbxObject object(String name) {
        return members.get(name) instanceof FreePbxObject object ? object : EMPTY;
    }

    /** Returns the objects of a member that is an array. */
    public List<FreePbxObject> objects(String name) {
        return objectsOf(members.get(name));
    }

    /** Returns the objects of a member, which PHP writes as an array or under their numbers. */
    List<FreePbxObject> values(String name) {
        return members.get(name) instanceof FreePbxObject object
                ? objectsOf(List.copyOf(object.members.values()))
                : objects(name);
    }

    /** Returns the texts of a member that is an array. */
    public List<String> texts(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
                : List.of();
    }

    /** Returns the same without a member. */
    FreePbxObject without(String name) {
        Map<String, Object> others = new LinkedHashMap<>(members);
        others.remove(name);
        return of(others);
    }

    /** Tells whether there is such a member, and not null. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** Tells whether there is nothing in it. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    static List<FreePbxObject> objectsOf(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(FreePbxObject.class::isInstance)
                        .map(FreePbxObject.class::cast)
                        .toList()
                : List.of();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FreePbxObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** Returns the names only: values can be personal or secret. */
    @Override
    public String toString() {
        return members.keySet().toString();
    }
}
