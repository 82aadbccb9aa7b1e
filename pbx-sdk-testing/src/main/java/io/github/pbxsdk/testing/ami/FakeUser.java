package io.github.pbxsdk.testing.ami;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A user of manager.conf. */
record FakeUser(String name, String secret, Set<String> read, Set<String> write) {

    FakeUser {
        read = Set.copyOf(read);
        write = Set.copyOf(write);
    }

    /** Tells whether the user may see an event of these classes: all of them are needed. */
    boolean maySee(String privilege) {
        return read.contains("all") || read.containsAll(classes(privilege));
    }

    /** Tells whether the user may run an action of these classes: one of them is needed. */
    boolean mayRun(List<String> classes) {
        return classes.isEmpty()
                || write.contains("all")
                || classes.stream().anyMatch(write::contains);
    }

    /** Returns the classes of a {@code Privilege} line, which ends with {@code all}. */
    static List<String> classes(String privilege) {
        return Arrays.stream(privilege.split(","))
                .filter(one -> !one.isEmpty() && !one.equals("all"))
                .toList();
    }
}
