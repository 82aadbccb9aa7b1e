package io.github.pbxsdk.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.pbxsdk.core.state.LeaseLostException;
import io.github.pbxsdk.core.state.StateStore;
import io.github.pbxsdk.core.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptLeaseTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-11-21T04:00:00Z"));
    private final StateStore store = StateStore.inMemory(time);
    private final KeptLease lease =
            new KeptLease(store.lease("run", MINUTE).orElseThrow(), time, Runnable::run);

    @AfterEach
    void close() {
        store.close();
    }

    private boolean isFree() {
        return store.lease("run", MINUTE).isPresent();
    }

    @Test
    void isKeptWhileTheRunShowsSignsOfLife() {
        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofMinutes(14));
            lease.signOfLife();
        }

        assertThat(isFree()).isFalse();
        lease.close();
        assertThat(isFree()).isTrue();
        assertThat(time.pending()).isEmpty();
    }

    @Test
    void aRunThatHangsKeepsNobodyOut() {
        time.advance(Duration.ofMinutes(17));

        assertThat(isFree()).isTrue();
    }

    @Test
    void isKeptForHoursWhileASinkIsAtWork() throws Exception {
        lease.keepWhile(
                () -> {
                    lease.keepWhile(() -> time.advance(MINUTE));
                    time.advance(Duration.ofHours(5));
                });

        assertThat(isFree()).isFalse();
        time.advance(Duration.ofMinutes(17));
        assertThat(isFree()).as("after the sink it is as before").isTrue();
    }

    @Test
    void aSinkThatHangsKeepsNobodyOutForEver() throws Exception {
        lease.keepWhile(
                () -> {
                    time.advance(Duration.ofHours(6).plus(MINUTE).plus(MINUTE));
                    assertThat(isFree()).isTrue();
                });
    }

    @Test
    void whoHasLostItIsToldAtTheNextSignOfLife() {
        lease.lease().close();
        time.advance(MINUTE);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(lease::signOfLife);
    }
}
