package io.github.pbxsdk.it.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Where fakes and servers differ: what is found, and what {@code differences.txt} explains. */
final class Differences {

    private static final String FILE = "differences.txt";
    private static final String NOTHING = "";

    private Differences() {}

    /** Returns the lines that only one of them has, in their strands and their order. */
    static List<String> between(Map<String, List<String>> fake, Map<String, List<String>> server) {
        Set<String> strands = new TreeSet<>(fake.keySet());
        strands.addAll(server.keySet());
        List<String> found = new ArrayList<>();
        for (String strand : strands) {
            compare(
                    strand,
                    fake.getOrDefault(strand, List.of()),
                    server.getOrDefault(strand, List.of()),
                    found);
        }
        return found.stream().distinct().toList();
    }

    /** Follows the longest common part of both; what is beside it is a difference. */
    private static void compare(
            String strand, List<String> fake, List<String> server, List<String> found) {
        int[][] common = common(fake, server);
        int i = 0;
        int j = 0;
        while (i < fake.size() || j < server.size()) {
            String played = i < fake.size() ? fake.get(i) : NOTHING;
            String real = j < server.size() ? server.get(j) : NOTHING;
            if (played.equals(real)) {
                i++;
                j++;
            } else if (j == server.size()
                    || (i < fake.size() && common[i + 1][j] >= common[i][j + 1])) {
                found.add("fake | " + strand + ": " + played);
                i++;
            } else {
                found.add("server | " + strand + ": " + real);
                j++;
            }
        }
    }

    /** Returns how long the common part of the rests is, from each pair of places on. */
    private static int[][] common(List<String> fake, List<String> server) {
        int[][] common = new int[fake.size() + 1][server.size() + 1];
        for (int i = fake.size() - 1; i >= 0; i--) {
            for (int j = server.size() - 1; j >= 0; j--) {
                common[i][j] =
                        fake.get(i).equals(server.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    /** Returns the differences that the file has for a scenario on a release. */
    static List<String> known(int major, Scenario scenario) {
        return read().stream()
                .filter(entry -> entry.releases().contains(Integer.toString(major)))
                .filter(entry -> entry.scenarios().contains(scenario.name()))
                .map(Entry::difference)
                .toList();
    }

    /**
     * A line of the file.
     *
     * @param difference as {@link #between} writes it
     */
    private record Entry(List<String> releases, List<String> scenarios, String difference) {}

    private static List<Entry> read() {
        try (InputStream file = Differences.class.getResourceAsStream(FILE)) {
            String text =
                    new String(
                            Objects.requireNonNull(file, FILE).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Differences::entry)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    private static Entry entry(String line) {
        String[] parts = line.split(" *\\| *", -1);
        if (parts.length != 5 || parts[4].isBlank()) {
            throw new AssertionError(
                    FILE
                            + " has: releases | scenarios | who | strand: event | reason; not "
                            + line);
        }
        return new Entry(
                List.of(parts[0].split(", *")),
                List.of(parts[1].split(", *")),
                parts[2] + " | " + parts[3]);
    }
}
