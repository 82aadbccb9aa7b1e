package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class PendingAnswerTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final PendingAnswers answers = new PendingAnswers();

    private PendingAnswer answer(BooleanSupplier mayLeave) {
        PendingAnswer answer =
                new PendingAnswer(
                        "Originate",
                        new CollectedItems("Originate", 1_000_000),
                        Duration.ofSeconds(1),
                        time,
                        mayLeave,
                        () -> {});
        answers.add("1", answer);
        return answer;
    }

    private PbxException failureOf(PendingAnswer answer) {
        answers.end(new PbxConnectionException("the server is gone", null));
        try {
            answer.whole().join();
            throw new AssertionError("it did not fail");
        } catch (CompletionException e) {
            return (PbxException) e.getCause();
        }
    }

    @Test
    void whatLeftHasAnOpenOutcomeWhenTheConnectionEnds() {
        PendingAnswer answer = answer(() -> true);

        assertThat(answer.leave()).isTrue();

        assertThat(failureOf(answer).mayHaveBeenSent()).isTrue();
    }

    @Test
    void whatWasKeptBackAtTheLastMomentDidNotLeave() {
        PendingAnswer answer = answer(() -> false);

        assertThat(answer.leave()).isFalse();

        assertThat(failureOf(answer).mayHaveBeenSent()).isFalse();
    }

    @Test
    void whatWasGivenUpDoesNotLeaveAndIsNotAskedFor() {
        PendingAnswer answer =
                answer(
                        () -> {
                            throw new AssertionError("nobody waits for it");
                        });
        answer.abandon();

        assertThat(answer.leave()).isFalse();
        assertThat(answer.hasLeft()).isFalse();
    }
}
