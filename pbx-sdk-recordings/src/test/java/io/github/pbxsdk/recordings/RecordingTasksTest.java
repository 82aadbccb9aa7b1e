package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.pbxsdk.core.recording.CallRecording;
import io.github.pbxsdk.core.state.Batch;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingTasksTest {

    private static final CallRecording ONE = CallRecording.builder("pbx", "one").build();
    private static final CallRecording TWO = CallRecording.builder("pbx", "two").build();

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T04:00:00Z"));
    private final StateStore store = StateStore.inMemory(time);
    private final RecordingTasks tasks =
            RecordingTasks.builder("transcribe", store).attempts(3).time(time).build();

    private void arrive(CallRecording recording) {
        Batch.Builder batch = Batch.builder();
        tasks.add(recording, batch);
        store.commit(batch.build());
    }

    @Test
    void eachTaskIsOnesAtATime() {
        arrive(ONE);
        arrive(TWO);

        RecordingTask first = tasks.take().orElseThrow();
        RecordingTask second = tasks.take().orElseThrow();

        assertThat(first.recording()).isNotEqualTo(second.recording());
        assertThat(tasks.take()).isEmpty();
        assertThat(tasks.state(ONE)).contains(RecordingTask.State.TAKEN);
    }

    @Test
    void aFinishedOneDoesNotComeBack() {
        arrive(ONE);

        assertThat(tasks.take().orElseThrow().finish()).isTrue();

        time.advance(Duration.ofDays(1));
        assertThat(tasks.take()).isEmpty();
        assertThat(tasks.state(ONE)).contains(RecordingTask.State.DONE);
        time.advance(Duration.ofDays(7));
        assertThat(tasks.state(ONE)).isEmpty();
    }

    @Test
    void whoIsAwayForTooLongLosesIt() {
        arrive(ONE);
        RecordingTask lost = tasks.take().orElseThrow();
        time.advance(Duration.ofMinutes(11));

        RecordingTask mine = tasks.take().orElseThrow();

        assertThat(mine.attempts()).isEqualTo(2);
        assertThat(lost.finish()).isFalse();
        assertThat(lost.fail("late")).isFalse();
        assertThat(lost.renew()).isFalse();
        assertThat(mine.finish()).isTrue();
    }

    @Test
    void whoRenewsKeepsIt() {
        arrive(ONE);
        RecordingTask mine = tasks.take().orElseThrow();
        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofMinutes(9));
            assertThat(mine.renew()).isTrue();
            assertThat(tasks.take()).isEmpty();
        }
        assertThat(mine.finish()).isTrue();
    }

    @Test
    void aFailedOneComesBackLaterAndIsGivenUpInTheEnd() {
        arrive(ONE);
        tasks.take().orElseThrow().fail("the model is away");
        assertThat(tasks.take()).as("not at once").isEmpty();
        assertThat(tasks.state(ONE)).contains(RecordingTask.State.RETRY);

        time.advance(Duration.ofMinutes(1));
        RecordingTask second = tasks.take().orElseThrow();
        assertThat(second.lastFailure()).contains("the model is away");
        second.fail("still");
        time.advance(Duration.ofMinutes(2));
        tasks.take().orElseThrow().fail("for good");
        time.advance(Duration.ofDays(1));

        assertThat(tasks.take()).isEmpty();
        assertThat(tasks.failed())
                .singleElement()
                .satisfies(task -> assertThat(task.lastFailure()).contains("for good"));
    }

    @Test
    void aClockThatWasSetBackKeepsNobodyOut() {
        arrive(ONE);
        tasks.take();

        time.jump(Duration.ofDays(-10));

        assertThat(tasks.take()).isPresent();
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordingTasks.builder("a b", store));
    }
}
