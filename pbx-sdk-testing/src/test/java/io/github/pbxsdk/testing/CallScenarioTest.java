package io.github.pbxsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallScenarioTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call from 1003 to 1002, answered after 2 s",
                "call from 1003 to 1002, answered after 1500 ms, transferred to 1001, recorded",
                "call from 1003 to 1002, busy",
                "call from 1003 to 1002, not answered",
                "call from 1003 to 1002, caller gives up",
                "call from 1003 to queue 500, not answered by 1002, answered by 1001"
            })
    void readsAsItIsWritten(String script) {
        assertThat(CallScenario.of(script)).hasToString(script);
    }

    @Test
    void aScenarioThatCannotBePlayedIsNamedWithThePartThatIsOneTooMany() {
        assertThatThrownBy(() -> CallScenario.queue("1001", "500").notAnswered().recording())
                .hasMessageEndingWith(
                        "call from 1001 to queue 500, not answered by 1002, answered by 1003,"
                                + " not answered");
        assertThatThrownBy(() -> CallScenario.call("1001", "1002").busy().recorded().recording())
                .hasMessageEndingWith("call from 1001 to 1002, busy, recorded");
    }

    @Test
    void aNumberThatAScriptCannotHoldIsNotTakenForAWrongBeginning() {
        assertThatThrownBy(() -> CallScenario.of("call from +61491570156 to 1002, busy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "call from 1003 to 1002", "digits", "call from +61491570156 to 1002");
    }
}
