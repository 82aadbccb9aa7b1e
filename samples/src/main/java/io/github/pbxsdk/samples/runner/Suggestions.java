package io.github.pbxsdk.samples.runner;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Finds what somebody may have meant who mistyped a name. */
final class Suggestions {

    private static final int MOST = 3;

    private Suggestions() {}

    /** Returns {@code "; did you mean x or y?"}, or nothing when no name is near. */
    static String didYouMean(String typed, Collection<String> names, String prefix) {
        List<String> near = near(typed, names);
        return near.isEmpty()
                ? ""
                : near.stream()
                        .map(name -> prefix + name)
                        .collect(Collectors.joining(" or ", "; did you mean ", "?"));
    }

    private static List<String> near(String typed, Collection<String> names) {
        return names.stream()
                .filter(name -> isNear(typed, name))
                .sorted(Comparator.comparingInt(name -> distance(typed, name)))
                .limit(MOST)
                .toList();
    }

    private static boolean isNear(String typed, String name) {
        return distance(typed, name) <= Math.max(2, name.length() / 3)
                || (typed.length() >= 3 && name.startsWith(typed));
    }

    /** Counts the letters to insert, remove or replace (Levenshtein's distance). */
    private static int distance(String typed, String name) {
        int[] row = new int[name.length() + 1];
        for (int column = 0; column <= name.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= typed.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= name.length(); column++) {
                int replaced =
                        diagonal + (typed.charAt(line - 1) == name.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[name.length()];
    }
}
