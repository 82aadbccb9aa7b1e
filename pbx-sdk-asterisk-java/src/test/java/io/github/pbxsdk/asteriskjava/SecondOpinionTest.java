package io.github.pbxsdk.asteriskjava;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.AmiFields;
import io.github.pbxsdk.testing.ami.AmiMessage;
import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.event.CdrEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.ShutdownEvent;
import org.asteriskjava.util.ReflectionUtil;
import org.junit.jupiter.api.Test;

/**
 * Everything that was recorded, read by asterisk-java and by us.
 *
 * <p>What differs stands in {@code differences.tsv} with the reason, and nothing else may.
 */
class SecondOpinionTest {

    private static final Path DIFFERENCES = Path.of("src", "test", "resources", "differences.tsv");

    /** What does not come from the wire. */
    private static final Set<String> NOT_FROM_THE_WIRE = Set.of("class", "source", "datereceived");

    @Test
    void allDifferencesAreKnownAndHaveAReason() throws Exception {
        List<AmiMessage> recorded = RecordedEvents.all();

        Set<String> found = new ConcurrentSkipListSet<>();
        List<ManagerEvent> there = read(Side.THERE, recorded, (event, fields) -> {});
        List<ManagerEvent> here =
                read(Side.HERE, recorded, (event, fields) -> withoutProperty(event, fields, found));

        assertThat(recorded.size()).isGreaterThan(8_000);
        assertThat(here.size()).as("no event is lost here").isGreaterThan(recorded.size());
        here.stream()
                .filter(UnknownEvent.class::isInstance)
                .forEach(event -> found.add(((UnknownEvent) event).name() + "\tdropped"));
        compare(there, here.stream().filter(e -> !(e instanceof UnknownEvent)).toList(), found);
        assertThat(found).containsExactlyElementsOf(listed().keySet());
    }

    @Test
    void eachDifferenceInTheFileSaysWhy() throws IOException {
        assertThat(listed().values()).isNotEmpty().allMatch(reason -> reason.length() > 20);
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(DIFFERENCES)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split("\t", -1);
                listed.put(parts[0] + "\t" + parts[1], parts[2]);
            }
        }
        return listed;
    }

    /** Notes the lines for which the class of an event has no place. */
    private static void withoutProperty(ManagerEvent event, AmiFields fields, Set<String> found) {
        String name = fields.text("Event");
        String type = EventClasses.builtIn().get(name.toLowerCase(Locale.ROOT));
        if (event instanceof CdrEvent || !event.getClass().getSimpleName().equals(type)) {
            return;
        }
        Properties.of(event.getClass()).set(another(event), fields).stream()
                .map(field -> field.name().replaceFirst("\\(.*", "(…)"))
                .filter(header -> !header.equals("Event"))
                .forEach(header -> found.add(name + "\tline " + header));
    }

    private static ManagerEvent another(ManagerEvent event) {
        try {
            return event.getClass().getConstructor(Object.class).newInstance("a test");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static List<ManagerEvent> read(
            Side side, List<AmiMessage> recorded, FieldsListener listener) throws Exception {
        try (FakeAmi server = FakeAmi.asterisk22()) {
            ManagerConnection connection = side.to(server);
            connection.addEventListener(listener);
            Seen seen = Seen.by(connection);
            connection.login();
            end(server, seen, 1);
            int count = 0;
            for (AmiMessage event : recorded) {
                server.emit(event);
                // Within what the queue of asterisk-java takes.
                if (++count % 2000 == 0) {
                    end(server, seen, count / 2000 + 1);
                }
            }
            end(server, seen, count / 2000 + 2);
            connection.logoff();
            // What comes before the first of these belongs to the login.
            return seen.all().stream()
                    .dropWhile(e -> !(e instanceof ShutdownEvent))
                    .filter(e -> !(e instanceof ShutdownEvent))
                    .toList();
        }
    }

    private static void end(FakeAmi server, Seen seen, int count) {
        server.emit("Event", "Shutdown", "Privilege", "system,all", "Shutdown", "part " + count);
        seen.awaitAll(ShutdownEvent.class, count);
    }

    private static void compare(
            List<ManagerEvent> there, List<ManagerEvent> here, Set<String> differences) {
        assertThat(namesOf(here).equals(namesOf(there))).as("the same in the same order").isTrue();
        for (int i = 0; i < there.size(); i++) {
            compare(there.get(i), here.get(i), differences);
        }
    }

    private static List<String> namesOf(List<ManagerEvent> events) {
        return events.stream().map(event -> event.getClass().getName()).toList();
    }

    private static void compare(ManagerEvent there, ManagerEvent here, Set<String> differences) {
        for (Map.Entry<String, Method> getter :
                ReflectionUtil.getGetters(there.getClass()).entrySet()) {
            if (!NOT_FROM_THE_WIRE.contains(getter.getKey())
                    && !Objects.equals(of(there, getter.getValue()), of(here, getter.getValue()))) {
                differences.add(
                        there.getClass().getSimpleName().replaceFirst("Event$", "")
                                + "\t"
                                + getter.getKey());
            }
        }
    }

    private static Object of(ManagerEvent event, Method getter) {
        try {
            return getter.invoke(event);
        } catch (ReflectiveOperationException e) {
            // A getter that fails on what it was given: the same on both sides, or a difference.
            return e.getCause().getClass();
        }
    }
}
