package io.github.pbxsdk.asteriskjava;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.testing.ami.FakeAmi;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.action.AbstractManagerAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.UserEventAction;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.ReflectionUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every answer that was recorded, read by asterisk-java and by us.
 *
 * <p>What differs stands in {@code answer-differences.tsv} with the reason, and nothing else may.
 */
class SecondOpinionOnAnswersTest {

    private static final Path DIFFERENCES =
            Path.of("src", "test", "resources", "answer-differences.tsv");

    /** What does not come from the wire, and what is compared one by one. */
    private static final Set<String> NOT_COMPARED = Set.of("class", "datereceived", "attributes");

    @Test
    void allDifferencesAreKnownAndHaveAReason() throws Exception {
        List<RecordedAnswer> recorded = RecordedAnswer.all();

        List<ManagerResponse> there = read(Side.THERE, recorded);
        List<ManagerResponse> here = read(Side.HERE, recorded);

        assertThat(recorded).hasSizeGreaterThan(100);
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < recorded.size(); i++) {
            for (String difference : differences(there.get(i), here.get(i))) {
                found.add(recorded.get(i).action() + "\t" + difference);
            }
        }
        assertThat(found).containsExactlyElementsOf(listed().keySet());
    }

    @Test
    void eachDifferenceInTheFileSaysWhy() throws IOException {
        assertThat(listed().values()).allMatch(reason -> reason.length() > 20);
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

    private static List<ManagerResponse> read(Side side, List<RecordedAnswer> recorded)
            throws Exception {
        Map<String, Class<?>> actions = actions();
        try (FakeAmi server = FakeAmi.asterisk22()) {
            ManagerConnection connection = side.to(server);
            side.responseTimeout(connection, 20_000);
            connection.login();
            List<ManagerResponse> answers = new ArrayList<>();
            for (RecordedAnswer answer : recorded) {
                server.answer(answer.action(), answer.message());
                answers.add(connection.sendAction(action(answer.action(), actions)));
            }
            connection.logoff();
            return answers;
        }
    }

    private static ManagerAction action(String name, Map<String, Class<?>> actions)
            throws ReflectiveOperationException {
        Class<?> type = actions.get(name.toLowerCase(Locale.ROOT));
        if (type == UserEventAction.class) {
            return new UserEventAction(new TicketEvent("a test"));
        }
        return type == null
                ? new UnknownAction(name)
                : (ManagerAction) type.getConstructor().newInstance();
    }

    /** Returns the classes of the library's actions by their names on the wire. */
    private static Map<String, Class<?>> actions() throws Exception {
        Path jar =
                Path.of(
                        ManagerAction.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Map<String, Class<?>> actions = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (entry.getName().matches("org/asteriskjava/manager/action/\\w+Action\\.class")) {
                    add(Class.forName(className(entry)), actions);
                }
            }
        }
        return actions;
    }

    private static String className(JarEntry entry) {
        return entry.getName().replace('/', '.').replaceFirst("\\.class$", "");
    }

    private static void add(Class<?> type, Map<String, Class<?>> actions)
            throws ReflectiveOperationException {
        boolean makeable =
                ManagerAction.class.isAssignableFrom(type)
                        && !Modifier.isAbstract(type.getModifiers())
                        && List.of(type.getConstructors()).stream()
                                .anyMatch(maker -> maker.getParameterCount() == 0);
        if (makeable) {
            ManagerAction action = (ManagerAction) type.getConstructor().newInstance();
            actions.put(String.valueOf(action.getAction()).toLowerCase(Locale.ROOT), type);
        }
    }

    private static List<String> differences(@Nullable ManagerResponse there, ManagerResponse here) {
        if (there == null) {
            return List.of("null there");
        }
        if (there.getClass() != here.getClass()) {
            return List.of("is a " + there.getClass().getSimpleName() + " there");
        }
        List<String> differences = new ArrayList<>(attributes(there, here));
        ReflectionUtil.getGetters(there.getClass()).entrySet().stream()
                .filter(getter -> !NOT_COMPARED.contains(getter.getKey()))
                .filter(
                        getter ->
                                !Objects.equals(
                                        of(there, getter.getValue()), of(here, getter.getValue())))
                .map(Map.Entry::getKey)
                .forEach(differences::add);
        return differences;
    }

    private static List<String> attributes(ManagerResponse there, ManagerResponse here) {
        Set<String> names = new TreeSet<>(there.getAttributes().keySet());
        names.addAll(here.getAttributes().keySet());
        names.remove("actionid");
        return names.stream()
                .filter(
                        name ->
                                !Objects.equals(
                                        there.getAttributes().get(name),
                                        here.getAttributes().get(name)))
                .map(name -> "attribute " + name)
                .toList();
    }

    private static Object of(ManagerResponse response, Method getter) {
        try {
            return getter.invoke(response);
        } catch (ReflectiveOperationException e) {
            // A getter that fails on what it was given: the same on both sides, or a difference.
            return e.getCause().getClass();
        }
    }

    /** An action that the library has no class for. */
    public static final class UnknownAction extends AbstractManagerAction {

        private static final long serialVersionUID = 1L;

        private final String name;

        UnknownAction(String name) {
            this.name = name;
        }

        @Override
        public String getAction() {
            return name;
        }
    }
}
