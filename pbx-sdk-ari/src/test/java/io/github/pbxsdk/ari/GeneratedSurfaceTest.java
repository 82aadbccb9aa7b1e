package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ari.event.AriEvent;
import io.github.pbxsdk.ari.event.ChannelTransferEvent;
import io.github.pbxsdk.ari.event.OtherAriEvent;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.security.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedSurfaceTest {

    private static final AriObject SURFACE = surface();

    private static AriObject surface() {
        try {
            return AriObject.parse(Files.readString(Path.of("src/main/data/ari-surface.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> frames() {
        return RecordedEvents.all().collect(Collectors.toCollection(TreeSet::new)).stream();
    }

    @Test
    void theRecordedSessionsHoldManyTypes() {
        assertThat(RecordedEvents.all().map(frame -> AriFrame.of(frame).type()).distinct())
                .hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("recordedFiles")
    void everyRecordedEventHasAClassAndLosesNothing(Path file) throws Exception {
        for (String frame : RecordedEvents.frames(file).toList()) {
            AriEvent event = AriEvent.of(AriObject.parse(frame));
            assertThat(event).isNotInstanceOf(OtherAriEvent.class);
            assertThat(event.getClass()).isEqualTo(AriEvent.classOf(AriFrame.of(frame).type()));
            assertThat(event.raw().toJson()).isEqualTo(frame);
            assertThat(event.timestamp()).isPresent();
            assertThat(event.application()).isNotEmpty();
            readEverything(event);
        }
    }

    static List<Path> recordedFiles() {
        return RecordedEvents.files();
    }

    /** Calls all accessors, those of models in it too; none may throw. */
    private static void readEverything(Object value) throws ReflectiveOperationException {
        for (Method method : value.getClass().getDeclaredMethods()) {
            if (method.getParameterCount() > 0
                    || Modifier.isStatic(method.getModifiers())
                    || !Modifier.isPublic(method.getModifiers())) {
                continue;
            }
            Object part = method.invoke(value);
            assertThat(part).as(value.getClass() + "." + method.getName()).isNotNull();
            if (part.getClass().getName().startsWith("io.github.pbxsdk.ari.model.")
                    && !part.getClass().isEnum()) {
                readEverything(part);
            }
        }
    }

    @Test
    void everyDocumentedEventHasItsClass() {
        assertThat(SURFACE.objects("events"))
                .hasSize(46)
                .allSatisfy(
                        event -> {
                            String type = event.text("name");
                            assertThat(AriEvent.classOf(type)).isNotEqualTo(OtherAriEvent.class);
                            readEverything(
                                    AriEvent.of(AriObject.builder().put("type", type).build()));
                        });
    }

    @Test
    void aChannelDeepInATransferIsFound() {
        ChannelTransferEvent event =
                ChannelTransferEvent.of(
                        AriObject.parse(
                                "{\"referred_by\":{\"source_channel\":{\"id\":\"1.1\"}},"
                                        + "\"refer_to\":{\"bridge\":{\"id\":\"b\"}}}"));
        assertThat(event.channels())
                .singleElement()
                .satisfies(c -> assertThat(c.id()).isEqualTo("1.1"));
        assertThat(event.bridges())
                .singleElement()
                .satisfies(b -> assertThat(b.id()).isEqualTo("b"));
    }

    /** Every operation of the data file goes out as the file says, seen through its own method. */
    @Test
    void everyOperationIsCalledByItsMethodAndPath() throws Exception {
        Map<String, AriObject> expected =
                SURFACE.objects("operations").stream()
                        .filter(operation -> !operation.has("sameAs"))
                        .filter(operation -> !operation.text("path").equals("/events"))
                        .collect(
                                Collectors.toMap(
                                        one -> one.text("resource") + "." + one.text("name"),
                                        one -> one));
        List<Operation> asked = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        try (AriClient ari =
                AriClient.builder()
                        .baseUri("http://127.0.0.1:1")
                        .credentials(Credentials.of("a", "b"))
                        .guard(asked::add)
                        .transport(new RecordingTransport(sent))
                        .build()) {
            for (Object group : groups(ari)) {
                callAll(group);
            }
        }
        Set<String> called =
                asked.stream().map(Operation::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(called).containsAll(generated(expected));
        for (Operation operation : asked) {
            AriObject data = expected.get(operation.name());
            assertThat(operation.access().name()).isEqualTo(data.text("access"));
        }
        assertThat(new TreeSet<>(sent)).containsAll(templates(expected));
    }

    private static Set<String> generated(Map<String, AriObject> expected) {
        return expected.entrySet().stream()
                .filter(entry -> !entry.getValue().is("byHand"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<String> templates(Map<String, AriObject> expected) {
        return expected.values().stream()
                .filter(operation -> !operation.is("byHand"))
                .map(
                        operation ->
                                operation.text("method")
                                        + " "
                                        + operation.text("path").replaceAll("\\{[^}]+}", "x"))
                .collect(Collectors.toSet());
    }

    private static List<Object> groups(AriClient ari) {
        return List.of(
                ari.applications(),
                ari.asterisk(),
                ari.bridges(),
                ari.channels(),
                ari.deviceStates(),
                ari.endpoints(),
                ari.liveRecordings(),
                ari.mailboxes(),
                ari.playbacks(),
                ari.sounds());
    }

    private static void callAll(Object group) throws ReflectiveOperationException {
        List<Method> methods =
                Stream.of(group.getClass().getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> method.getName().endsWith("Async"))
                        .sorted(Comparator.comparing(Method::toString))
                        .toList();
        for (Method method : methods) {
            Object[] arguments =
                    Stream.of(method.getParameters()).map(GeneratedSurfaceTest::value).toArray();
            try {
                ((CompletableFuture<?>) method.invoke(group, arguments))
                        .handle((a, b) -> null)
                        .join();
            } catch (InvocationTargetException e) {
                throw new AssertionError(method.toString(), e.getCause());
            }
        }
    }

    private static Object value(Parameter parameter) {
        Class<?> type = parameter.getType();
        if (type == String.class) {
            return "x";
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of("a", "b");
        }
        if (type == int.class) {
            return 1;
        }
        if (type == Boolean.class) {
            return true;
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(1);
        }
        if (type == AriObject.class) {
            return AriObject.empty();
        }
        return type.isEnum() ? type.getEnumConstants()[0] : request(type);
    }

    private static Object request(Class<?> type) {
        try {
            Method factory =
                    Stream.of(type.getDeclaredMethods())
                            .filter(method -> method.getName().equals("builder"))
                            .findFirst()
                            .orElseThrow();
            Object[] arguments =
                    Stream.of(factory.getParameters())
                            .map(one -> one.isVarArgs() ? new String[] {"x"} : value(one))
                            .toArray();
            Object builder = factory.invoke(null, arguments);
            return builder.getClass().getMethod("build").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.toString(), e);
        }
    }
}
