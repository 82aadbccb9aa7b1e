package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.BridgeSnapshot;
import io.github.pbxsdk.ami.event.ChannelSnapshot;
import io.github.pbxsdk.ami.event.HangupCause;
import io.github.pbxsdk.ami.event.ListCompletionEvent;
import io.github.pbxsdk.ami.event.ListEvent;
import io.github.pbxsdk.ami.event.OtherEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated events against the data file and against what real servers sent. */
class GeneratedEventsTest {

    /** In the recordings on purpose: a SIP text that a dialplan let through. */
    private static final String FORGED = "FakeHangup";

    static Stream<SurfaceData.Item> events() {
        return SurfaceData.events().filter(event -> !event.has("sameAs"));
    }

    static AmiEvent empty(SurfaceData.Item event) {
        return AmiEvent.of(AmiFields.of("Event", event.name()));
    }

    @Test
    void everyEventOfTheRecordingsHasAClassButTheForgedOne() {
        Set<String> others = new TreeSet<>();
        long count = RecordedEvents.all().peek(event -> addOther(event, others)).count();

        assertThat(count).isGreaterThan(8_000);
        assertThat(others).containsExactly(FORGED);
    }

    private static void addOther(AmiEvent event, Set<String> others) {
        if (event instanceof OtherEvent) {
            others.add(event.name());
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventOfTheDataHasAClassInItsFamilies(SurfaceData.Item data) {
        AmiEvent event = empty(data);

        assertThat(event).isNotInstanceOf(OtherEvent.class);
        assertThat(event.name()).isEqualTo(data.name());
        Set<String> interfaces =
                interfaces(event.getClass()).map(Class::getSimpleName).collect(Collectors.toSet());
        assertThat(data.texts("families")).isNotEmpty();
        assertThat(interfaces)
                .containsAll(data.texts("families").stream().map(name -> name + "Event").toList());
        assertThat(event instanceof ListCompletionEvent).isEqualTo(data.has("completes"));
    }

    private static Stream<Class<?>> interfaces(Class<?> type) {
        return Arrays.stream(type.getInterfaces())
                .flatMap(found -> Stream.concat(Stream.of(found), interfaces(found)));
    }

    @Test
    void namesCountExactly() {
        assertThat(AmiEvent.of(AmiFields.of("Event", "Hangup"))).isNotInstanceOf(OtherEvent.class);
        for (String name : List.of("hangup", "HANGUP", "Hangup ", "NewExten", "", "Ünknown")) {
            assertThat(AmiEvent.of(AmiFields.of("Event", name)))
                    .isEqualTo(new OtherEvent(AmiFields.of("Event", name)));
        }
        assertThat(AmiEvent.of(AmiFields.of())).isInstanceOf(OtherEvent.class);
    }

    @Test
    void noTwoClassesDifferByCaseOnly() {
        List<String> names = events().map(event -> empty(event).getClass().getName()).toList();
        Set<String> distinct = new HashSet<>();
        names.forEach(name -> distinct.add(name.toLowerCase(Locale.ROOT)));

        assertThat(distinct).hasSameSizeAs(names).hasSizeGreaterThan(245);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventWithoutLinesReadsAsEmpty(SurfaceData.Item data) throws Exception {
        AmiEvent event = empty(data);

        for (Method accessor : accessors(event.getClass())) {
            assertThat(isEmpty(value(accessor, event)))
                    .as("%s.%s() of an event without lines", data.name(), accessor.getName())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void nonsenseInEveryLineBreaksNothing(SurfaceData.Item data) throws Exception {
        for (String nonsense :
                List.of("", "<unknown>", "-", "NaN", "1e999", "99999999999999999999", "9:9:x")) {
            List<AmiFields.Field> lines = new ArrayList<>();
            lines.add(new AmiFields.Field("Event", data.name()));
            lines(data).forEach(name -> lines.add(new AmiFields.Field(name, nonsense)));
            AmiEvent event = AmiEvent.of(AmiFields.of(lines));

            for (Method accessor : accessors(event.getClass())) {
                assertThat(value(accessor, event)).as(accessor.toString()).isNotNull();
            }
        }
    }

    @Test
    void everyAccessorOfEveryRecordedEventAgreesWithItsLine() throws Exception {
        Map<String, SurfaceData.Item> byName =
                events().collect(Collectors.toMap(SurfaceData.Item::name, event -> event));
        long read = 0;
        for (AmiEvent event : RecordedEvents.all().toList()) {
            for (Method accessor : accessors(event.getClass())) {
                Object value = value(accessor, event);
                assertThat(value).as("%s.%s()", event.name(), accessor.getName()).isNotNull();
                read++;
            }
            if (byName.containsKey(event.name())) {
                assertThat(event.getClass().getSimpleName()).endsWith("Event");
                everyLineWithAnAccessorIsRead(event, byName.get(event.name()));
            }
        }
        assertThat(read).isGreaterThan(20_000);
    }

    /** Texts come back as they are; what isn't a text is found by its line being understood. */
    private static void everyLineWithAnAccessorIsRead(AmiEvent event, SurfaceData.Item data)
            throws Exception {
        Set<Object> values = new HashSet<>();
        for (Method accessor : accessors(event.getClass())) {
            values.add(value(accessor, event));
        }
        for (SurfaceData.Item field : data.items("fields")) {
            String line = event.fields().text(field.find("wire").orElse(field.name()));
            if (isPlainText(field, line)) {
                assertThat(values).as("%s of %s", field.name(), event.name()).contains(line);
            }
        }
    }

    private static boolean isPlainText(SurfaceData.Item field, String line) {
        boolean common = Set.of("ActionID", "EventList", "ListItems").contains(field.name());
        return !line.isEmpty()
                && !common
                && !field.has("type")
                && !SurfaceData.word(field.name()).has("type");
    }

    @Test
    void numbersTimesAndEnumsOfTheRecordingsAreUnderstood() throws Exception {
        Set<String> notUnderstood = new TreeSet<>();
        for (AmiEvent event : RecordedEvents.all().toList()) {
            for (SurfaceData.Item field : typedFields(event.name())) {
                String line = event.fields().text(field.find("wire").orElse(field.name()));
                Object value = value(accessor(event, field), event);
                if (!line.isEmpty() && isEmpty(value) && !isNothing(line)) {
                    notUnderstood.add(event.name() + "." + field.name() + ": " + line);
                }
            }
        }
        assertThat(notUnderstood).isEmpty();
    }

    private static boolean isNothing(String line) {
        return Set.of("0", "No", "no", "off", "False", "Failure").contains(line);
    }

    private static List<SurfaceData.Item> typedFields(String name) {
        return events().filter(event -> event.name().equals(name))
                .flatMap(event -> event.items("fields").stream())
                .filter(field -> field.has("type") || SurfaceData.word(field.name()).has("type"))
                .filter(field -> !field.text("type").equals("reports"))
                .toList();
    }

    private static Method accessor(AmiEvent event, SurfaceData.Item field) throws Exception {
        String type =
                field.find("java").orElse(SurfaceData.word(field.name()).find("java").orElse(""));
        String name =
                type.isEmpty()
                        ? accessors(event.getClass()).stream()
                                .map(Method::getName)
                                .filter(found -> found.equalsIgnoreCase(field.name()))
                                .findFirst()
                                .orElseThrow(() -> new AssertionError(event.name() + " " + field))
                        : type;
        return event.getClass().getMethod(name);
    }

    @Test
    void eventsOfAListSayThatTheyEndIt() {
        List<AmiEvent> endings = RecordedEvents.all().filter(ListCompletionEvent::ends).toList();

        assertThat(endings).allMatch(event -> event.name().endsWith("Complete"));
        assertThat(endings).allMatch(event -> event instanceof ListEvent);
        assertThat(endings).hasSizeGreaterThan(20);
    }

    private static List<String> lines(SurfaceData.Item data) {
        List<String> names = new ArrayList<>();
        data.items("fields").forEach(field -> names.add(field.find("wire").orElse(field.name())));
        for (SurfaceData.Item snapshot : data.items("snapshots")) {
            SurfaceData.snapshot(snapshot.text("kind"))
                    .texts("fields")
                    .forEach(name -> names.add(snapshot.text("prefix") + name));
        }
        return names;
    }

    /** Returns the methods that read values, those that the record itself has. */
    private static List<Method> accessors(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(method -> method.getDeclaringClass().equals(type))
                .filter(
                        method ->
                                !Set.of("toString", "hashCode", "fields")
                                        .contains(method.getName()))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static Object value(Method accessor, AmiEvent event) throws Exception {
        try {
            return accessor.invoke(event);
        } catch (InvocationTargetException e) {
            throw new AssertionError(accessor + " failed", e.getCause());
        }
    }

    private static boolean isEmpty(Object value) throws Exception {
        if (value instanceof ChannelSnapshot channel) {
            return !channel.isPresent() && channel.name().isEmpty() && channel.priority().isEmpty();
        }
        if (value instanceof BridgeSnapshot bridge) {
            return !bridge.isPresent() && bridge.uniqueId().isEmpty();
        }
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty();
        }
        return value.equals("")
                || value.equals(false)
                || value.equals(OptionalInt.empty())
                || value.equals(OptionalLong.empty())
                || value.equals(OptionalDouble.empty())
                || value.equals(List.of())
                || value.equals(Map.of())
                || value.equals(HangupCause.UNKNOWN)
                || (value instanceof Enum<?> constant && constant.name().equals("OTHER"));
    }
}
