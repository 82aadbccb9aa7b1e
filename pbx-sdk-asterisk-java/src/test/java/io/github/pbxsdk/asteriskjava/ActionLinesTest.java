package io.github.pbxsdk.asteriskjava;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.AmiFields;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.UpdateConfigAction;
import org.asteriskjava.manager.action.UserEventAction;
import org.asteriskjava.manager.internal.ManagerWriterImpl;
import org.asteriskjava.util.SocketConnectionFacade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each action of asterisk-java, written by its own writer and by us. */
class ActionLinesTest {

    private static final String FOLDER = "org/asteriskjava/manager/action/";

    static Stream<Class<?>> actions() throws Exception {
        Path jar =
                Path.of(
                        ManagerAction.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        List<Class<?>> actions = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String name :
                    file.stream()
                            .map(entry -> entry.getName())
                            .filter(entry -> entry.startsWith(FOLDER) && entry.endsWith(".class"))
                            .toList()) {
                Class<?> type = Class.forName(name.replace(".class", "").replace('/', '.'));
                if (ManagerAction.class.isAssignableFrom(type) && canBeMade(type)) {
                    actions.add(type);
                }
            }
        }
        assertThat(actions).hasSizeGreaterThan(90);
        return actions.stream();
    }

    private static boolean canBeMade(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && Stream.of(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0)
                && type != UserEventAction.class;
    }

    @ParameterizedTest
    @MethodSource("actions")
    void areTheSameAsThere(Class<?> type) throws Exception {
        ManagerAction action = (ManagerAction) type.getConstructor().newInstance();
        fill(action);

        assertThat(here(action)).containsExactlyInAnyOrderElementsOf(there(action));
    }

    /** Gives each property a value of its own. */
    private static void fill(ManagerAction action) throws ReflectiveOperationException {
        int number = 10;
        for (Method method : action.getClass().getMethods()) {
            if (method.getName().startsWith("set")
                    && method.getParameterCount() == 1
                    && !method.getName().equals("setActionId")) {
                number++;
                Object value = value(method.getParameterTypes()[0], number);
                try {
                    method.invoke(action, value);
                } catch (InvocationTargetException | IllegalArgumentException e) {
                    // Takes certain values only, and stays as it is.
                }
            }
        }
    }

    private static Object value(Class<?> type, int number) {
        if (type == String.class) {
            return "value " + number;
        }
        if (type == Integer.class || type == int.class) {
            return number;
        }
        if (type == Long.class || type == long.class) {
            return (long) number;
        }
        if (type == Boolean.class || type == boolean.class) {
            return true;
        }
        return type == Map.class ? Map.of("NAME", "value, " + number) : null;
    }

    @Test
    void configurationIsWrittenLineByLine() throws Exception {
        UpdateConfigAction action = new UpdateConfigAction("a.conf", "b.conf", true);
        action.addCommand(UpdateConfigAction.ACTION_NEWCAT, "general", null, null, null);
        action.addCommand(UpdateConfigAction.ACTION_APPEND, "general", "x", "1", null);

        assertThat(here(action))
                .contains("Cat-000000: general", "Var-000001: x")
                .containsExactlyInAnyOrderElementsOf(there(action));
    }

    @Test
    void aUserEventIsWrittenWithWhatItHas() {
        TicketEvent ticket = new TicketEvent(this);
        ticket.setNumber(42);
        ticket.setUrgent(true);

        assertThat(here(new UserEventAction(ticket)))
                .containsExactly("UserEvent: ticket", "number: 42", "urgent: true");
    }

    @Test
    void variablesAreOneLineEach() {
        OriginateAction action = new OriginateAction();
        action.setVariable("A", "1");
        action.setVariable("B", "2");

        assertThat(here(action)).contains("variable: A=1", "variable: B=2");
    }

    private static List<String> here(ManagerAction action) {
        return ActionLines.of(action).asList().stream().map(AmiFields.Field::toString).toList();
    }

    private static List<String> there(ManagerAction action) throws IOException {
        Written written = new Written();
        ManagerWriterImpl writer = new ManagerWriterImpl();
        writer.setTargetVersion(AsteriskVersion.ASTERISK_22);
        writer.setSocket(written);
        writer.sendAction(action, "1");
        return written.text
                .toString()
                .lines()
                .filter(line -> !line.isEmpty())
                .filter(line -> !line.toLowerCase(Locale.ROOT).matches("action(id)?:.*"))
                .toList();
    }

    /** Takes what would go to a server. */
    private static final class Written implements SocketConnectionFacade {

        private final StringBuilder text = new StringBuilder();

        @Override
        public String readLine() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(String value) {
            text.append(value);
        }

        @Override
        public void flush() {
            // All is there already.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InetAddress getLocalAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int getLocalPort() {
            return 1;
        }

        @Override
        public InetAddress getRemoteAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int getRemotePort() {
            return 1;
        }
    }
}
