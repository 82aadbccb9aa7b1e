package io.github.pbxsdk.core.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.internal.SafeProgress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Progress THIRTY = Progress.of(30, "recordings", Duration.ofSeconds(12));

    @Test
    void readsAsALineForALog() {
        assertThat(THIRTY).hasToString("30 recordings, 12 s");
        assertThat(THIRTY.withTotal(400).withDetail("q-1.wav"))
                .hasToString("30 of 400 recordings, 12 s: q-1.wav");
    }

    @Test
    void fractionIsKnownWithTheTotal() {
        assertThat(THIRTY.fraction()).isEmpty();
        assertThat(THIRTY.withTotal(120).fraction()).hasValue(0.25);
        assertThat(Progress.of(0, "recordings", Duration.ZERO).withTotal(0).fraction()).hasValue(1);
    }

    @Test
    void negativeFiguresAreRefused() {
        assertThatThrownBy(() -> Progress.of(-1, "recordings", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("done must not be negative, but is -1");
        assertThatThrownBy(() -> THIRTY.withTotal(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void throwingListenerDoesNotStopTheWork() {
        ProgressListener broken =
                progress -> {
                    throw new IllegalStateException("broken listener");
                };

        assertThatCode(() -> new SafeProgress(broken).onProgress(THIRTY))
                .doesNotThrowAnyException();
    }
}
