package io.github.pbxsdk.benchmarks;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Results as JSON. */
final class Results {

    private static final String FORMAT = "pbx-sdk-benchmark";
    private static final int VERSION = 1;

    private Results() {}

    static String json(Result result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("version", VERSION);
        fields.put("benchmark", result.benchmark());
        fields.put("what", result.what());
        fields.put("operations", result.operations());
        fields.put("peer", result.peer());
        fields.put("startedAt", result.startedAt().toString());
        fields.put("commit", result.revision().commit());
        fields.put("localChanges", result.revision().changed());
        fields.put("machine", machine(result.machine()));
        fields.put("jdk", result.machine().jdk());
        fields.put("load", result.load());
        fields.put("jvmOptions", result.jvmOptions());
        fields.put("warmUpMs", result.plan().warmUp().toMillis());
        fields.put("measuredMs", result.plan().measured().toMillis());
        fields.put("rounds", result.rounds().stream().map(Results::fields).toList());
        return write(fields) + "\n";
    }

    static String json(Measurement measurement) {
        return write(fields(measurement));
    }

    private static Map<String, Object> machine(Machine machine) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("system", machine.system());
        fields.put("processor", machine.processor());
        fields.put("processors", machine.processors());
        fields.put("memoryBytes", machine.memoryBytes());
        return fields;
    }

    private static Map<String, Object> fields(Round round) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ours", fields(round.ours()));
        fields.put("peer", fields(round.peer()));
        return fields;
    }

    private static Map<String, Object> fields(Measurement measurement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operations", measurement.operations());
        fields.put("nanos", measurement.nanos());
        fields.put("bytes", measurement.bytes());
        measurement.lost().ifPresent(lost -> fields.put("lost", lost));
        return fields;
    }

    private static String write(Map<String, Object> fields) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.setIndent("  ");
            writer.jsonValue(fields);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return buffer.readUtf8();
    }

    /**
     * Reads a result.
     *
     * @throws BenchmarkException if it is none, or of a newer version
     */
    static Result result(String json) {
        Node node = Node.parse(json);
        if (!node.text("format").equals(FORMAT) || node.number("version") > VERSION) {
            throw new BenchmarkException(
                    "not a result that this version can read: "
                            + (node.text("format") + " " + node.number("version")));
        }
        List<Round> rounds = node.list("rounds").stream().map(Results::round).toList();
        return new Result(
                node.text("benchmark"),
                node.text("what"),
                node.text("operations"),
                node.text("peer"),
                Instant.parse(node.text("startedAt")),
                new Revision(node.text("commit"), node.flag("localChanges")),
                machine(node.child("machine"), node.text("jdk")),
                node.fraction("load"),
                node.texts("jvmOptions"),
                new Plan(
                        rounds.size(),
                        Duration.ofMillis(node.number("warmUpMs")),
                        Duration.ofMillis(node.number("measuredMs"))),
                rounds);
    }

    static Measurement measurement(String json) {
        return measurement(Node.parse(json));
    }

    private static Machine machine(Node node, String jdk) {
        return new Machine(
                node.text("system"),
                node.text("processor"),
                (int) node.number("processors"),
                node.number("memoryBytes"),
                jdk);
    }

    private static Round round(Node node) {
        return new Round(measurement(node.child("ours")), measurement(node.child("peer")));
    }

    private static Measurement measurement(Node node) {
        return new Measurement(
                node.number("operations"),
                node.number("nanos"),
                node.number("bytes"),
                node.findNumber("lost"));
    }

    /** A JSON object that says which field is not what it should be. */
    private record Node(Map<?, ?> fields) {

        static Node parse(String json) {
            try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
                return of(reader.readJsonValue(), "the text");
            } catch (IOException | JsonDataException e) {
                throw new BenchmarkException("not JSON: " + e.getMessage(), e);
            }
        }

        private static Node of(@Nullable Object value, String name) {
            return new Node(checked(value, Map.class, name));
        }

        private static <T> T checked(@Nullable Object value, Class<T> type, String name) {
            if (!type.isInstance(value)) {
                throw new BenchmarkException(name + " is not a " + type.getSimpleName());
            }
            return type.cast(Objects.requireNonNull(value));
        }

        String text(String name) {
            return checked(fields.get(name), String.class, name);
        }

        /** Moshi reads numbers as doubles: exact up to 2^53, and nothing here is larger. */
        long number(String name) {
            return checked(fields.get(name), Double.class, name).longValue();
        }

        /** Results from before this was counted do not have it. */
        OptionalLong findNumber(String name) {
            return fields.containsKey(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
        }

        double fraction(String name) {
            return checked(fields.get(name), Double.class, name);
        }

        boolean flag(String name) {
            return checked(fields.get(name), Boolean.class, name);
        }

        Node child(String name) {
            return of(fields.get(name), name);
        }

        List<Node> list(String name) {
            List<Node> nodes = new ArrayList<>();
            for (Object element : checked(fields.get(name), List.class, name)) {
                nodes.add(of(element, name));
            }
            return nodes;
        }

        List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            for (Object element : checked(fields.get(name), List.class, name)) {
                texts.add(checked(element, String.class, name));
            }
            return texts;
        }
    }
}
