package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.ami.event.QueueParamsEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmiResponseTest {

    private static AmiResponse read(String text) {
        AmiParser parser = new AmiParser();
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, parser.buffer(), parser.writeFrom(), bytes.length);
        parser.fed(bytes.length);
        return AmiResponse.of(Objects.requireNonNull(parser.next(), "a whole message"));
    }

    @ParameterizedTest
    @CsvSource({"Success, true", "Goodbye, true", "Pong, true", "Error, false"})
    void allButAnErrorIsASuccess(String word, boolean success) {
        AmiResponse response = read("Response: " + word + "\nActionID: 7\nMessage: Words\n\n");

        assertThat(response.isSuccess()).isEqualTo(success);
        assertThat(response.actionId()).isEqualTo("7");
        assertThat(response.message()).isEqualTo("Words");
    }

    @Test
    void commandOutputIsReadAsServersFrom14OnSendIt() {
        AmiResponse response =
                read(
                        "Response: Success\nActionID: 1\nMessage: Command output follows\n"
                                + "Output: a: b\nOutput: \nOutput:   c\n\n");

        assertThat(response.output()).containsExactly("a: b", "", "  c");
    }

    @Test
    void commandOutputIsReadAsOldServersSendIt() {
        AmiResponse response =
                read(
                        "Response: Follows\nPrivilege: Command\nActionID: 1\n"
                                + "a: b\n\n  c\n--END COMMAND--\n\n");

        assertThat(response.output()).containsExactly("a: b", "", "  c");
        assertThat(response.actionId()).isEqualTo("1");
    }

    @Test
    void anAnswerWithoutOutputHasNone() {
        assertThat(read("Response: Success\n\n").output()).isEmpty();
    }

    @Test
    void itemsOfOneKindAreFoundAmongOthers() {
        AmiEvent queue = AmiEvent.of(AmiFields.of("Event", "QueueParams", "Queue", "500"));
        AmiEvent member = AmiEvent.of(AmiFields.of("Event", "QueueMember", "Queue", "500"));
        AmiEvent end = AmiEvent.of(AmiFields.of("Event", "QueueStatusComplete"));

        AmiResponse response =
                AmiResponse.ofList(
                        AmiFields.of("Response", "Success"), List.of(queue, member), end);

        assertThat(response.items()).containsExactly(queue, member);
        assertThat(response.items(QueueParamsEvent.class))
                .containsExactly((QueueParamsEvent) queue);
        assertThat(response.completion()).contains(end);
        assertThat(AmiResponse.of(AmiFields.of()).completion()).isEmpty();
    }

    @Test
    void valuesAreNotShown() {
        assertThat(read("Response: Success\nValue: secret\n\n").toString())
                .isEqualTo("AmiResponse[AmiFields[Response, Value], 0 items]");
    }
}
