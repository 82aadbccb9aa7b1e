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
        requireFree(FakeRow.text(input, "name"), "");
        String id = String.valueOf(++state.lastPrompt);
        storePrompt(id, input);
        return Answering.with(Answering.done("Recording added succefully"), "id", id);
    }

    private void requireFree(String name, String id) {
        boolean taken =
                state.prompts.values().stream()
                        .filter(one -> !FakeRow.text(one, "id").equals(id))
                        .anyMatch(one -> FakeRow.text(one, "name").equals(name));
        if (taken) {
            throw new Resolver.Refusal(
                    "The Name '" + name + "' already exists, please provide a different name");
        }
    }

    private Map<String, @Nullable Object> updatePrompt(Map<?, ?> input) {
        String id = FakeRow.text(input, "id");
        requireFree(FakeRow.text(input, "name"), id);
        if (input.get("fcode_pass") == null) {
            throw Answering.internal();
        }
        if (!state.prompts.containsKey(id)) {
            throw new Resolver.Refusal("The id provided is invalid");
        }
        storePrompt(id, input);
        return Answering.done("Recording updated succefully");
    }

    private void storePrompt(String id, Map<?, ?> input) {
        List<Object> files = new ArrayList<>();
        if (input.get("playback") instanceof List<?> asked) {
            // Those that are not there it leaves out without a word.
            asked.stream().filter(state.soundFiles::contains).forEach(files::add);
        }
        if (files.isEmpty()) {
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
