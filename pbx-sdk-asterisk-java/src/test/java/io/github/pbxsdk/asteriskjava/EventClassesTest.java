package io.github.pbxsdk.asteriskjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.AmiFields;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.asteriskjava.manager.AsteriskMapping;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.NewChannelEvent;
import org.asteriskjava.manager.event.UserEvent;
import org.junit.jupiter.api.Test;

class EventClassesTest {

    private static final String FOLDER = "org/asteriskjava/manager/event/";

    private final EventClasses classes = new EventClasses();

    @Test
    void theFileHasEveryEventOfTheLibrary() throws Exception {
        assertThat(EventClasses.builtIn()).containsExactlyInAnyOrderEntriesOf(ofTheJar());
    }

    private static Map<String, String> ofTheJar() throws Exception {
        Path jar =
                Path.of(
                        ManagerEvent.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Map<String, String> events = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(FOLDER) && name.endsWith(".class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .forEach(name -> add(events, name));
        } catch (IOException e) {
            throw new AssertionError(jar + " cannot be read", e);
        }
        return events;
    }

    private static void add(Map<String, String> events, String className) {
        try {
            Class<?> type = Class.forName(className);
            boolean isMade = !Modifier.isAbstract(type.getModifiers());
            if (ManagerEvent.class.isAssignableFrom(type)
                    && isMade
                    && !type.getSimpleName().startsWith("Abstract")) {
                events.put(nameOf(type), type.getSimpleName());
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String nameOf(Class<?> type) {
        AsteriskMapping mapping = type.getAnnotation(AsteriskMapping.class);
        String simple = type.getSimpleName().replaceFirst("Event$", "");
        String name = mapping == null ? simple : mapping.value();
        boolean isUserEvent = UserEvent.class.isAssignableFrom(type);
        return ((isUserEvent ? "userevent" : "") + name).toLowerCase(Locale.ROOT);
    }

    @Test
    void namesCountInAnyCase() {
        assertThat(classes.of(AmiFields.of("Event", "Newchannel")))
                .isEqualTo(NewChannelEvent.class);
        assertThat(classes.of(AmiFields.of("Event", "HANGUP"))).isEqualTo(HangupEvent.class);
        assertThat(classes.of(AmiFields.of("Event", "ContactGone"))).isNull();
        assertThat(classes.of(AmiFields.of())).isNull();
    }

    @Test
    void aUserEventIsKnownByItsOwnName() {
        AmiFields ticket = AmiFields.of("Event", "UserEvent", "UserEvent", "Ticket");
        assertThat(classes.of(ticket)).isNull();

        classes.register(TicketEvent.class);
        assertThat(classes.of(ticket)).isEqualTo(TicketEvent.class);

        classes.deregister(TicketEvent.class);
        assertThat(classes.of(ticket)).isNull();
    }

    @Test
    void whatCannotBeMadeIsRefused() {
        assertThatThrownBy(() -> classes.register(UserEvent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("abstract");
        assertThatThrownBy(() -> classes.register(HiddenEvent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public");
        assertThatThrownBy(() -> classes.register(BareEvent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("constructor");
    }

    static final class HiddenEvent extends UserEvent {

        private static final long serialVersionUID = 1L;

        HiddenEvent(Object source) {
            super(source);
        }
    }

    /** Has no constructor that takes a source. */
    public static final class BareEvent extends UserEvent {

        private static final long serialVersionUID = 1L;

        /** Creates an event. */
        public BareEvent() {
            super("nobody");
        }
    }
}
