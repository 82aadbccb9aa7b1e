package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.action.AbsoluteTimeoutAction;
import io.github.pbxsdk.ami.action.ConfigChange;
import io.github.pbxsdk.ami.action.CoreStatusAction;
import io.github.pbxsdk.ami.action.ExtensionStateAction;
import io.github.pbxsdk.ami.action.GetVarAction;
import io.github.pbxsdk.ami.action.HangupAction;
import io.github.pbxsdk.ami.action.OriginateAction;
import io.github.pbxsdk.ami.action.PingAction;
import io.github.pbxsdk.ami.action.PjsipNotifyAction;
import io.github.pbxsdk.ami.action.PjsipShowContactsAction;
import io.github.pbxsdk.ami.action.QueueStatusAction;
import io.github.pbxsdk.ami.action.QueueSummaryAction;
import io.github.pbxsdk.ami.action.RedirectAction;
import io.github.pbxsdk.ami.action.StatusAction;
import io.github.pbxsdk.ami.action.UpdateConfigAction;
import io.github.pbxsdk.ami.action.UserEventAction;
import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.ExtensionState;
import io.github.pbxsdk.ami.event.HangupCause;
import io.github.pbxsdk.ami.event.QueueSummaryEvent;
import io.github.pbxsdk.core.security.Operation;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated actions against the data file and against the wire. */
class GeneratedActionsTest {

    private static final Path SNAPSHOT =
            Path.of("src", "test", "resources", "ami-actions-access.txt");

    /** Returns an action of every class, with everything set that can be set. */
    static Stream<AmiAction<?>> actions() throws Exception {
        Path classes =
                Path.of(
                                PingAction.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .resolve("io/github/pbxsdk/ami/action");
        try (Stream<Path> files = Files.list(classes)) {
            List<AmiAction<?>> actions =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith("Action.class"))
                            .sorted()
                            .<AmiAction<?>>map(GeneratedActionsTest::full)
                            .toList();
            return actions.stream();
        }
    }

    private static AmiAction<?> full(String file) {
        try {
            Class<?> type =
                    Class.forName(
                            "io.github.pbxsdk.ami.action." + file.substring(0, file.indexOf('.')));
            Method factory = factory(type);
            Object made = factory.invoke(null, samples(factory));
            return made instanceof AmiAction<?> action ? action : built(made);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(file, e);
        }
    }

    /** Returns the factory that leads to most: a builder, if there is one. */
    private static Method factory(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .max(Comparator.comparing(method -> method.getReturnType().isMemberClass()))
                .orElseThrow();
    }

    private static AmiAction<?> built(Object builder) throws ReflectiveOperationException {
        for (Method setter : builder.getClass().getMethods()) {
            if (setter.getReturnType().equals(builder.getClass())) {
                setter.invoke(builder, samples(setter));
            }
        }
        return (AmiAction<?>) builder.getClass().getMethod("build").invoke(builder);
    }

    private static Object[] samples(Method method) {
        if (method.getName().equals("changes")) {
            return new Object[] {List.of(ConfigChange.append("c", "n", "v"))};
        }
        return Arrays.stream(method.getParameterTypes())
                .map(GeneratedActionsTest::sample)
                .toArray();
    }

    private static Object sample(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        Map<Class<?>, Object> samples =
                Map.of(
                        String.class,
                        "sample",
                        int.class,
                        3,
                        boolean.class,
                        true,
                        Duration.class,
                        Duration.ofSeconds(2),
                        List.class,
                        List.of("sample"),
                        Map.class,
                        Map.of("A", "b"),
                        HangupCause.class,
                        HangupCause.USER_BUSY,
                        ConfigChange.class,
                        ConfigChange.append("c", "n", "v"));
        return Objects.requireNonNull(samples.get(type), type.getName());
    }

    @Test
    void everyActionOfTheDataHasAClass() throws Exception {
        assertThat(actions().map(AmiAction::name))
                .containsExactlyInAnyOrderElementsOf(
                        SurfaceData.actions().map(SurfaceData.Item::name).toList())
                .hasSize(154 + 15);
    }

    @Test
    void noTwoClassesDifferByCaseOnly() throws Exception {
        List<String> names = actions().map(action -> action.getClass().getSimpleName()).toList();
        Set<String> distinct = new HashSet<>();
        names.forEach(name -> distinct.add(name.toLowerCase(Locale.ROOT)));

        assertThat(distinct).hasSameSizeAs(names);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyHeaderOfTheDataIsWritten(AmiAction<?> action) {
        SurfaceData.Item data =
                SurfaceData.actions()
                        .filter(found -> found.name().equals(action.name()))
                        .findFirst()
                        .orElseThrow();
        Set<String> expected = new TreeSet<>();
        for (SurfaceData.Item header : data.items("params")) {
            if (!header.name().equals("ActionID")) {
                expected.add(header.name().equals("Header") ? "sample" : header.name());
            }
        }
        Set<String> written = new TreeSet<>();
        for (AmiFields.Field field : action.fields()) {
            written.add(field.name());
        }

        if (action.name().equals("UpdateConfig")) {
            written.removeIf(name -> name.endsWith("-000001"));
            expected.addAll(List.of("Cat-000000", "Var-000000", "Value-000000"));
        }
        assertThat(written).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyActionCanBeEncodedAndShowsNoValues(AmiAction<?> action) {
        String text =
                new String(AmiEncoder.encode(action.fields()), StandardCharsets.UTF_8);

        assertThat(text).endsWith("\r\n").doesNotContain("null");
        assertThat(action.toString()).startsWith(action.name()).doesNotContain("sample,");
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyAnswerHasAResult(AmiAction<?> action) {
        AmiResponse response = AmiResponse.of(AmiFields.of("Response", "Success"));

        assertThat(action.result(response)).isNotNull();
    }

    @Test
    void whatReadsAndWhatChangesIsAsAgreed() throws Exception {
        Map<String, Operation.Access> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (AmiAction<?> action : actions().toList()) {
            found.put(action.name(), action.access());
        }
        String text =
                found.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
                        .collect(Collectors.joining());

        assertThat(text).isEqualTo(agreed());
    }

    private static String agreed() throws IOException {
        return Files.readString(SNAPSHOT).replace("\r\n", "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_DELETE(a/b)", "SHELL(reboot)", "CHANNEL(state)"})
    void aFunctionMakesAReadAChange(String function) {
        assertThat(GetVarAction.of(function).access()).isEqualTo(Operation.Access.CHANGE);
        assertThat(StatusAction.builder().variables(List.of("A", function)).build().access())
                .isEqualTo(Operation.Access.CHANGE);
        assertThat(GetVarAction.of("EPOCH").access()).isEqualTo(Operation.Access.READ);
        assertThat(StatusAction.create().access()).isEqualTo(Operation.Access.READ);
    }

    @Test
    void anUnknownActionCountsAsAChange() {
        AmiAction<AmiResponse> action = AmiAction.raw("Vendor", "A", "1", "A", "2");
        AmiResponse response = AmiResponse.of(AmiFields.of());

        assertThat(action.access()).isEqualTo(Operation.Access.CHANGE);
        assertThat(action.name()).isEqualTo("Vendor");
        assertThat(action.fields().all("A")).containsExactly("1", "2");
        assertThat(action.result(response)).isSameAs(response);
        assertThatThrownBy(() -> AmiAction.raw("Vendor", "A"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotSetIsNotSent() {
        assertThat(PingAction.create().fields()).isEmpty();
        assertThat(QueueStatusAction.builder().queue("500").build().fields())
                .isEqualTo(AmiFields.of("Queue", "500"));
        assertThat(HangupAction.of("PJSIP/100-1").fields())
                .isEqualTo(AmiFields.of("Channel", "PJSIP/100-1"));
        assertThat(HangupAction.builder("x").cause(HangupCause.USER_BUSY).build().fields())
                .isEqualTo(AmiFields.of("Channel", "x", "Cause", "17"));
    }

    @Test
    void aSettingCountsAsItWasSetLast() {
        assertThat(QueueStatusAction.builder().queue("1").member("m").queue("2").build().fields())
                .isEqualTo(AmiFields.of("Queue", "2", "Member", "m"));
    }

    @Test
    void aMissingSettingIsNamed() {
        assertThatThrownBy(() -> RedirectAction.builder().channel("x").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("set extension(...) before build()");
        assertThatThrownBy(
                        () ->
                                UpdateConfigAction.builder()
                                        .sourceFileName("a")
                                        .destinationFileName("a")
                                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("set addChange(...) before build()");
    }

    @Test
    void originateIsAlwaysAsynchronous() {
        OriginateAction action =
                OriginateAction.to("PJSIP/100").timeout(Duration.ofSeconds(20)).build();

        assertThat(action.fields())
                .isEqualTo(
                        AmiFields.of("Channel", "PJSIP/100", "Async", "true", "Timeout", "20000"));
    }

    @Test
    void variablesKeepTheirCommasQuotesAndBackslashes() {
        OriginateAction action =
                OriginateAction.to("PJSIP/100")
                        .putVariable("A", "1")
                        .putVariable("B", "x,y \"z\" \\ (q,r)")
                        .putVariable("A", "2")
                        .putVariable("AB", "=3")
                        .build();

        assertThat(action.fields().all("Variable"))
                .containsExactly("B=x\\,y \\\"z\\\" \\\\ (q\\,r)", "A=2", "AB==3");
    }

    @Test
    void variablesAsAMapTakeThePlaceOfThoseBefore() {
        OriginateAction action =
                OriginateAction.to("x").putVariable("A", "1").variables(Map.of("B", "2")).build();

        assertThat(action.fields().all("Variable")).containsExactly("B=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A=B", "A,B", "A B", "A\nB", "\"A\"", "A\\"})
    void aVariableNeedsAProperName(String name) {
        assertThatThrownBy(() -> OriginateAction.to("x").putVariable(name, "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a variable's name");
    }

    @Test
    void aNotifyMayHaveManyLinesOfContent() {
        PjsipNotifyAction action =
                PjsipNotifyAction.builder()
                        .endpoint("100")
                        .addVariable("Content", "a,b")
                        .addVariable("Content", "c")
                        .build();

        assertThat(action.fields().all("Variable")).containsExactly("Content=a\\,b", "Content=c");
    }

    @Test
    void timesAreRoundedUpSoThatALittleIsNotForEver() {
        assertThat(AbsoluteTimeoutAction.of("x", Duration.ofMillis(1)).fields().get("Timeout"))
                .isEqualTo("1");
        assertThat(AbsoluteTimeoutAction.of("x", Duration.ofSeconds(30)).fields().get("Timeout"))
                .isEqualTo("30");
        assertThat(AbsoluteTimeoutAction.of("x", Duration.ZERO).fields().get("Timeout"))
                .isEqualTo("0");
        assertThatThrownBy(() -> AbsoluteTimeoutAction.of("x", Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEventOfOnesOwnHasLinesOfAnyName() {
        UserEventAction action =
                UserEventAction.builder("Order").addHeader("Id", "1").addHeader("Id", "2").build();

        assertThat(action.fields())
                .isEqualTo(AmiFields.of("UserEvent", "Order", "Id", "1", "Id", "2"));
        for (String name : List.of("Action", "actionid", "USEREVENT", "Event")) {
            assertThatThrownBy(() -> UserEventAction.builder("Order").addHeader(name, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(name + " is not free: choose another name");
        }
    }

    @Test
    void configChangesAreNumberedInOrder() {
        UpdateConfigAction action =
                UpdateConfigAction.builder()
                        .sourceFileName("queues.conf")
                        .destinationFileName("queues.conf")
                        .reload("app_queue")
                        .addChange(ConfigChange.newCategory("500"))
                        .addChange(ConfigChange.append("500", "strategy", "ringall"))
                        .addChange(ConfigChange.update("500", "member", "PJSIP/1", "PJSIP/2"))
                        .addChange(ConfigChange.delete("500", "timeout"))
                        .addChange(ConfigChange.insert("500", 0, "maxlen", "5"))
                        .build();

        assertThat(action.fields())
                .isEqualTo(
                        AmiFields.of(
                                "SrcFilename", "queues.conf",
                                "DstFilename", "queues.conf",
                                "Reload", "app_queue",
                                "Action-000000", "NewCat",
                                "Cat-000000", "500",
                                "Action-000001", "Append",
                                "Cat-000001", "500",
                                "Var-000001", "strategy",
                                "Value-000001", "ringall",
                                "Action-000002", "Update",
                                "Cat-000002", "500",
                                "Var-000002", "member",
                                "Value-000002", "PJSIP/2",
                                "Match-000002", "PJSIP/1",
                                "Action-000003", "Delete",
                                "Cat-000003", "500",
                                "Var-000003", "timeout",
                                "Action-000004", "Insert",
                                "Cat-000004", "500",
                                "Line-000004", "0",
                                "Var-000004", "maxlen",
                                "Value-000004", "5"));
    }

    @Test
    void aListOfOneKindIsTypedAndAMixedOneIsNot() {
        AmiEvent summary = AmiEvent.of(AmiFields.of("Event", "QueueSummary", "Queue", "500"));
        AmiEvent other = AmiEvent.of(AmiFields.of("Event", "QueueParams", "Queue", "500"));
        AmiResponse response =
                AmiResponse.ofList(
                        AmiFields.of("Response", "Success", "EventList", "start"),
                        List.of(summary, other),
                        null);

        List<QueueSummaryEvent> typed = QueueSummaryAction.create().result(response);
        assertThat(typed).extracting(QueueSummaryEvent::queue).containsExactly("500");
        assertThat(QueueStatusAction.create().result(response)).containsExactly(summary, other);
    }

    @Test
    void nothingToListIsAnEmptyListThoughTheServerCallsItAnError() {
        AmiResponse none =
                AmiResponse.of(AmiFields.of("Response", "Error", "Message", "No Contacts found"));
        AmiResponse denied =
                AmiResponse.of(AmiFields.of("Response", "Error", "Message", "Permission denied"));

        assertThat(PjsipShowContactsAction.create().accepts(none)).isTrue();
        assertThat(PjsipShowContactsAction.create().result(none)).isEmpty();
        assertThat(PjsipShowContactsAction.create().accepts(denied)).isFalse();
        assertThat(QueueStatusAction.create().accepts(none)).isFalse();
        assertThat(QueueStatusAction.create().accepts(AmiResponse.of(AmiFields.of()))).isTrue();
    }

    @Test
    void answersWithValuesOfTheirOwnAreTyped() {
        AmiResponse ping =
                AmiResponse.of(
                        AmiFields.of(
                                "Response", "Success",
                                "Ping", "Pong",
                                "Timestamp", "1795216038.935731"));
        AmiResponse state =
                AmiResponse.of(AmiFields.of("Response", "Success", "Status", "8", "Exten", "100"));

        assertThat(PingAction.create().result(ping).serverTime())
                .contains(Instant.parse("2026-11-20T23:07:18.935731Z"));
        assertThat(ExtensionStateAction.of("100", "hints").result(state).status())
                .isEqualTo(ExtensionState.RINGING);
        assertThat(CoreStatusAction.create().result(ping).currentCalls()).isEmpty();
    }

    @Test
    void buildersTellOfNullAtOnce() throws Exception {
        Method setter = QueueStatusAction.Builder.class.getMethod("queue", String.class);

        assertThatThrownBy(() -> setter.invoke(QueueStatusAction.builder(), (Object) null))
                .isInstanceOf(InvocationTargetException.class)
                .hasCauseInstanceOf(NullPointerException.class);
    }
}
