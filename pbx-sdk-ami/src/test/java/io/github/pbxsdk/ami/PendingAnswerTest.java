package io.github.pbxsdk.ami;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class PendingAnswerTest {

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final PendingAnswers answers = new PendingAnswers();
    private final CompletableFuture<AmiResponse> outcome = new CompletableFuture<>();

    private PendingAnswer answer(BooleanSupplier mayLeave) {
        PendingAnswer answer =
                new PendingAnswer(
                        "Originate",
                        new CollectedItems("Originate", 1_000_000),
                        Duration.ofSeconds(1),
                        time,
                        new Waiting(mayLeave));
        answers.add("1", answer);
        return answer;
    }

    private PbxException failure() {
        answers.end(new PbxConnectionException("the server is gone", null));
        try {
            outcome.join();
            throw new AssertionError("it did not fail");
        } catch (CompletionException e) {
            return (PbxException) e.getCause();
        }
    }

    @Test
    void whatLeftHasAnOpenOutcomeWhenTheConnectionEnds() {
        PendingAnswer answer = answer(() -> true);

        assertThat(answer.leave()).isTrue();

        assertThat(failure().mayHaveBeenSent()).isTrue();
    }

    @Test
    void whatWasKeptBackAtTheLastMomentDidNotLeave() {
        PendingAnswer answer = answer(() -> false);

        assertThat(answer.leave()).isFalse();

        assertThat(failure().mayHaveBeenSent()).isFalse();
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

    @Test
    void whatWasGivenUpHearsNothingMore() {
        PendingAnswer answer = answer(() -> true);
        answer.abandon();

        answers.end(new PbxConnectionException("the server is gone", null));

        assertThat(outcome).isNotDone();
    }

    @Test
    void aListThatIsCompleteIsNotWatchedAnyMore() {
        PendingAnswer answer = answer(() -> true);
        answer.answer(AmiFields.of("Response", "Success", "EventList", "start"));
        assertThat(time.pending()).hasSize(1);

        answer.item(AmiFields.of("Event", "ListComplete", "EventList", "Complete"));

        assertThat(outcome.join().completion()).isPresent();
        assertThat(time.pending()).isEmpty();
    }

    private final class Waiting implements PendingAnswer.Asker {

        private final BooleanSupplier mayLeave;

        Waiting(BooleanSupplier mayLeave) {
            this.mayLeave = mayLeave;
        }

        @Override
        public boolean mayLeave() {
            return mayLeave.getAsBoolean();
        }

        @Override
        public void listBegins() {
            // The deadline is not looked at here.
        }

        @Override
        public void answered(AmiResponse response) {
            outcome.complete(response);
        }

        @Override
        public void failed(Throwable failure) {
            outcome.completeExceptionally(failure);
        }
    }
}
