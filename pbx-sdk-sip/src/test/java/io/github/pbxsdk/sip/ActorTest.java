package io.github.pbxsdk.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActorTest {

    private final Actor actor = new Actor(Runnable::run);
    private final List<String> ran = new ArrayList<>();

    @Test
    void aTaskThatFailsDoesNotStopTheNext() {
        actor.execute(
                () -> {
                    throw new NoClassDefFoundError("a library of the application");
                });
        actor.execute(() -> ran.add("next"));

        assertThat(ran).containsExactly("next");
    }

    @Test
    void whatWaitsAtTheEndStillRunsAndNothingIsTakenAfterIt() {
        actor.execute(
                () -> {
                    actor.execute(() -> ran.add("waiting"));
                    actor.close();
                });

        assertThat(ran).containsExactly("waiting");
        assertThat(actor.offer(() -> ran.add("late"))).isFalse();
        assertThat(ran).containsExactly("waiting");
    }
}
