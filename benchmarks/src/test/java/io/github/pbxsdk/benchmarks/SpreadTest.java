package io.github.pbxsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void isTheMiddleAndTheEnds() {
        assertThat(Spread.of(9, 1, 5)).isEqualTo(new Spread(5, 1, 9));
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
    }

    @Test
    void takesTheMeanOfTheTwoMiddleOnes() {
        assertThat(Spread.of(100, 1, 3, 2)).isEqualTo(new Spread(2.5, 1, 100));
    }

    @Test
    void needsAFigure() {
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTheRatioRoundByRound() {
        // The machine became ten times slower in the third round, for both.
        List<Round> rounds = List.of(round(200, 100), round(220, 100), round(20, 10));

        Spread ratio = Spread.of(rounds, Round::ratio);

        assertThat(ratio.median()).isCloseTo(2.0, within(1e-9));
        assertThat(ratio.most()).isCloseTo(2.2, within(1e-9));
    }

    @Test
    void knowsRatesAndBytes() {
        Measurement measured = new Measurement(500, 250_000_000, 12_000);

        assertThat(measured.perSecond()).isCloseTo(2000, within(1e-9));
        assertThat(measured.bytesPerOperation()).isCloseTo(24, within(1e-9));
    }

    @Test
    void refusesAMeasurementOfNothing() {
        assertThatThrownBy(() -> new Measurement(0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Measurement(1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Round round(long ours, long peer) {
        return new Round(new Measurement(ours, 1_000_000, 0), new Measurement(peer, 1_000_000, 0));
    }
}
