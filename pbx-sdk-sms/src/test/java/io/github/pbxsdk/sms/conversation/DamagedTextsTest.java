package io.github.pbxsdk.sms.conversation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.state.StateException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody has edited the tables of a thread. */
class DamagedTextsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"direction\"",
                "{}",
                "{\"direction\":\"SIDEWAYS\"}",
                "{\"direction\":\"INBOUND\",\"sentAt\":\"yesterday\"}"
            })
    void aTextIsSaidToBeDamaged(String stored) {
        assertThatThrownBy(() -> MessageJson.read(stored, Map.of()))
                .isInstanceOf(StateException.class)
                .hasMessage("a stored text is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"state\":\"SENT\"}", "{\"state\":\"LOST\",\"words\":\"\"}"})
    void aReportIsSaidToBeDamaged(String stored) {
        assertThatThrownBy(() -> StatusJson.read(stored))
                .isInstanceOf(StateException.class)
                .hasMessage("a stored report is damaged");
    }
}
