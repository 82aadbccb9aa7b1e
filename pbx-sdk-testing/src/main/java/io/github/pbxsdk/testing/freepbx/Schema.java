package io.github.pbxsdk.testing.freepbx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The schema of a FreePBX 16: which fields there are, and what inputs need. */
final class Schema {

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^(type|input) (\\w+)[^{]*\\{(.*?)^}");
    private static final Pattern FIELD =
            Pattern.compile("(?m)^\\s+(\\w+)(?:\\(([^)]*)\\))?: \\[?(\\w+)]?(!)?");

    private final Map<String, Map<String, Member>> types = new LinkedHashMap<>();

    /** A field of a type, or of an input. */
    private record Member(String type, boolean required, Map<String, String> arguments) {}

    static Schema read() {
        Schema schema = new Schema();
        schema.add(text("schema.graphql"));
        schema.add(text("schema-sms.graphql"));
        schema.add(text("schema-ivr.graphql"));
        return schema;
    }

    private void add(String text) {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            types.computeIfAbsent(block.group(2), type -> new LinkedHashMap<>())
                    .putAll(members(block.group(3)));
        }
    }

    private static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(Schema.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema cannot be read", e);
        }
    }

    private static Map<String, Member> members(String body) {
        Map<String, Member> members = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(body);
        while (field.find()) {
            Map<String, String> arguments = new LinkedHashMap<>();
            String list = field.group(2);
            if (list != null) {
                for (String argument : list.split(",", -1)) {
                    String[] parts = argument.strip().split(":\\s*", 2);
                    arguments.put(parts[0], parts[1].replaceFirst("\\s*=.*", ""));
                }
            }
            members.put(
                    field.group(1), new Member(field.group(3), field.group(4) != null, arguments));
        }
        return members;
    }

    Set<String> fieldsOf(String type) {
        return types.getOrDefault(type, Map.of()).keySet();
    }

    /** Returns what is wrong with an operation, in the words of the server, or null. */
    @Nullable String problem(GraphQlText.Operation operation) {
        return problem(operation.mutation() ? "Mutation" : "Query", operation.fields());
    }

    private @Nullable String problem(String type, List<GraphQlText.Field> fields) {
        for (GraphQlText.Field field : fields) {
            if (field.name().startsWith("__")) {
                continue;
            }
            Map<String, Member> known = types.getOrDefault(type, Map.of());
            Member member = known.get(field.name());
            if (member == null && !type.equals("Node")) {
                return "Cannot query field \"" + field.name() + "\" on type \"" + type + "\".";
            }
            String problem = member == null ? null : problem(member, field);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String problem(Member member, GraphQlText.Field field) {
        for (String argument : field.arguments().keySet()) {
            String type = member.arguments().get(argument);
            if (type == null) {
                return "Unknown argument \"" + argument + "\" on field \"" + field.name() + "\".";
            }
            Object value = field.arguments().get(argument);
            if (value instanceof Map<?, ?> input) {
                String problem = inputProblem(type.replace("!", ""), input);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return types.containsKey(member.type()) ? problem(member.type(), field.fields()) : null;
    }

    private @Nullable String inputProblem(String type, Map<?, ?> input) {
        Map<String, Member> known = types.getOrDefault(type, Map.of());
        String got = "Variable \"$input\" got invalid value " + Json.write(input) + "; ";
        for (Object name : input.keySet()) {
            if (!known.containsKey(String.valueOf(name))) {
                return got + "Field \"" + name + "\" is not defined by type " + type + ".";
            }
        }
        for (Map.Entry<String, Member> field : known.entrySet()) {
            if (field.getValue().required() && input.get(field.getKey()) == null) {
                return got
                        + "Field value."
                        + field.getKey()
                        + " of required type "
                        + field.getValue().type()
                        + "! was not provided.";
            }
        }
        return null;
    }
}
