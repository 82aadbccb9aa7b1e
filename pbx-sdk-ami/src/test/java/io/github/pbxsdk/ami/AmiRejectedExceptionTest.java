package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.ami.AmiRejectedException.Kind;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmiRejectedExceptionTest {

    private static AmiRejectedException refused(String message) {
        return new AmiRejectedException(
                "Originate to PJSIP/100",
                AmiResponse.of(AmiFields.of("Response", "Error", "Message", message)));
    }

    @Test
    void tellsWhatWasTriedAndWhatCameBack() {
        AmiRejectedException refused = refused("Extension does not exist.");

        assertThat(refused).hasMessage("Originate to PJSIP/100 refused: Extension does not exist.");
        assertThat(refused.reason()).isEqualTo("Extension does not exist.");
        assertThat(refused.response().fields().get("Response")).isEqualTo("Error");
        assertThat(refused.code()).isZero();
        assertThat(refused.mayHaveBeenSent()).isFalse();
        assertThat(refused(""))
                .hasMessage("Originate to PJSIP/100 refused: the server gives no reason");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Permission denied | PERMISSION_DENIED",
                "Invalid/unknown command: Nope. Use Action: ListCommands | UNKNOWN_ACTION",
                "Asterisk is shutting down | SHUTTING_DOWN",
                "No such channel | NOT_FOUND",
                "Database entry not found | NOT_FOUND",
                "Extension does not exist. | NOT_FOUND",
                "Unable to add interface to queue: No such queue | NOT_FOUND",
                "Missing action in request | INVALID_REQUEST",
                "Invalid channel | INVALID_REQUEST",
                "No command provided | INVALID_REQUEST",
                "Failed to parse message: line too long | INVALID_REQUEST",
                "Too many lines in message or allocation failure | INVALID_REQUEST",
                "Originate failed | OTHER",
                "'' | OTHER",
            })
    void textsOfTheServerAreSorted(String message, Kind kind) {
        assertThat(refused(message).kind()).isEqualTo(kind);
    }

    @Test
    void mostRefusalsOfTheRecordingsHaveAKind() {
        Set<String> others = new TreeSet<>();
        RecordedSession.all()
                .flatMap(RecordedEvents::messages)
                .filter(message -> message.is("Response", "Error"))
                .map(message -> refused(message.text("Message")))
                .filter(refused -> refused.kind() == Kind.OTHER)
                .forEach(refused -> others.add(refused.reason()));

        assertThat(others)
                .containsExactly(
                        "Authentication failed",
                        "Command output follows",
                        "Filter did not compile.  Check the syntax of the filter given.",
                        "Originate failed");
    }
}
