package io.github.pbxsdk.testing.freepbx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The system recordings; none at all is a failure. */
final class PromptResolvers {

    private final FakePbxState state;

    PromptResolvers(FakePbxState state) {
        this.state = state;
    }

    Map<String, Resolver> resolvers() {
        return Map.ofEntries(
                Map.entry("fetchAllRecordings", (field, arguments, input) -> prompts()),
                Map.entry("fetchRecordingFiles", (field, arguments, input) -> files()),
                Map.entry("addRecording", (field, arguments, input) -> addPrompt(input)),
                Map.entry("updateRecording", (field, arguments, input) -> updatePrompt(input)),
                Map.entry("deleteRecording", (field, arguments, input) -> deletePrompt(input)));
    }

    private Map<String, @Nullable Object> prompts() {
        if (state.prompts.isEmpty()) {
            throw new Resolver.Refusal("Sorry unable to find the system recordings");
        }
        return Answering.with(
                Answering.done("List of system recordings"),
                "recordings",
                new ArrayList<>(state.prompts.values()));
    }

    private Map<String, @Nullable Object> addPrompt(Map<?, ?> input) {
        if (state.prompts.values().stream()
                .anyMatch(one -> FakeRow.text(one, "name").equals(FakeRow.text(input, "name")))) {
            throw new Resolver.Refusal(
                    "The Name '"
                            + FakeRow.text(input, "name")
                            + "' already exists, please provide a different name");
        }
        String id = String.valueOf(state.prompts.size() + 1);
        storePrompt(id, input);
        return Answering.with(Answering.done("Recording added succefully"), "id", id);
    }

    private Map<String, @Nullable Object> updatePrompt(Map<?, ?> input) {
        if (input.get("fcode_pass") == null) {
            throw Answering.internal();
        }
        storePrompt(FakeRow.text(input, "id"), input);
        return Answering.done("Recording updated succefully");
    }

    private void storePrompt(String id, Map<?, ?> input) {
        Object playback = input.get("playback");
        if (!(playback instanceof List<?> files) || !state.soundFiles.containsAll(files)) {
            throw new Resolver.Refusal("Playback file name/s provided doesn't exists");
        }
        state.prompts.put(
                id,
                FakeRow.of(
                        "id", id,
                        "name", FakeRow.text(input, "name"),
                        "description", FakeRow.text(input, "description"),
                        "fcode", FakeRow.text(input, "fcode"),
                        "fcode_pass", FakeRow.text(input, "fcode_pass"),
                        "playback", files,
                        "languages", List.of("en")));
        state.marked = true;
    }

    private Map<String, @Nullable Object> files() {
        return Answering.with(
                Answering.done("List of system recording files"),
                "recodingFiles",
                new ArrayList<>(state.soundFiles));
    }

    private Map<String, @Nullable Object> deletePrompt(Map<?, ?> input) {
        state.prompts.remove(FakeRow.text(input, "id"));
        return Answering.done("Recording deleted succefully");
    }
}
