package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.testing.ami.AmiMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An answer of the recorded sessions with Asterisk 16 and 22.
 *
 * @param action the name of the action that it was for
 * @param message its lines, without the id
 */
record RecordedAnswer(String action, AmiMessage message) {

    /** A connection sends these by itself. */
    private static final Set<String> OF_THE_LOGIN = Set.of("Login", "Logoff", "Challenge", "");

    /** Returns all answers, file by file, in the order in which they came. */
    static List<RecordedAnswer> all() throws IOException {
        List<RecordedAnswer> all = new ArrayList<>();
        for (Path file : RecordedEvents.files()) {
            new Session().read(Files.readString(file, StandardCharsets.UTF_8), all);
        }
        return all.stream().filter(answer -> !OF_THE_LOGIN.contains(answer.action())).toList();
    }

    /** Remembers which action has which id. */
    private static final class Session {

        private final Map<String, String> actions = new HashMap<>();
        private String action = "";

        void read(String text, List<RecordedAnswer> answers) {
            for (String block : text.split("\n\n", -1)) {
                List<String> lines = block.lines().toList();
                sent(lines.stream().filter(line -> line.startsWith("> ")).toList());
                List<String> came = lines.stream().filter(line -> !line.startsWith(">")).toList();
                if (came.stream().anyMatch(line -> line.startsWith("Response: "))
                        && came.stream().noneMatch(line -> line.startsWith("Event: "))) {
                    answers.add(answer(came));
                }
            }
        }

        private void sent(List<String> lines) {
            String name = "";
            for (String line : lines) {
                if (line.startsWith("> Action: ")) {
                    name = line.substring("> Action: ".length());
                } else if (line.startsWith("> ActionID: ")) {
                    actions.put(line.substring("> ActionID: ".length()), name);
                }
            }
            action = lines.isEmpty() ? action : name;
        }

        private RecordedAnswer answer(List<String> lines) {
            List<String> rest =
                    lines.stream().filter(line -> !line.startsWith("ActionID: ")).toList();
            String id = String.valueOf(RecordedEvents.message(lines).get("ActionID"));
            return new RecordedAnswer(
                    actions.getOrDefault(id, action), RecordedEvents.message(rest));
        }
    }
}
