package io.github.pbxsdk.recordings;

import io.github.pbxsdk.core.call.CallDirection;
import io.github.pbxsdk.core.message.Address;
import io.github.pbxsdk.core.message.ExtensionNumber;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a FreePBX recording tells: {@code
 * internal-102-101-20261121-030000-1795219200.168.wav}.
 *
 * <p>It is read from the right, since the numbers in front hold whatever a caller or an
 * administrator has put there, dashes included. Immutable.
 */
public final class FreePbxRecordingName {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<head>.*)-(?<date>\\d{8})-(?<time>\\d{6})"
                            + "-(?<uniqueid>(?:.+-)?(?<epoch>\\d{9,11})\\.\\d+)"
                            + "(?:\\.(?<format>[A-Za-z][A-Za-z0-9]*))?",
                    Pattern.DOTALL);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("uuuu/MM/dd/");
    private static final int QUARTER_SECONDS = 15 * 60;

    private final String base;
    private final String type;
    private final String to;
    private final String from;
    private final LocalDateTime stamp;
    private final String uniqueid;
    private final Instant channelStart;
    private final @Nullable String format;

    private FreePbxRecordingName(String file, Matcher form) {
        this.format = form.group("format");
        this.base = format == null ? file : file.substring(0, file.length() - format.length() - 1);
        this.stamp =
                LocalDateTime.of(
                        LocalDate.parse(form.group("date"), DATE),
                        LocalTime.parse(form.group("time"), TIME));
        this.uniqueid = form.group("uniqueid");
        this.channelStart = Instant.ofEpochSecond(Long.parseLong(form.group("epoch")));
        String[] head = form.group("head").split("-", 3);
        boolean isRoom = head[0].matches("\\d+");
        this.type = isRoom ? "conference" : head[0];
        this.to = isRoom ? head[0] : part(head, 1);
        this.from = isRoom ? caller(head) : part(head, 2);
    }

    private static String part(String[] head, int index) {
        return index < head.length ? head[index] : "";
    }

    /** A conference has its own number twice, a page the caller in the second place. */
    private static String caller(String[] head) {
        return part(head, 1).equals(head[0]) ? "" : part(head, 1);
    }

    /**
     * Reads a name, if it has this form.
     *
     * @param file a whole path, a bare file name, or the name of a recording without extension
     */
    public static Optional<FreePbxRecordingName> find(String file) {
        String last = file.substring(file.lastIndexOf('/') + 1);
        Matcher form = FORM.matcher(last);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FreePbxRecordingName(last, form));
        } catch (DateTimeException e) {
            // Digits in the right places that are no date: somebody else's name.
            return Optional.empty();
        }
    }

    /**
     * Returns the name under which sources know it: with the folder of its day, without extension.
     */
    public String recordingName() {
        return FOLDER.format(stamp) + base;
    }

    /** Returns what recorded it, such as {@code in}, {@code out}, {@code internal}, {@code q}. */
    public String type() {
        return type;
    }

    /** Returns which way the call went, as far as the type tells. */
    public CallDirection direction() {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "in", "external" -> CallDirection.INBOUND;
            case "out" -> CallDirection.OUTBOUND;
            case "internal" -> CallDirection.INTERNAL;
            default -> CallDirection.UNKNOWN;
        };
    }

    /** Returns who called, unless it is unknown. */
    public Optional<Address> from() {
        boolean isExtension = type.equals("internal") || type.equals("out");
        return address(from, isExtension);
    }

    /** Returns who was called: a number, or an extension, queue or room. */
    public Optional<Address> to() {
        return address(to, !type.equals("in") && !type.equals("out"));
    }

    private static Optional<Address> address(String text, boolean isExtension) {
        if (text.isEmpty() || text.equals("unknown")) {
            return Optional.empty();
        }
        Address parsed = Address.parse(text);
        boolean isLocal = isExtension && parsed.kind() == Address.Kind.UNPARSED;
        return Optional.of(
                isLocal
                        ? ExtensionNumber.find(text).<Address>map(found -> found).orElse(parsed)
                        : parsed);
    }

    /** Returns the local time of the PBX at which the recording was first thought of. */
    public LocalDateTime stamp() {
        return stamp;
    }

    /** Returns the unique id of the recorded channel. */
    public String uniqueid() {
        return uniqueid;
    }

    /** Returns when the recorded channel was made: the one time here that has no zone. */
    public Instant channelStart() {
        return channelStart;
    }

    /** Returns the extension, if there was one. */
    public Optional<String> format() {
        return Optional.ofNullable(format);
    }

    /**
     * Returns the stamp as an instant. Where the clocks were put back and the stamp happened twice,
     * it is the one that fits the unique id.
     *
     * @param zone of the PBX
     */
    public Instant start(ZoneId zone) {
        return Stream.of(
                        stamp.atZone(zone).withEarlierOffsetAtOverlap().toInstant(),
                        stamp.atZone(zone).withLaterOffsetAtOverlap().toInstant())
                .min(Comparator.comparing(time -> Duration.between(channelStart, time).abs()))
                .orElseThrow();
    }

    /**
     * Returns how far the clock on the wall of the PBX was ahead of UTC, learnt from stamp and
     * unique id; none if they are too far apart.
     */
    public Optional<ZoneOffset> offset() {
        long seconds = Duration.between(channelStart, stamp.toInstant(ZoneOffset.UTC)).toSeconds();
        long rounded = Math.floorDiv(seconds, QUARTER_SECONDS) * QUARTER_SECONDS;
        boolean isPossible = Math.abs(rounded) <= ZoneOffset.MAX.getTotalSeconds();
        return isPossible
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) rounded))
                : Optional.empty();
    }

    /** Returns type, stamp and unique id; the numbers stay out. */
    @Override
    public String toString() {
        return "FreePbxRecordingName[" + type + ", " + stamp + ", " + uniqueid + "]";
    }
}
