package io.github.pbxsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "1254321, 1200000, 1310000, 1.25 M/s (1.20–1.31)",
        "999, 998, 1001, 999 /s (998–1001)",
        "12345, 12345, 12345, 12.3 k/s",
        "2e9, 1.5e9, 2.5e9, 2.00 G/s (1.50–2.50)",
        "950000, 450000, 1550000, 950 k/s (450–1550)",
    })
    void ratesHaveThreeDigitsAUnitAndTheirSpread(
            double median, double least, double most, String expected) {
        assertThat(Figures.rate(new Spread(median, least, most))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.0001, 0.00 B", "24, 24.0 B", "1536, 1.54 kB", "14700, 14.7 kB", "3e6, 3.00 MB"})
    void bytesHaveThemToo(double value, String expected) {
        assertThat(Figures.bytes(new Spread(value, value, value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.004, 0.97, 1.05, 1.00 (0.97–1.05)", "13.06, 13.06, 13.06, 13.1"})
    void ratiosHaveNoUnit(double median, double least, double most, String expected) {
        assertThat(Figures.ratio(new Spread(median, least, most))).isEqualTo(expected);
    }
}
