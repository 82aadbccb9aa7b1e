package io.github.pbxsdk.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeadlinesTest {

    private static final Duration LENGTH = Duration.ofSeconds(10);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final Deadlines deadlines = new Deadlines(time);
    private final List<String> passed = new ArrayList<>();

    private Deadlines.Deadline begin(String name, Duration length) {
        Deadlines.Deadline deadline =
                new Deadlines.Deadline() {
                    @Override
                    protected void pass() {
                        passed.add(name);
                    }
                };
        deadlines.begin(deadline, length);
        return deadline;
    }

    private void advance(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void deadlinesOfOneLengthHaveOneAlarm() {
        begin("first", LENGTH);
        advance(1);
        begin("second", LENGTH);
        begin("third", LENGTH);

        assertThat(time.pending()).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void eachPassesAtItsTime() {
        begin("first", LENGTH);
        advance(4);
        begin("second", LENGTH);

        time.advance(Duration.ofSeconds(6).minusNanos(1));
        assertThat(passed).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(passed).containsExactly("first");
        time.advance(Duration.ofSeconds(4).minusNanos(1));
        assertThat(passed).containsExactly("first");
        time.advance(Duration.ofNanos(1));

        assertThat(passed).containsExactly("first", "second");
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void ofDifferentLengthsTheShorterPassesFirst() {
        begin("long", LENGTH);
        begin("short", Duration.ofSeconds(2));

        advance(2);

        assertThat(passed).containsExactly("short");
    }

    @Test
    void whatHasEndedDoesNotPass() {
        begin("first", LENGTH);
        Deadlines.Deadline second = begin("second", LENGTH);
        begin("third", LENGTH);
        Deadlines.Deadline last = begin("last", LENGTH);

        deadlines.end(second);
        deadlines.end(last);
        begin("later", LENGTH);
        advance(10);

        assertThat(passed).containsExactly("first", "third", "later");
    }

    @Test
    void theAlarmOfOneThatHasEndedIsGoodForTheNext() {
        Deadlines.Deadline first = begin("first", LENGTH);
        advance(4);
        begin("second", LENGTH);
        deadlines.end(first);

        advance(6);
        assertThat(passed).isEmpty();
        advance(4);

        assertThat(passed).containsExactly("second");
    }

    @Test
    void whatBeginsWhileAnOldAlarmIsSetPassesAtItsTime() {
        Deadlines.Deadline first = begin("first", LENGTH);
        Deadlines.Deadline second = begin("second", LENGTH);
        deadlines.end(first);
        deadlines.end(second);
        advance(4);
        begin("third", LENGTH);

        advance(9);
        assertThat(passed).isEmpty();
        advance(1);

        assertThat(passed).containsExactly("third");
    }

    @Test
    void oneThatWasAloneLeavesNoAlarm() {
        deadlines.end(begin("alone", LENGTH));

        assertThat(time.pending()).isEmpty();
    }

    @Test
    void anAlarmThatRingsForNobodyIsNotSetAgain() {
        Deadlines.Deadline first = begin("first", LENGTH);
        Deadlines.Deadline second = begin("second", LENGTH);
        deadlines.end(first);
        deadlines.end(second);

        advance(10);

        assertThat(time.pending()).isEmpty();
        begin("later", LENGTH);
        advance(10);
        assertThat(passed).containsExactly("later");
    }

    @Test
    void neighboursMayEndOneAfterTheOther() {
        begin("first", LENGTH);
        Deadlines.Deadline second = begin("second", LENGTH);
        Deadlines.Deadline third = begin("third", LENGTH);
        begin("fourth", LENGTH);

        deadlines.end(second);
        deadlines.end(third);
        advance(10);

        assertThat(passed).containsExactly("first", "fourth");
    }

    @Test
    void whatEndsTwiceTakesNobodyWithIt() {
        Deadlines.Deadline first = begin("first", LENGTH);
        begin("second", LENGTH);

        deadlines.end(first);
        deadlines.end(first);
        advance(10);

        assertThat(passed).containsExactly("second");
    }

    @Test
    void endingAfterItPassedDoesNothing() {
        Deadlines.Deadline passing = begin("passing", LENGTH);
        advance(10);
        Deadlines.Deadline next = begin("next", LENGTH);

        deadlines.end(passing);
        advance(10);
        deadlines.end(next);

        assertThat(passed).containsExactly("passing", "next");
    }

    @Test
    void oneMayEndOthersThatAreDueAsWell() {
        Deadlines.Deadline[] second = new Deadlines.Deadline[1];
        deadlines.begin(
                new Deadlines.Deadline() {
                    @Override
                    protected void pass() {
                        deadlines.end(second[0]);
                    }
                },
                LENGTH);
        second[0] = begin("second", LENGTH);
        begin("third", LENGTH);

        advance(10);

        assertThat(passed).containsExactly("third");
    }

    static List<Runnable> failing() {
        return List.of(
                () -> {
                    throw new IllegalStateException("an executor of somebody");
                },
                () -> {
                    throw new LinkageError("a class of somebody");
                });
    }

    @ParameterizedTest
    @MethodSource("failing")
    void oneThatFailsLetsTheOthersPass(Runnable failing) {
        deadlines.begin(
                new Deadlines.Deadline() {
                    @Override
                    protected void pass() {
                        failing.run();
                    }
                },
                LENGTH);
        begin("other", LENGTH);

        advance(10);

        assertThat(passed).containsExactly("other");
    }
}
