package io.github.pbxsdk.testing;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a recorded call anew: with other people, ids that nobody has had, and times of today. */
final class Retelling {

    private static final Pattern IDS =
            Pattern.compile(
                    "(?<![\\d.])\\d{10}\\.\\d{1,4}(?!\\d)"
                            + "|(?<=-)0000[\\da-f]{4}\\b"
                            + "|\\b[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}\\b");

    /** Counters and codes that may look like an extension. */
    private static final Set<String> NUMBERS =
            Set.of("Cause", "Priority", "Duration", "BillableSeconds", "Sequence", "HoldTime");

    private static final Pattern RECORDED_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    private static final Pattern START_TIME = Pattern.compile("(?m)^StartTime: (\\d.*)$");
    private static final Pattern ANSWER_TIME = Pattern.compile("(?m)^AnswerTime: (\\d.*)$");
    private static final Pattern END_TIME = Pattern.compile("(?m)^EndTime: (\\d.*)$");
    private static final Pattern FILE_TIME = Pattern.compile("-\\d{8}-\\d{6}(?=-\\d{10}\\.)");
    private static final Pattern FILE_FOLDER =
            Pattern.compile("/\\d{4}/\\d\\d/\\d\\d/(?=internal-)");

    private static final DateTimeFormatter FILE_NAME_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final DateTimeFormatter FOLDER_DATE =
            DateTimeFormatter.ofPattern("'/'yyyy'/'MM'/'dd'/'");

    private static final DateTimeFormatter ARI_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");

    private final RecordedCall call;
    private final Map<String, String> people;
    private final Pattern names;
    private final Map<String, String> ids = new HashMap<>();
    private final Duration shift;
    private final Duration stretch;
    private final Instant begin;
    private final IntSupplier numbers;
    private Instant hangup = Instant.MAX;
    private Duration talk = Duration.ZERO;

    /**
     * Creates it.
     *
     * @param people the numbers and names of the recording with those to put in their place
     * @param ringing how long it is to ring before it is answered
     * @param begin when the first event is to be
     * @param numbers gives numbers that no call has had
     */
    Retelling(
            RecordedCall call,
            Map<String, String> people,
            Duration ringing,
            Instant begin,
            IntSupplier numbers) {
        this.call = call;
        this.people = Map.copyOf(people);
        this.names =
                Pattern.compile(
                        "(?<![\\w.])(?:" + String.join("|", people.keySet()) + ")(?![\\w.])");
        this.begin = begin;
        this.numbers = numbers;
        this.shift = Duration.between(call.start(), begin);
        this.stretch = ringing.minus(call.ringing());
    }

    /** Returns when something that was told then is told now. */
    Instant moved(Instant then) {
        Instant moved = then.plus(shift);
        Instant answered = then.isBefore(call.answer()) ? moved : moved.plus(stretch);
        return then.isBefore(hangup) ? answered : answered.plus(talk);
    }

    /** Has them hang up at a certain time, however long they talked in the recording. */
    void hangUp(Instant now) {
        talk = Duration.between(moved(call.hangup()), now);
        hangup = call.hangup();
    }

    /** Returns an AMI event with today's people, ids and time. */
    AmiMessage event(RecordedCall.Moment moment) {
        List<String> lines = moment.text().lines().toList();
        String[] pairs = new String[lines.size() * 2];
        for (int i = 0; i < lines.size(); i++) {
            int colon = lines.get(i).indexOf(':');
            String name = lines.get(i).substring(0, colon);
            pairs[2 * i] = name;
            pairs[2 * i + 1] = value(name, lines.get(i).substring(colon + 1).strip(), moment);
        }
        return AmiMessage.of(pairs);
    }

    private String value(String name, String value, RecordedCall.Moment moment) {
        return switch (name) {
            case "Timestamp" -> seconds(moved(moment.at()));
            case "StartTime", "AnswerTime", "EndTime", "EventTime" ->
                    RECORDED_TIME.matcher(value).matches() ? text(recordTime(value)) : value;
            case "Duration" -> duration(value, START_TIME, moment);
            case "BillableSeconds" -> duration(value, ANSWER_TIME, moment);
            default -> NUMBERS.contains(name) ? value : told(value);
        };
    }

    private static String seconds(Instant at) {
        return String.format(Locale.ROOT, "%d.%06d", at.getEpochSecond(), at.getNano() / 1000);
    }

    /** Only a record that saw the ringing, or a talk of today, is longer or shorter than it was. */
    private String duration(String value, Pattern begin, RecordedCall.Moment moment) {
        Matcher start = begin.matcher(moment.text());
        Matcher end = END_TIME.matcher(moment.text());
        return start.find() && end.find()
                ? Long.toString(
                        Duration.between(recordTime(start.group(1)), recordTime(end.group(1)))
                                .toSeconds())
                : value;
    }

    /** Returns an ARI event with today's people, ids and time, for an application. */
    String json(RecordedCall.Moment moment, String application) {
        String time = ARI_TIME.format(LocalDateTime.ofInstant(moved(moment.at()), ZoneOffset.UTC));
        return told(moment.text(), Retelling::escaped)
                .replaceFirst("(\"timestamp\":\")[\\d-]+T[\\d:.]+", "$1" + time)
                .replace("\"application\":\"timeline\"", "\"application\":\"" + application + "\"");
    }

    /** Returns the call records with today's people, ids and times. */
    List<Map<String, String>> records() {
        return call.records().stream().map(this::record).toList();
    }

    private Map<String, String> record(Map<String, String> row) {
        Map<String, String> told = new LinkedHashMap<>();
        row.forEach((name, value) -> told.put(name, NUMBERS.contains(name) ? value : told(value)));
        Instant start = recordTime(row.getOrDefault("start", ""));
        Instant end = recordTime(row.getOrDefault("end", ""));
        told.put("calldate", text(start));
        told.put("start", text(start));
        told.put("end", text(end));
        told.put("duration", Long.toString(Duration.between(start, end).toSeconds()));
        String answered = row.getOrDefault("answer", "");
        if (!answered.isEmpty()) {
            Instant answer = recordTime(answered);
            told.put("answer", text(answer));
            told.put("billsec", Long.toString(Duration.between(answer, end).toSeconds()));
        }
        return told;
    }

    /** Call records have whole seconds, so that an answer lies before the moment it was told. */
    private Instant recordTime(String text) {
        Instant then =
                LocalDateTime.parse(text, RecordedCall.RECORD_TIME).toInstant(ZoneOffset.UTC);
        boolean after = !then.plusSeconds(1).isBefore(call.answer()) && then.isAfter(call.start());
        boolean over = after && !then.plusSeconds(1).isBefore(hangup);
        return over ? moved(hangup) : then.plus(shift).plus(after ? stretch : Duration.ZERO);
    }

    private static String text(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC).format(RecordedCall.RECORD_TIME);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private String told(String text) {
        return told(text, UnaryOperator.identity());
    }

    private String told(String text, UnaryOperator<String> written) {
        LocalDateTime start = LocalDateTime.ofInstant(begin, ZoneOffset.UTC);
        String dated = FILE_TIME.matcher(text).replaceAll("-" + FILE_NAME_TIME.format(start));
        String placed = FILE_FOLDER.matcher(dated).replaceAll(FOLDER_DATE.format(start));
        // Ids first: one that a client has given may look like one of the recording.
        String fresh = IDS.matcher(placed).replaceAll(this::id);
        return names.matcher(fresh)
                .replaceAll(
                        found -> Matcher.quoteReplacement(written.apply(person(found.group()))));
    }

    private String person(String recorded) {
        return people.getOrDefault(recorded, recorded);
    }

    private String id(MatchResult found) {
        return ids.computeIfAbsent(found.group(), this::newId);
    }

    private String newId(String old) {
        if (old.indexOf('.') > 0) {
            return begin.getEpochSecond() + "." + numbers.getAsInt();
        }
        return old.indexOf('-') > 0
                ? UUID.randomUUID().toString()
                : String.format(Locale.ROOT, "%08x", numbers.getAsInt());
    }
}
