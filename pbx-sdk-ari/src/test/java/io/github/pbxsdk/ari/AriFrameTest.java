package io.github.pbxsdk.ari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.PbxProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AriFrameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"Right\",\"a\":1}",
                "{\"variable\":\"größe\",\"value\":\"\",\"type\":\"Right\",\"type\":\"Wrong\"}",
                "{\"cause\":16,\"soft\":0,\"type\":\"Right\"}",
                "{\"value\":\"\\\"type\\\":\\\"Wrong\\\",\",\"type\":\"Right\"}",
                "{\"value\":\",\\\",\\\"type\\\":\\\"Wrong\",\"type\":\"Right\"}",
                "{\"na\\\"me\":\"x\",\"type\":\"Right\"}",
                "{\"in\":{\"type\":\"Wrong\"},\"type\":\"Right\"}",
                "{\"a\":-1.5e3,\"b\":true,\"c\":[null,{\"type\":\"Wrong\"}],\"type\":\"Right\"}",
                " { \"a\" : 1 , \"type\" : \"Right\" } ",
                "{\"typed\":\"Wrong\",\"type\":\"Right\"}"
            })
    void findsTheTypeWhateverComesBeforeIt(String text) {
        assertThat(AriFrame.of(text).type()).isEqualTo("Right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":1}", "{\"type\":5}", "{\"a\":\"type\",\"type\":null}"})
    void hasNoTypeWhereThereIsNoText(String text) {
        assertThat(AriFrame.of(text).type()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":,\"type\":\"Wrong\"}",
                "{\"a\"\"type\":\"Wrong\"}",
                "{\"type\":\"Unended"
            })
    void refusesWhatCannotBeReadBeforeTheType(String text) {
        assertThatThrownBy(() -> AriFrame.of(text)).isInstanceOf(PbxProtocolException.class);
    }

    @Test
    void whatFollowsTheTypeIsNotLookedAt() {
        assertThat(AriFrame.of("{\"a\":1,\"type\":\"Right\",oops").type()).isEqualTo("Right");
    }
}
