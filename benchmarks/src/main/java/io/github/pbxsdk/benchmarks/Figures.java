package io.github.pbxsdk.benchmarks;

import java.util.List;
import java.util.Locale;

/** Figures as people read them: about three digits, a unit, and the spread where there is one. */
final class Figures {

    private Figures() {}

    /** Returns a rate, such as {@code 1.25 M/s (1.20–1.31)}. */
    static String rate(Spread perSecond) {
        Unit unit = Unit.of(perSecond.median(), Unit.RATES);
        return withSpread(perSecond, unit.size(), unit.suffix());
    }

    /** Returns a size, such as {@code 1.25 kB (1.20–1.31)}. */
    static String bytes(Spread bytes) {
        Unit unit = Unit.of(bytes.median(), Unit.SIZES);
        return withSpread(bytes, unit.size(), unit.suffix());
    }

    /** Returns a number of things, such as {@code 8123 (7940–8310)}. */
    static String count(Spread things) {
        return withSpread(things, 1, 0, "");
    }

    /** Returns a ratio, such as {@code 13.1 (12.8–13.3)}. */
    static String ratio(Spread ratio) {
        return withSpread(ratio, 1, "");
    }

    private static String withSpread(Spread spread, double unit, String suffix) {
        return withSpread(spread, unit, decimals(spread.median() / unit), suffix);
    }

    private static String withSpread(Spread spread, double unit, int decimals, String suffix) {
        String median = digits(spread.median() / unit, decimals);
        String least = digits(spread.least() / unit, decimals);
        String most = digits(spread.most() / unit, decimals);
        return least.equals(most)
                ? median + suffix
                : median + suffix + " (" + least + "–" + most + ")";
    }

    private static int decimals(double value) {
        if (value >= 100) {
            return 0;
        }
        return value >= 10 ? 1 : 2;
    }

    private static String digits(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private record Unit(double size, String suffix) {

        static final List<Unit> RATES =
                List.of(
                        new Unit(1e9, " G/s"),
                        new Unit(1e6, " M/s"),
                        new Unit(1e3, " k/s"),
                        new Unit(1, " /s"));

        static final List<Unit> SIZES =
                List.of(new Unit(1e6, " MB"), new Unit(1e3, " kB"), new Unit(1, " B"));

        static Unit of(double value, List<Unit> units) {
            return units.stream()
                    .filter(unit -> value >= unit.size)
                    .findFirst()
                    .orElseGet(() -> units.get(units.size() - 1));
        }
    }
}
