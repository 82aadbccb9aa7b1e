package io.github.pbxsdk.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.testing.FakePbx;
import io.github.pbxsdk.testing.ami.AmiMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A context that is there already, before we look or in the moment after. */
class AmiDialplanTest {

    private static final AmiMessage EMPTY = AmiMessage.of("Response", "Success");
    private static final AmiMessage WITH_THEIRS =
            AmiMessage.of(
                    "Response", "Success",
                    "Category-000000", "sdk-ivr-1",
                    "Line-000000-000000", "exten=s,1,Answer()");
    private static final AmiMessage DONE = AmiMessage.of("Response", "Success");

    /** In the words of Asterisk, for a context that is there. */
    private static final AmiMessage THERE_IS_ONE =
            AmiMessage.of(
                    "Response", "Error",
                    "Message", "Create category did not complete successfully");

    private static final List<String> LINES = List.of("exten => s,1,NoOp()");

    private final FakePbx fake = FakePbx.asterisk22();
    private final Pbx pbx = Pbx.from(fake.settings());
    private final AmiDialplan dialplan = new AmiDialplan(pbx::ami);

    @BeforeEach
    void aFileWithoutContexts() {
        answer("GetConfig", EMPTY);
        answer("UpdateConfig", DONE);
    }

    @AfterEach
    void close() {
        pbx.close();
        fake.close();
    }

    /** Answers one after the other, and the last one from then on. */
    private void answer(String action, AmiMessage... messages) {
        Deque<AmiMessage> left = new ArrayDeque<>(List.of(messages));
        fake.ami()
                .answer(
                        action,
                        request -> List.of(left.size() > 1 ? left.remove() : left.element()));
    }

    private List<AmiMessage> changes() {
        return fake.ami().actions().stream()
                .filter(action -> action.get("Action").equals("UpdateConfig"))
                .toList();
    }

    @Test
    void makesAContext() {
        assertThat(dialplan.create("sdk-ivr-1", LINES)).isTrue();

        assertThat(changes())
                .singleElement()
                .satisfies(
                        change -> {
                            assertThat(change.get("Action-000000")).isEqualTo("NewCat");
                            assertThat(change.get("Action-000001")).isEqualTo("Append");
                            assertThat(change.get("Reload")).isEqualTo("pbx_config");
                        });
    }

    @Test
    void changesNothingOfAContextThatIsThere() {
        answer("GetConfig", WITH_THEIRS);

        assertThat(dialplan.create("sdk-ivr-1", LINES)).isFalse();

        assertThat(changes()).isEmpty();
    }

    @Test
    void changesNothingOfAContextThatSomebodyElseMakesInBetween() {
        answer("GetConfig", EMPTY, WITH_THEIRS);
        answer("UpdateConfig", THERE_IS_ONE);

        assertThat(dialplan.create("sdk-ivr-1", LINES)).isFalse();

        assertThat(changes()).hasSize(1);
    }

    @Test
    void aRefusalForAnotherReasonIsTold() {
        answer("UpdateConfig", AmiMessage.of("Response", "Error", "Message", "Save failed"));

        assertThatThrownBy(() -> dialplan.create("sdk-ivr-1", LINES))
                .isInstanceOf(AmiRejectedException.class)
                .hasMessageContaining("Save failed");
    }

    @Test
    void aContextOfOursThatIsHalfWrittenIsNoContextOfSomebodyElse() {
        answer("GetConfig", EMPTY, WITH_THEIRS);
        answer("UpdateConfig", DONE, THERE_IS_ONE);
        List<String> many =
                IntStream.rangeClosed(1, 30)
                        .mapToObj(step -> "exten => s," + step + ",NoOp()")
                        .toList();

        assertThatThrownBy(() -> dialplan.create("sdk-ivr-1", many))
                .isInstanceOf(AmiRejectedException.class);
        assertThat(changes()).hasSize(2);
    }
}
