package io.github.pbxsdk.ami;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The table of the guide: which actions and events were seen where.
 *
 * <p>{@code recorded/ami-seen-live.tsv} is what a test sees again on real servers each time.
 */
final class SurfaceTable {

    private static final Path LIVE = Path.of("..", "recorded", "ami-seen-live.tsv");

    private final List<SurfaceIndex> rows = SurfaceIndex.rows();
    private final Set<String> live;

    SurfaceTable() {
        try {
            live = Set.copyOf(Files.readAllLines(LIVE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns it as it stands in the guide. */
    String markdown() {
        return table("action", "Actions") + "\n" + table("event", "Events");
    }

    private String table(String kind, String title) {
        return """
                | %s | how many | which |
                | --- | ---: | --- |
                %s%s%s%s%s"""
                .formatted(
                        title,
                        line(kind, "seen live on 16 and 22", row -> isLive(row, "16,22")),
                        line(kind, "seen live on 16 only", row -> isLive(row, "16")),
                        line(kind, "seen live on 22 only", row -> isLive(row, "22")),
                        line(kind, "seen in recordings of real servers", this::isRecordedOnly),
                        line(kind, "never seen: from Asterisk's sources", this::isUnseen));
    }

    private String line(String kind, String words, Predicate<SurfaceIndex> wanted) {
        List<String> names =
                rows.stream()
                        .filter(row -> row.kind().equals(kind))
                        .filter(wanted)
                        .map(SurfaceIndex::name)
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList();
        return names.isEmpty()
                ? ""
                : "| %s | %d | %s |\n"
                        .formatted(
                                words,
                                names.size(),
                                names.stream().collect(Collectors.joining("`, `", "`", "`")));
    }

    private boolean isLive(SurfaceIndex row, String versions) {
        return live.contains(row.kind() + "\t" + row.name() + "\t" + versions);
    }

    private boolean isLive(SurfaceIndex row) {
        return isLive(row, "16,22") || isLive(row, "16") || isLive(row, "22");
    }

    private boolean isRecordedOnly(SurfaceIndex row) {
        return !isLive(row) && !row.recorded().isEmpty();
    }

    private boolean isUnseen(SurfaceIndex row) {
        return !isLive(row) && row.recorded().isEmpty();
    }
}
