package io.github.pbxsdk.core.observe;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a value of a {@link Metric} belongs to, such as the client and its host.
 *
 * <p>Immutable. Clients make theirs once and use them again, so an observer may keep them as keys.
 * Their values come from small sets: never a channel, a phone number or a message id.
 */
public final class Tags {

    private static final Tags NONE = new Tags(new TreeMap<>());

    private final SortedMap<String, String> values;
    private final int hash;

    private Tags(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
        this.hash = values.hashCode();
    }

    /** Returns no tags. */
    public static Tags none() {
        return NONE;
    }

    /** Returns one tag. */
    public static Tags of(String key, String value) {
        return NONE.and(key, value);
    }

    /** Returns these tags with one more; a tag with the same key is replaced. */
    public Tags and(String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(values);
        more.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return new Tags(more);
    }

    /** Returns the tags by key, in alphabetical order. */
    public Map<String, String> asMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tags that && hash == that.hash && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
