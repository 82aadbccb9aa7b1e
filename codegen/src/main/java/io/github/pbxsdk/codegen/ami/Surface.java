package io.github.pbxsdk.codegen.ami;

import com.palantir.javapoet.ClassName;
import io.github.pbxsdk.codegen.Entry;
import io.github.pbxsdk.codegen.JavaNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The data file: what actions and events there are, and what they are called in Java. */
final class Surface {

    static final String PACKAGE = "io.github.pbxsdk.ami";

    /** Headers of every message, which the client and {@code AmiEvent} take care of. */
    private static final Set<String> COMMON = Set.of("ActionID", "EventList", "ListItems");

    private final Entry data;
    private final Map<String, ClassName> eventClasses = new HashMap<>();

    Surface(Entry data) {
        this.data = data;
        events().forEach(event -> eventClasses.put(event.text("name"), eventClass(event)));
        requireNamesThatDifferIgnoringCase(events().map(event -> eventClass(event).simpleName()));
        requireNamesThatDifferIgnoringCase(
                actions().map(action -> actionClass(action).simpleName()));
    }

    Stream<Entry> actions() {
        return Stream.of("actions", "actionsOnlyIn16").flatMap(key -> data.entries(key).stream());
    }

    /** Returns the events that have a class of their own. */
    Stream<Entry> events() {
        return Stream.of("events", "eventsOnlyIn16")
                .flatMap(key -> data.entries(key).stream())
                .filter(event -> !event.has("sameAs"));
    }

    Entry enums() {
        return data.entry("enums");
    }

    List<Header> headers(Entry entry, String key) {
        return entry.entries(key).stream()
                .filter(header -> !COMMON.contains(header.text("name")))
                .map(header -> new Header(header, data.entry("words")))
                .filter(header -> !header.isSkipped())
                .toList();
    }

    ClassName eventClass(Entry event) {
        String name = javaName(event);
        return ClassName.get(PACKAGE + ".event", name.endsWith("Event") ? name : name + "Event");
    }

    ClassName eventClass(String wireName) {
        ClassName found = eventClasses.get(wireName);
        if (found == null) {
            throw new IllegalArgumentException("a list has an event that isn't there: " + wireName);
        }
        return found;
    }

    ClassName actionClass(Entry action) {
        return ClassName.get(PACKAGE + ".action", javaName(action) + "Action");
    }

    ClassName resultClass(Entry action) {
        return ClassName.get(PACKAGE + ".action", javaName(action) + "Result");
    }

    ClassName enumClass(String name) {
        return ClassName.get(PACKAGE + "." + enums().entry(name).text("package"), name);
    }

    private static String javaName(Entry entry) {
        return entry.find("java").orElseGet(() -> JavaNames.type(entry.text("name")));
    }

    /** Two classes whose files differ only by case are one file on some systems. */
    private static void requireNamesThatDifferIgnoringCase(Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.filter(name -> !seen.add(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new IllegalArgumentException(
                                    "two classes would be called " + name + ": give one a name");
                        });
    }
}
