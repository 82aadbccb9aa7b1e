package io.github.pbxsdk.testing.sip;

import java.util.List;

/**
 * Devices of an extension of a {@link FakeSip} came or went with a registration.
 *
 * @param before those that were registered
 * @param after those that are registered now
 */
public record DeviceChange(String extension, List<Binding> before, List<Binding> after) {

    /** Copies the lists. */
    public DeviceChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Returns the devices that came; one that only registered anew is none of them. */
    public List<Binding> arrived() {
        return without(after, before);
    }

    /** Returns the devices that went. */
    public List<Binding> left() {
        return without(before, after);
    }

    private static List<Binding> without(List<Binding> all, List<Binding> others) {
        List<String> known = others.stream().map(Binding::uri).toList();
        return all.stream().filter(one -> !known.contains(one.uri())).toList();
    }
}
