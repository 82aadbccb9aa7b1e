package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What there is of the surface and where it was seen: each action and event with its versions, its
 * access or classes, and the servers it was recorded on. The table of the guide is made from it.
 *
 * @param kind {@code action} or {@code event}
 * @param recorded the releases in whose recordings it occurs
 */
record SurfaceIndex(
        String kind,
        String name,
        String type,
        List<String> branches,
        String rights,
        Set<String> recorded) {

    private static final String REQUEST = "> Action: ";

    static List<SurfaceIndex> rows() {
        Map<String, Set<String>> events = new TreeMap<>();
        Map<String, Set<String>> actions = new TreeMap<>();
        RecordedSession.all().forEach(session -> look(session, events, actions));
        return Stream.concat(
                        SurfaceData.actions()
                                .map(data -> row("action", data, data.text("access"), actions)),
                        SurfaceData.events()
                                .map(
                                        data ->
                                                row(
                                                        "event",
                                                        data,
                                                        String.join(",", data.texts("classes")),
                                                        events)))
                .toList();
    }

    private static SurfaceIndex row(
            String kind, SurfaceData.Item data, String rights, Map<String, Set<String>> seen) {
        String type =
                kind.equals("event")
                        ? AmiEvent.of(AmiFields.of("Event", data.name())).getClass().getSimpleName()
                        : "";
        return new SurfaceIndex(
                kind,
                data.name(),
                type,
                data.texts("branches"),
                rights,
                seen.getOrDefault(data.name(), Set.of()));
    }

    private static void look(
            RecordedSession session,
            Map<String, Set<String>> events,
            Map<String, Set<String>> actions) {
        String release = release(session.file());
        RecordedEvents.of(session)
                .forEach(
                        event ->
                                events.computeIfAbsent(event.name(), name -> new TreeSet<>())
                                        .add(release));
        requests(session.file())
                .forEach(
                        name -> actions.computeIfAbsent(name, key -> new TreeSet<>()).add(release));
    }

    private static List<String> requests(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(REQUEST))
                    .map(line -> line.substring(REQUEST.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of a recording is named after what was recorded. */
    private static String release(Path file) {
        for (Path part : file) {
            if (part.toString().matches("freepbx\\d+|\\d+\\.\\d+\\.\\d+")) {
                return part.toString();
            }
        }
        throw new IllegalArgumentException("no release in " + file);
    }

    @Override
    public String toString() {
        return String.join(
                "\t",
                kind,
                name,
                type,
                String.join(",", branches),
                rights,
                recorded.isEmpty() ? "never" : String.join(",", recorded));
    }
}
