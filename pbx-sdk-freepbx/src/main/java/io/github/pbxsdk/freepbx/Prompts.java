package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The system recordings of a PBX.
 *
 * <p>The API makes them of sound files that are on the PBX already. To bring a file there it needs
 * the web interface: {@link FreePbxClient.Builder#gui}.
 */
public final class Prompts {

    private final FreePbxCalls calls;

    Prompts(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns all prompts. */
    public List<Prompt> list() {
        return Futures.await(listAsync());
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<List<Prompt>> listAsync() {
        return calls.read("prompts.list", Prompts::all);
    }

    static List<Prompt> all(FreePbxSession session) {
        return rows(session, "id name description playback languages").stream()
                .map(Prompt::new)
                .toList();
    }

    /** None at all is a failure, if one asks FreePBX. */
    private static List<FreePbxObject> rows(FreePbxSession session, String fields) {
        try {
            return session.graphQl(
                            GraphQlRequest.query("fetchAllRecordings")
                                    .select("recordings{" + fields + "}"))
                    .objects("recordings");
        } catch (FreePbxRejectedException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Returns the prompt with this name, if there is one. */
    public Optional<Prompt> find(String name) {
        return Futures.await(findAsync(name));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<Prompt>> findAsync(String name) {
        Objects.requireNonNull(name, "name");
        return calls.read("prompts.find", session -> find(session, name));
    }

    /**
     * Returns the prompt with this name.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public Prompt get(String name) {
        return Futures.await(getAsync(name));
    }

    /** Gets without waiting; the future fails as {@link #get} does. */
    public CompletableFuture<Prompt> getAsync(String name) {
        Objects.requireNonNull(name, "name");
        return calls.read(
                "prompts.get",
                session ->
                        find(session, name)
                                .orElseThrow(() -> notThere(session, "fetchAllRecordings", name)));
    }

    private static FreePbxRejectedException notThere(
            FreePbxSession session, String asked, String prompt) {
        return FreePbxRejectedException.notSent(
                session.tried(asked), Kind.NOT_FOUND, "there is no prompt " + prompt);
    }

    private static Optional<Prompt> find(FreePbxSession session, String name) {
        return all(session).stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /**
     * Makes a prompt of sound files that are on the PBX.
     *
     * @param files without extension, below the folder of the language: {@code custom/menu}
     * @throws FreePbxRejectedException if a file isn't there, or the name is taken; where some of
     *     the files are there, the PBX makes a prompt of those, and the failure says so
     */
    public Prompt create(String name, String description, List<String> files) {
        return Futures.await(createAsync(name, description, files));
    }

    /** Creates without waiting; the future fails as {@link #create} does. */
    public CompletableFuture<Prompt> createAsync(
            String name, String description, List<String> files) {
        Map<String, Object> input = input(name, description, files);
        return calls.change("prompts.create", session -> create(session, input));
    }

    private static Map<String, Object> input(String name, String description, List<String> files) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", Objects.requireNonNull(name, "name"));
        input.put("description", Objects.requireNonNull(description, "description"));
        input.put("language", "en");
        input.put("playback", List.copyOf(files));
        // Without these two an update fails inside.
        input.put("fcode", "0");
        input.put("fcode_pass", "");
        return input;
    }

    private static Prompt create(FreePbxSession session, Map<String, Object> input) {
        session.graphQl(GraphQlRequest.mutation("addRecording", "addRecordingInput", input));
        return asAsked(session, "addRecording", input);
    }

    /** Files that are not there FreePBX leaves out without a word, if one of them is. */
    private static Prompt asAsked(
            FreePbxSession session, String mutation, Map<String, Object> input) {
        Optional<Prompt> found = find(session, String.valueOf(input.get("name")));
        if (found.isPresent()
                && input.get("playback") instanceof List<?> files
                && new HashSet<>(found.get().files()).containsAll(files)) {
            return found.get();
        }
        throw FreePbxRejectedException.of(
                session.tried(mutation),
                Kind.SERVER_ERROR,
                200,
                found.map(one -> "said to be done, and it plays " + one.files() + " only")
                        .orElse("said to be done, and not in the list"),
                true);
    }

    /**
     * Changes a prompt, which keeps its number: menus go on to play it.
     *
     * <p>FreePBX replaces all of it, and so name, description and files are given. A feature code
     * stays as it is, with its password; in which language that one records is not told, and
     * becomes the first of the {@linkplain Prompt#files() files}.
     *
     * @param files without extension, below the folder of the language: {@code custom/menu}
     * @throws FreePbxRejectedException if there is none, a file isn't there, or another prompt has
     *     the name
     */
    public Prompt update(String id, String name, String description, List<String> files) {
        return Futures.await(updateAsync(id, name, description, files));
    }

    /** Updates without waiting; the future fails as {@link #update} does. */
    public CompletableFuture<Prompt> updateAsync(
            String id, String name, String description, List<String> files) {
        Objects.requireNonNull(id, "id");
        Map<String, Object> input = input(name, description, files);
        return calls.change(
                "prompts.update",
                session -> {
                    require(session, "updateRecording", id);
                    return update(session, id, input);
                });
    }

    private static Prompt update(FreePbxSession session, String id, Map<String, Object> input) {
        Map<String, Object> whole = new LinkedHashMap<>(input);
        whole.put("id", id);
        rows(session, "id fcode fcode_pass languages").stream()
                .filter(row -> row.text("id").equals(id))
                .forEach(row -> putFeatureCode(whole, row));
        session.graphQl(GraphQlRequest.mutation("updateRecording", "updateRecordingInput", whole));
        return asAsked(session, "updateRecording", whole);
    }

    private static void putFeatureCode(Map<String, Object> input, FreePbxObject row) {
        input.put("fcode", row.filled("fcode").orElse("0"));
        input.put("fcode_pass", row.text("fcode_pass"));
        row.texts("languages").stream()
                .findFirst()
                .ifPresent(language -> input.put("language", language));
    }

    private static Prompt require(FreePbxSession session, String mutation, String id) {
        return all(session).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> notThere(session, mutation, id));
    }

    /**
     * Brings a sound to the PBX and makes a prompt of it; a file of that name which no prompt plays
     * is replaced.
     *
     * @param file how it is to be called there: letters, digits, {@code _} and {@code -}
     * @param wav the sound, as a WAV file
     * @throws FreePbxRejectedException if there is a prompt of that name, or one that plays such a
     *     file, the client was not given {@code gui(...)}, or the PBX can't convert the sound
     */
    public Prompt upload(String name, String description, String file, byte[] wav) {
        return Futures.await(uploadAsync(name, description, file, wav));
    }

    /** Uploads without waiting; the future fails as {@link #upload} does. */
    public CompletableFuture<Prompt> uploadAsync(
            String name, String description, String file, byte[] wav) {
        SoundUpload upload = new SoundUpload(file, wav);
        Map<String, Object> input = input(name, description, List.of(upload.sound()));
        return calls.change(
                "prompts.upload",
                session -> {
                    requireUnused(session, upload, one -> true);
                    if (find(session, name).isPresent()) {
                        throw conflict(session, "there is a prompt " + name);
                    }
                    upload.bring(session);
                    return create(session, input);
                });
    }

    /**
     * Brings another sound to the PBX and lets a prompt play it, and nothing else. The prompt keeps
     * its number and its words: menus go on to play it.
     *
     * @param file how it is to be called there, as for {@link #upload}
     * @throws FreePbxRejectedException if there is none, another prompt plays such a file, the
     *     client was not given {@code gui(...)}, or the PBX can't convert the sound
     */
    public Prompt updateSound(String id, String file, byte[] wav) {
        return Futures.await(updateSoundAsync(id, file, wav));
    }

    /** Updates without waiting; the future fails as {@link #updateSound} does. */
    public CompletableFuture<Prompt> updateSoundAsync(String id, String file, byte[] wav) {
        Objects.requireNonNull(id, "id");
        SoundUpload upload = new SoundUpload(file, wav);
        return calls.change(
                "prompts.updateSound",
                session -> {
                    Prompt old = require(session, "recordings upload", id);
                    requireUnused(session, upload, one -> !one.id().equals(id));
                    upload.bring(session);
                    return update(
                            session,
                            id,
                            input(old.name(), old.description(), List.of(upload.sound())));
                });
    }

    private static void requireUnused(
            FreePbxSession session, SoundUpload upload, Predicate<Prompt> others) {
        all(session).stream()
                .filter(others)
                .filter(one -> one.files().contains(upload.sound()))
                .findFirst()
                .ifPresent(
                        one -> {
                            throw conflict(
                                    session,
                                    "the prompt " + one.name() + " plays " + upload.sound());
                        });
    }

    private static FreePbxRejectedException conflict(FreePbxSession session, String words) {
        return FreePbxRejectedException.notSent(
                session.tried("recordings upload"),
                Kind.CONFLICT,
                words + ", and its sound would be replaced");
    }

    /**
     * Deletes a prompt; its sound files stay.
     *
     * @throws FreePbxRejectedException if there is none, which FreePBX itself would call a success
     */
    public void delete(String id) {
        Futures.await(deleteAsync(id));
    }

    /** Deletes without waiting; the future fails as {@link #delete} does. */
    public CompletableFuture<@Nullable Void> deleteAsync(String id) {
        Objects.requireNonNull(id, "id");
        return calls.perform(
                "prompts.delete",
                session -> {
                    require(session, "deleteRecording", id);
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "deleteRecording", "deleteRecordingInput", Map.of("id", id)));
                });
    }
}
