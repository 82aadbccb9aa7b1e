package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.ami.AmiEventClass;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the mask of a login, as the server would. */
final class EventMask {

    private EventMask() {}

    /**
     * Returns the classes of a mask; empty where none is given.
     *
     * @throws IllegalArgumentException if there is no such class: the server would send nothing
     */
    static Optional<Set<AmiEventClass>> of(@Nullable String mask) {
        if (mask == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (mask.trim().toLowerCase(Locale.ROOT)) {
                    case "on", "true", "yes", "1", "all" -> AmiEventClass.all();
                    case "", "off", "false", "no", "0" -> Set.of();
                    default -> classes(mask);
                });
    }

    private static Set<AmiEventClass> classes(String mask) {
        Set<AmiEventClass> classes = EnumSet.noneOf(AmiEventClass.class);
        for (String name : mask.split("[,+]", -1)) {
            try {
                classes.add(AmiEventClass.valueOf(name.trim().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "there is no class of events \""
                                + name
                                + "\"; with a mask of none that it"
                                + " knows, the server sends nothing",
                        e);
            }
        }
        return classes;
    }
}
