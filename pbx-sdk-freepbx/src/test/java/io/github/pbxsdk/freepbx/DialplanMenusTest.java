package io.github.pbxsdk.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pbxsdk.core.CallOptions;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Menus where there is neither an API for them nor the web interface. */
class DialplanMenusTest {

    private final FakeFreePbx fake = new FakeFreePbx();
    private final Lines dialplan = new Lines();
    private final FreePbxClient pbx = TestClients.builder(fake).dialplan(dialplan).build();

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    @Test
    void createsChangesAndDeletesAMenu() {
        Ivr made =
                pbx.ivrs()
                        .create(
                                IvrSettings.of("Nacht; «Menü»")
                                        .description("Says $(who) is there")
                                        .key("1", Destination.extension("1001"))
                                        .key("#", Destination.hangup())
                                        .build());

        assertThat(made.road()).isEqualTo(IvrRoad.DIALPLAN);
        assertThat(made.name()).isEqualTo("Nacht; «Menü»");
        assertThat(made.description()).isEqualTo("Says $(who) is there");
        assertThat(made.destination().text()).isEqualTo("sdk-ivr-1,s,1");
        assertThat(made.keys())
                .containsEntry("1", Destination.extension("1001"))
                .containsEntry("#", Destination.hangup())
                .hasSize(2);
        assertThat(pbx.system().needsApply()).as("the dialplan is live at once").isFalse();

        Ivr changed = pbx.ivrs().update(made.id(), IvrSettings.of("Day").build());
        assertThat(changed.keys()).isEmpty();
        assertThat(pbx.ivrs().create(IvrSettings.of("Second").build()).id()).isEqualTo(2);

        pbx.ivrs().delete(made.id());
        assertThat(pbx.ivrs().list()).extracting(Ivr::name).containsExactly("Second");
    }

    @Test
    void playsThePromptThreeTimesAndThenGoesWhereCallsGoOtherwise() {
        fake.addSoundFile("custom/hello");
        fake.addSoundFile("custom/keys");
        Prompt prompt = pbx.prompts().create("Menu", "", List.of("custom/hello", "custom/keys"));

        pbx.ivrs()
                .create(
                        IvrSettings.of("Menu")
                                .announcement(Integer.parseInt(prompt.id()))
                                .timeout(Duration.ofSeconds(5))
                                .directDial(true)
                                .key("1", Destination.queue("500"))
                                .otherwise(Destination.voicemail("1001"))
                                .build());

        assertThat(dialplan.contexts().get("sdk-ivr-1"))
                .containsExactly(
                        "exten => s,1,NoOp(name=TWVudQ about=)",
                        "exten => s,2,Answer()",
                        "exten => s,3,Set(SDK_ROUND=0)",
                        "exten => s,4,Set(SDK_ROUND=$[${SDK_ROUND} + 1])",
                        "exten => s,5,GotoIf($[${SDK_ROUND} > 3]?ext-local,vmu1001,1)",
                        "exten => s,6,Background(custom/hello&custom/keys)",
                        "exten => s,7,WaitExten(5)",
                        "exten => 1,1,Goto(ext-queues,500,1)",
                        "exten => t,1,Goto(s,4)",
                        "exten => i,1,Goto(s,4)",
                        "include => from-did-direct-ivr");
    }

    @Test
    void leavesOtherContextsAlone() {
        dialplan.replace("from-internal-custom", List.of("exten => 777,1,Answer()"));

        pbx.ivrs().create(IvrSettings.of("Menu").build());

        assertThat(pbx.ivrs().list()).hasSize(1);
        assertThat(dialplan.contexts().get("from-internal-custom"))
                .containsExactly("exten => 777,1,Answer()");
    }

    @Test
    void refusesAPromptThatIsNotThereAndASecondMenuOfThatName() {
        assertThat(
                        refusal(
                                        () ->
                                                pbx.ivrs()
                                                        .create(
                                                                IvrSettings.of("Menu")
                                                                        .announcement(7)
                                                                        .build()))
                                .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(dialplan.contexts()).isEmpty();
        pbx.ivrs().create(IvrSettings.of("Menu").build());
        assertThat(refusal(() -> pbx.ivrs().create(IvrSettings.of("Menu").build())).kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aDestinationDoesNotBringALineOfItsOwn() {
        Destination to = new Destination("x,1,1)System(id");

        assertThat(
                        refusal(
                                        () ->
                                                pbx.ivrs()
                                                        .create(
                                                                IvrSettings.of("Menu")
                                                                        .key("1", to)
                                                                        .build()))
                                .kind())
                .isEqualTo(Kind.INVALID_REQUEST);
        assertThat(dialplan.contexts()).isEmpty();
    }

    @Test
    void readsTheKeysOfTimeoutAndOfWrongNumbersThatSomebodyHasSet() {
        Ivr made =
                pbx.ivrs()
                        .create(
                                IvrSettings.of("Menu")
                                        .key("t", Destination.extension("1001"))
                                        .build());

        assertThat(made.keys()).isEqualTo(Map.of("t", Destination.extension("1001")));
    }

    @Test
    void theWebInterfaceComesFirstWhereItIsAllowed() {
        try (FreePbxClient both =
                TestClients.builder(fake)
                        .gui(TestClients.ADMINISTRATOR)
                        .dialplan(dialplan)
                        .build()) {
            Ivr made = both.ivrs().create(IvrSettings.of("Menu").build());

            assertThat(made.road()).isEqualTo(IvrRoad.GUI);
            assertThat(made.destination()).isEqualTo(Destination.ivr(made.id()));
            assertThat(dialplan.contexts()).isEmpty();
        }
    }

    @Test
    void takesTheNextNumberWhereAnotherProgramWasFaster() {
        List<String> theirs = List.of("exten => s,1,Answer()");
        dialplan.beforeCreating(
                () -> {
                    dialplan.create("sdk-ivr-1", theirs);
                    dialplan.create("sdk-ivr-2", theirs);
                });

        Ivr made = pbx.ivrs().create(IvrSettings.of("Menu").build());

        assertThat(made.id()).isEqualTo(3);
        assertThat(made.name()).isEqualTo("Menu");
        assertThat(dialplan.contexts())
                .containsEntry("sdk-ivr-1", theirs)
                .containsEntry("sdk-ivr-2", theirs);
    }

    /** The second one waits for the first, and the time of this one is over before. */
    @Test
    void oneMenuIsMadeAtATime() {
        IvrSettings menu = IvrSettings.of("Menu").build();
        FreePbxClient hurried = pbx.with(CallOptions.deadline(Duration.ofMillis(300)));
        AtomicReference<Throwable> second = new AtomicReference<>();
        dialplan.beforeCreating(
                () -> second.set(catchThrowable(() -> hurried.ivrs().create(menu))));

        pbx.ivrs().create(menu);

        assertThat(second.get())
                .isInstanceOfSatisfying(
                        PbxTimeoutException.class,
                        failure -> assertThat(failure.mayHaveBeenSent()).isFalse());
        assertThat(pbx.ivrs().list()).extracting(Ivr::name).containsExactly("Menu");
    }

    private static FreePbxRejectedException refusal(Runnable call) {
        return catchThrowableOfType(FreePbxRejectedException.class, call::run);
    }

    /** A dialplan in memory. */
    private static final class Lines implements CustomDialplan {

        private final Map<String, List<String>> contexts = new TreeMap<>();
        private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

        /** Does something once, when the next context is about to be made. */
        void beforeCreating(Runnable something) {
            meanwhile.set(something);
        }

        @Override
        public boolean create(String context, List<String> lines) {
            meanwhile.getAndSet(() -> {}).run();
            synchronized (this) {
                return contexts.putIfAbsent(context, List.copyOf(lines)) == null;
            }
        }

        @Override
        public String road() {
            return "memory";
        }

        @Override
        public synchronized Map<String, List<String>> contexts() {
            return new TreeMap<>(contexts);
        }

        @Override
        public synchronized void replace(String context, List<String> lines) {
            contexts.put(context, new ArrayList<>(lines));
        }

        @Override
        public synchronized void remove(String context) {
            contexts.remove(context);
        }
    }
}
