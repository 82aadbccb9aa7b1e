package io.github.pbxsdk.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real call as it was recorded: what AMI and ARI told, when, and the call records it left. */
final class RecordedCall {

    static final DateTimeFormatter RECORD_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private static final Pattern AMI_TIME = Pattern.compile("(?m)^Timestamp: (\\d+)\\.(\\d+)$");
    private static final Pattern ARI_TIME =
            Pattern.compile("\"timestamp\":\"([\\d-]+T[\\d:.]+)\\+0000\"");

    /** The server of the recordings had a second queue with the same people; a fake has one. */
    private static final Pattern OTHER_QUEUE = Pattern.compile("\\bQueue: ?501");

    /** How much sooner ARI may tell of a call than AMI; nothing else happens just before. */
    private static final Duration SOONER = Duration.ofMillis(100);

    /** Who calls in the recordings of originated calls, whose number somebody else has as well. */
    private static final Pattern CALLER =
            Pattern.compile(
                    "103(?=\n\\w+: Click to call|\",\"Click to call)"
                            + "|(?<=Click to call\",\"number\":\")103"
                            + "|(?<=Click to call\"{1,2} <)103"
                            + "|(?<=Click to call\"\" <103>\",\")103"
                            + "|(?<=\nSource: |cnum\\)=)103");

    /** The first sign that a talk has ended; 22 tells of the sound before it tells who hung up. */
    private static final Pattern HANGUP = Pattern.compile("RTPAUDIOQOS|HangupRequest");

    private final List<Moment> moments;
    private final List<Map<String, String>> records;
    private final Instant answer;
    private final Instant hangup;

    private RecordedCall(
            List<Moment> moments,
            List<Map<String, String>> records,
            Instant answer,
            Instant hangup) {
        this.moments = moments;
        this.records = records;
        this.answer = answer;
        this.hangup = hangup;
    }

    /** Where something was told. */
    enum Source {
        AMI,
        ARI
    }

    /** An event as text, and when it was told. */
    record Moment(Source source, Instant at, String text) {

        Moment with(String other) {
            return new Moment(source, at, other);
        }
    }

    static RecordedCall read(String version, String name) {
        String folder = "calls/" + version + "/" + name + "/";
        List<Moment> ami = ami(text(folder + "ami.txt"));
        List<Moment> all = new ArrayList<>(ami);
        all.addAll(ari(text(folder + "ari.jsonl"), ami.get(0).at()));
        all.sort(Comparator.comparing(Moment::at));
        Instant answer = answer(ami);
        return new RecordedCall(
                all, records(text(folder + "cdr.csv")), answer, hangup(all, answer));
    }

    private static String text(String name) {
        try (InputStream file = RecordedCall.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("no recorded call " + name);
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return CALLER.matcher(text).replaceAll("CALLER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what the server told from the first sign of the call on. */
    private static List<Moment> ami(String session) {
        List<Moment> moments = new ArrayList<>();
        for (String block : session.split("\n\n", -1)) {
            String text = block.strip();
            Matcher time = AMI_TIME.matcher(text);
            boolean isEvent = text.startsWith("Event: ") && time.find() && isOfThisStory(text);
            boolean begun = !moments.isEmpty() || text.startsWith("Event: CEL");
            if (isEvent && (begun || text.startsWith("Event: Newchannel"))) {
                Instant at =
                        Instant.ofEpochSecond(
                                Long.parseLong(time.group(1)),
                                Long.parseLong((time.group(2) + "000000000").substring(0, 9)));
                moments.add(new Moment(Source.AMI, notBefore(moments, at), text));
            }
        }
        return moments;
    }

    /** Times of one session are not strictly rising; its order is the one that counts. */
    private static Instant notBefore(List<Moment> moments, Instant at) {
        Instant last = moments.isEmpty() ? at : moments.get(moments.size() - 1).at();
        return at.isBefore(last) ? last : at;
    }

    private static List<Moment> ari(String session, Instant begin) {
        List<Moment> moments = new ArrayList<>();
        for (String line : session.lines().toList()) {
            Matcher time = ARI_TIME.matcher(line);
            if (time.find() && isOfThisStory(line)) {
                Instant at = LocalDateTime.parse(time.group(1)).toInstant(ZoneOffset.UTC);
                if (!at.isBefore(begin.minus(SOONER))) {
                    moments.add(new Moment(Source.ARI, notBefore(moments, at), line));
                }
            }
        }
        return moments;
    }

    private static boolean isOfThisStory(String event) {
        return !OTHER_QUEUE.matcher(event).find();
    }

    private static Instant answer(List<Moment> ami) {
        return ami.stream()
                .filter(one -> one.text().startsWith("Event: DialEnd"))
                .filter(one -> one.text().contains("\nDialStatus: ANSWER"))
                .map(Moment::at)
                .findFirst()
                .orElse(Instant.MAX);
    }

    private static Instant hangup(List<Moment> all, Instant answer) {
        return all.stream()
                .filter(one -> one.at().isAfter(answer) && HANGUP.matcher(one.text()).find())
                .map(Moment::at)
                .findFirst()
                .orElse(Instant.MAX);
    }

    private static List<Map<String, String>> records(String file) {
        List<String> lines = file.lines().toList();
        List<String> names = Arrays.asList(lines.get(0).split(",", -1));
        return lines.stream().skip(1).map(line -> row(names, line)).toList();
    }

    /** Every value stands in quotes; a quote inside is doubled. */
    private static Map<String, String> row(List<String> names, String line) {
        String[] values = line.substring(1, line.length() - 1).split("\",\"", -1);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), values[i].replace("\"\"", "\""));
        }
        return row;
    }

    /** Returns the same with other moments and records. */
    RecordedCall told(
            Function<Moment, Stream<Moment>> moment, UnaryOperator<Map<String, String>> row) {
        return new RecordedCall(
                moments.stream().flatMap(moment).toList(),
                records.stream().map(row).toList(),
                answer,
                hangup);
    }

    List<Moment> moments() {
        return moments;
    }

    List<Map<String, String>> records() {
        return records;
    }

    Instant start() {
        return moments.get(0).at();
    }

    Instant end() {
        return moments.get(moments.size() - 1).at();
    }

    /** Returns when it was answered, or a time that never comes. */
    Instant answer() {
        return answer;
    }

    /** Returns when the first one hung up who had talked, or a time that never comes. */
    Instant hangup() {
        return hangup;
    }

    /** Returns how long it rang before it was answered. */
    Duration ringing() {
        return answer.equals(Instant.MAX) ? Duration.ZERO : Duration.between(start(), answer);
    }
}
