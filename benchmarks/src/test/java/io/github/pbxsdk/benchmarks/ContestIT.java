package io.github.pbxsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ContestIT {

    private static final Plan SHORT = new Plan(2, Duration.ofMillis(50), Duration.ofMillis(80));

    @TempDir Path folder;
    private final List<String> progress = new ArrayList<>();

    @AfterEach
    void leavesNoProcess() {
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void measuresBothSidesAgainstAGeneratorInItsOwnProcess() throws Exception {
        List<Round> rounds = new Contest(new Echo(), SHORT, folder, progress::add).run();

        assertThat(rounds).hasSize(2);
        assertThat(rounds).allSatisfy(round -> assertThat(round.ratio()).isPositive());
        assertThat(rounds)
                .extracting(round -> round.ours().nanos())
                .allSatisfy(
                        nanos ->
                                assertThat(nanos)
                                        .isGreaterThanOrEqualTo(SHORT.measured().toNanos()));
        assertThat(rounds)
                .allSatisfy(
                        round -> {
                            assertThat(round.ours().lost()).hasValue(0);
                            assertThat(round.peer().lost()).hasValue(Echo.LOST_BY_THE_PEER);
                        });
        assertThat(progress).containsExactly("echo: round 1 of 2", "echo: round 2 of 2");
    }

    @Test
    void saysWhyASideFailed() {
        Contest contest = new Contest(new Broken(), SHORT, folder, progress::add);

        assertThatThrownBy(contest::run)
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("broken-OURS failed")
                .hasMessageContaining("out of order");
    }

    @Test
    void endsASideThatDoesNotEnd() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.side(new Broken(), folder, Side.PEER, "")) {
            jvm.tell(Fork.WARM_UP, Duration.ofSeconds(1));

            assertThatThrownBy(() -> jvm.awaitResult(Duration.ofSeconds(1)))
                    .isInstanceOf(BenchmarkException.class)
                    .hasMessageContaining("broken-PEER was not ready after 1 s");
        }
    }
}
