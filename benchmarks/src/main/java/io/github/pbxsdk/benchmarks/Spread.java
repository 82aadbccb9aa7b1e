package io.github.pbxsdk.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A handful of figures in three: the middle one and the two ends.
 *
 * <p>No mean and no deviation: with so few rounds on a machine that others use too, one stray round
 * would move both.
 */
record Spread(double median, double least, double most) {

    /**
     * Returns the spread of one figure over all rounds.
     *
     * @throws IllegalArgumentException if there is no round
     */
    static Spread of(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return of(rounds.stream().mapToDouble(figure).toArray());
    }

    static Spread of(double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
