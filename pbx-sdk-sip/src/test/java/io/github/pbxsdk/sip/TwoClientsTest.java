package io.github.pbxsdk.sip;

import static io.github.pbxsdk.sip.TestClients.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.TextMessage;
import io.github.pbxsdk.core.observe.Metric;
import io.github.pbxsdk.core.security.Operation;
import io.github.pbxsdk.testing.sip.FakeSip;
import io.github.pbxsdk.testing.sip.TakenText;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

/** Two clients in one process know nothing of each other. */
class TwoClientsTest {

    private static final String PHONE = "1001";

    /** The classes of the constants, none of which can change. */
    private static final Set<Class<?>> UNCHANGING =
            Set.of(
                    String.class,
                    Duration.class,
                    Pattern.class,
                    DateTimeFormatter.class,
                    Logger.class,
                    Metric.class,
                    Operation.class,
                    Credentials.class,
                    RegisterOptions.class);

    private static BlockingQueue<String> received(SipClient sip) {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        sip.onMessage(message -> received.add(message.text()));
        return received;
    }

    private static TextMessage text(String text) {
        return TextMessage.to(Address.extension("1002")).text(text).build();
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("try") // It ends in the middle: that is the test.
    void theEndOfOneIsNothingToTheOther(SipTransport transport) throws InterruptedException {
        try (FakeSip here = FakeSip.asterisk22();
                FakeSip there = FakeSip.asterisk16();
                SipClient one = TestClients.builder(here, transport).build();
                SipClient other = TestClients.builder(there, transport).build()) {
            BlockingQueue<String> atOne = received(one);
            BlockingQueue<String> atOther = received(other);
            one.register(PHONE, credentials(PHONE));
            other.register(PHONE, credentials(PHONE));
            here.sendText("1002", PHONE, "text/plain", "here").join();
            there.sendText("1002", PHONE, "text/plain", "there").join();
            assertThat(atOne.poll(10, TimeUnit.SECONDS)).isEqualTo("here");
            assertThat(atOther.poll(10, TimeUnit.SECONDS)).isEqualTo("there");

            one.close();
            other.send(text("still here"));
            assertThat(there.texts()).extracting(TakenText::text).containsExactly("still here");
            assertThat(here.texts()).isEmpty();
            there.sendText("1002", PHONE, "text/plain", "again").join();
            assertThat(atOther.poll(10, TimeUnit.SECONDS)).isEqualTo("again");
            assertThat(atOne).isEmpty();
            assertThat(other.registration(PHONE).isRegistered()).isTrue();
        }
    }

    @Test
    void noClassKeepsAnythingThatChanges() throws Exception {
        int constants = 0;
        List<Field> changing = new ArrayList<>();
        for (Class<?> one : classes()) {
            for (Field field : one.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
                    continue;
                }
                if (isConstant(field)) {
                    constants++;
                } else {
                    changing.add(field);
                }
            }
        }
        assertThat(changing).isEmpty();
        assertThat(constants).as("the classes were found").isGreaterThan(50);
    }

    private static List<Class<?>> classes() throws Exception {
        URL place = SipClient.class.getProtectionDomain().getCodeSource().getLocation();
        Path root = Path.of(place.toURI());
        List<Class<?>> classes = new ArrayList<>();
        for (Path file : files(root)) {
            String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
            classes.add(Class.forName(name.substring(0, name.length() - ".class".length())));
        }
        return classes;
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .toList();
        }
    }

    private static boolean isConstant(Field field) throws IllegalAccessException {
        return Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive()
                        || field.getType().isEnum()
                        || UNCHANGING.contains(field.getType())
                        || isUnchangingCollection(field)
                        || field.getName().equals("PONG"));
    }

    private static boolean isUnchangingCollection(Field field) throws IllegalAccessException {
        if (!List.of(List.class, Set.class, Map.class).contains(field.getType())) {
            return false;
        }
        field.setAccessible(true);
        return field.get(null).getClass().getName().startsWith("java.util.ImmutableCollections");
    }
}
