package io.github.pbxsdk.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results as a table that reads well in a terminal and is Markdown too. */
final class Table {

    private static final List<String> HEADER =
            List.of(
                    "what",
                    "ours",
                    "peer",
                    "ratio",
                    "bytes ours",
                    "bytes peer",
                    "lost ours",
                    "lost peer");

    private Table() {}

    static String of(List<Result> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        results.forEach(result -> rows.add(row(result)));
        int[] widths =
                IntStream.range(0, HEADER.size()).map(column -> width(rows, column)).toArray();
        rows.add(1, rule(widths));
        return rows.stream()
                .map(row -> line(row, widths))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> row(Result result) {
        List<Round> rounds = result.rounds();
        return List.of(
                result.benchmark() + ": " + result.what() + " (" + result.operations() + ")",
                Figures.rate(Spread.of(rounds, round -> round.ours().perSecond())),
                Figures.rate(Spread.of(rounds, round -> round.peer().perSecond())),
                Figures.ratio(Spread.of(rounds, Round::ratio)),
                Figures.bytes(Spread.of(rounds, round -> round.ours().bytesPerOperation())),
                Figures.bytes(Spread.of(rounds, round -> round.peer().bytesPerOperation())),
                lost(rounds.stream().map(Round::ours)),
                lost(rounds.stream().map(Round::peer)));
    }

    private static String lost(Stream<Measurement> side) {
        double[] lost =
                side.flatMapToLong(measured -> measured.lost().stream()).asDoubleStream().toArray();
        return lost.length == 0 ? "–" : Figures.count(Spread.of(lost));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static List<String> rule(int[] widths) {
        return IntStream.of(widths).mapToObj("-"::repeat).toList();
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> padded(row.get(column), widths[column]))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
