package io.github.pbxsdk.sip.internal.wire;

import io.github.pbxsdk.core.RawFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a message as they came, with short names made long and folded lines joined. */
public final class SipHeaders {

    private final List<String> names = new ArrayList<>(16);
    private final List<String> values = new ArrayList<>(16);

    void add(String name, String value) {
        names.add(name);
        values.add(value);
    }

    /** Joins a folded line to the one before it; false if there is none. */
    boolean join(String rest) {
        if (values.isEmpty()) {
            return false;
        }
        int last = values.size() - 1;
        values.set(last, (values.get(last) + " " + rest).strip());
        return true;
    }

    int size() {
        return names.size();
    }

    /** Returns the first value of a header, or null. */
    public @Nullable String find(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return values.get(i);
            }
        }
        return null;
    }

    /** Returns the first value of a header that every message we take has. */
    public String get(String name) {
        String value = find(name);
        if (value == null) {
            throw new IllegalStateException("no " + name + " in a message that was checked");
        }
        return value;
    }

    /** Returns all values of a header, line by line. */
    public List<String> all(String name) {
        List<String> found = new ArrayList<>(2);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                found.add(values.get(i));
            }
        }
        return found;
    }

    int count(String name) {
        int count = 0;
        for (String known : names) {
            if (known.equalsIgnoreCase(name)) {
                count++;
            }
        }
        return count;
    }

    /** Returns all headers, in order. */
    public RawFields fields() {
        RawFields.Builder fields = RawFields.builder();
        for (int i = 0; i < names.size(); i++) {
            fields.add(names.get(i), values.get(i));
        }
        return fields.build();
    }
}
