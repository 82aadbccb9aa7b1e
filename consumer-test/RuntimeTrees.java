import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints what a module brings at run time, with sizes, and compares it with the table in the
 * module's README.
 *
 * <p>Arguments: a folder with tree.txt and list.txt as the dependency plugin writes them, the
 * README, and {@code --update} to write the table instead of comparing. {@code run} calls it.
 */
public final class RuntimeTrees {

    private static final String OPEN = "<!-- runtime-tree -->";
    private static final String CLOSE = "<!-- /runtime-tree -->";

    /** A line of list.txt: group:artifact:jar:version:scope:/path/of/the.jar, and a module name. */
    private static final Pattern LISTED =
            Pattern.compile("\\s+([^:\\s]+):([^:]+):jar:([^:]+):(?:compile|runtime):(.*?\\.jar).*");

    /** A row of the table. */
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (\\d+) KB \\|");

    private RuntimeTrees() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path readme = Path.of(arguments[1]);
        Map<String, Long> sizes = sizes(folder.resolve("list.txt"));
        print(Files.readAllLines(folder.resolve("tree.txt")), sizes);
        if (List.of(arguments).contains("--update")) {
            update(readme, sizes);
            return;
        }
        List<String> complaints = compare(sizes, table(readme));
        complaints.forEach(complaint -> System.err.println(readme + ": " + complaint));
        if (!complaints.isEmpty()) {
            System.err.println("Is that wanted? Then write the table: consumer-test/run --update");
            System.exit(1);
        }
    }

    /** Returns the kilobytes of each artifact, rounded up. */
    private static Map<String, Long> sizes(Path list) throws IOException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(list)) {
            Matcher matcher = LISTED.matcher(line);
            if (matcher.matches()) {
                long bytes = Files.size(Path.of(matcher.group(4)));
                sizes.put(matcher.group(2), (bytes + 1023) / 1024);
            }
        }
        return sizes;
    }

    private static void print(List<String> tree, Map<String, Long> sizes) {
        for (String line : tree.subList(1, tree.size())) {
            String[] parts = line.split(":", -1);
            String name = String.join(":", parts[0], parts[1], parts[3]);
            System.out.printf("%-70s %6d KB%n", name, sizes.get(parts[1]));
        }
        System.out.printf("%-70s %6d KB%n%n", "together", total(sizes));
    }

    private static Map<String, Long> table(Path readme) throws IOException {
        String text = Files.readString(readme);
        Map<String, Long> limits = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(text.substring(text.indexOf(OPEN), text.indexOf(CLOSE)));
        while (rows.find()) {
            limits.put(rows.group(1), Long.valueOf(rows.group(2)));
        }
        return limits;
    }

    private static List<String> compare(Map<String, Long> sizes, Map<String, Long> limits) {
        List<String> complaints = new ArrayList<>();
        sizes.forEach(
                (artifact, size) -> {
                    Long limit = limits.get(artifact);
                    if (limit == null) {
                        complaints.add(artifact + " has come, with " + size + " KB");
                    } else if (size > limit) {
                        complaints.add(artifact + " has " + size + " KB, not " + limit);
                    }
                });
        limits.keySet().stream()
                .filter(artifact -> !sizes.containsKey(artifact))
                .forEach(artifact -> complaints.add(artifact + " has gone"));
        return complaints;
    }

    private static void update(Path readme, Map<String, Long> sizes) throws IOException {
        StringBuilder table = new StringBuilder(OPEN + "\n");
        table.append("| artifact | at most |\n| --- | ---: |\n");
        Map<String, Long> limits = new LinkedHashMap<>();
        sizes.forEach((artifact, size) -> limits.put(artifact, limit(artifact, size)));
        limits.forEach(
                (artifact, limit) -> table.append("| `%s` | %d KB |\n".formatted(artifact, limit)));
        table.append("| together | %d KB |\n".formatted(total(limits)));
        String text = Files.readString(readme);
        Files.writeString(
                readme,
                text.substring(0, text.indexOf(OPEN)) + table + text.substring(text.indexOf(CLOSE)));
    }

    /** Our own code may grow a little before somebody has to look at this table again. */
    private static long limit(String artifact, long size) {
        return artifact.startsWith("pbx-sdk") ? (size * 3 / 2 + 99) / 100 * 100 : size;
    }

    private static long total(Map<String, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
