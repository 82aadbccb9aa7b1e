package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.recording.CallRecording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where in a folder a recording lies, and what lies beside it. */
final class RecordingFiles {

    static final String DESCRIPTION = ".json";
    static final String UNFINISHED = ".part";

    private static final Pattern DAY = Pattern.compile("(\\d{4})/(\\d{2})/(\\d{2})/([^/]+)");
    private static final Pattern DAY_FOLDER = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("uuuu/MM/dd");

    /** With extension, description and mark of a write under way it stays below 255 bytes. */
    private static final int LONGEST_NAME = 200;

    private final Path folder;
    private final ZoneId zone;

    RecordingFiles(Path folder, ZoneId zone) {
        this.folder = folder.toAbsolutePath().normalize();
        this.zone = zone;
    }

    Path folder() {
        return folder;
    }

    Path target(CallRecording recording) {
        String name = recording.name();
        Matcher day = DAY.matcher(name);
        String base = day.matches() ? day.group(4) : name;
        String revision = recording.revision() == 1 ? "" : "~" + recording.revision();
        String format = recording.format().map(known -> "." + safe(known)).orElse("");
        return folder.resolve(day(recording)).resolve(shortened(safe(base)) + revision + format);
    }

    private String day(CallRecording recording) {
        Matcher day = DAY.matcher(recording.name());
        if (day.matches()) {
            return day.group(1) + "/" + day.group(2) + "/" + day.group(3);
        }
        return FreePbxRecordingName.find(recording.name())
                .map(name -> DAYS.format(name.stamp()))
                .or(() -> recording.start().map(start -> DAYS.format(start.atZone(zone))))
                .orElse("undated");
    }

    /** Everything that a file system or a shell could take for more than a name is escaped. */
    private static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (unit & 0xff);
            boolean isFirstDot = letter == '.' && safe.isEmpty();
            if (isPlain(letter) && !isFirstDot) {
                safe.append(letter);
            } else {
                safe.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
        }
        return safe.toString();
    }

    private static boolean isPlain(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || "-_.+".indexOf(letter) >= 0;
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME - 33) + "-" + sha256(name).substring(0, 32);
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Path description(Path file) {
        return file.resolveSibling(file.getFileName() + DESCRIPTION);
    }

    static Path hold(Path file) {
        return file.resolveSibling(file.getFileName() + ".hold");
    }

    static Path unfinished(Path file) {
        return file.resolveSibling("." + file.getFileName() + UNFINISHED);
    }

    /** Returns the recording that a description is about. */
    static CallRecording read(Path description) {
        try {
            return RecordingJson.read(Files.readString(description));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file that a description is about. */
    static Path described(Path description) {
        String name = description.getFileName().toString();
        return description.resolveSibling(name.substring(0, name.length() - DESCRIPTION.length()));
    }

    boolean contains(CallRecording recording) throws IOException {
        requireRoom(recording);
        return Files.exists(target(recording));
    }

    /** Two names of one PBX never share a place, apart from one with and one without a day. */
    void requireRoom(CallRecording recording) throws IOException {
        Path file = target(recording);
        if (!Files.exists(file)) {
            return;
        }
        CallRecording there = RecordingJson.read(Files.readString(description(file)));
        if (!there.key().equals(recording.key())) {
            throw new IOException(
                    ("the place of a recording of " + recording.pbx() + " in " + folder)
                            + (" is taken by another one, of " + there.pbx())
                            + ": give each PBX a folder of its own");
        }
    }

    /** Returns all descriptions, also of what a crash kept from appearing; to be closed. */
    Stream<Path> descriptions() {
        return days().flatMap(RecordingFiles::descriptions);
    }

    /** Returns the descriptions in the folders of a day and those before it; to be closed. */
    Stream<Path> descriptionsUntil(LocalDate last) {
        return days().filter(day -> !isAfter(day, last)).flatMap(RecordingFiles::descriptions);
    }

    private boolean isAfter(Path day, LocalDate last) {
        String text = folder.relativize(day).toString().replaceAll("[/\\\\]", "-");
        return DAY_FOLDER.matcher(text).matches() && text.compareTo(last.toString()) > 0;
    }

    private Stream<Path> days() {
        return Stream.concat(
                sorted(folder)
                        .flatMap(RecordingFiles::sorted)
                        .flatMap(RecordingFiles::sorted)
                        .filter(Files::isDirectory),
                Stream.of(folder.resolve("undated")));
    }

    private static Stream<Path> descriptions(Path day) {
        return sorted(day).filter(file -> file.getFileName().toString().endsWith(DESCRIPTION));
    }

    private static Stream<Path> sorted(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
