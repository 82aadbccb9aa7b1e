package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The system recordings of a PBX.
 *
 * <p>The API makes them of sound files that are on the PBX already. To bring a file there it needs
 * the web interface: {@link FreePbxClient.Builder#gui}.
 */
public final class Prompts {

    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final String FORM = "application/x-www-form-urlencoded";

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

    /** None at all is a failure, if one asks FreePBX. */
    static List<Prompt> all(FreePbxSession session) {
        try {
            return session
                    .graphQl(
                            GraphQlRequest.query("fetchAllRecordings")
                                    .select("recordings{id name description playback languages}"))
                    .objects("recordings")
                    .stream()
                    .map(Prompt::new)
                    .toList();
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

    private static Optional<Prompt> find(FreePbxSession session, String name) {
        return all(session).stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /**
     * Makes a prompt of sound files that are on the PBX.
     *
     * @param files without extension, below the folder of the language: {@code custom/menu}
     * @throws FreePbxRejectedException if a file isn't there, or the name is taken
     */
    public Prompt create(String name, String description, List<String> files) {
        return Futures.await(createAsync(name, description, files));
    }

    /** Creates without waiting; the future fails as {@link #create} does. */
    public CompletableFuture<Prompt> createAsync(
            String name, String description, List<String> files) {
        Map<String, Object> input = input(name, description, files);
        return calls.change("prompts.create", session -> create(session, name, input));
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

    private static Prompt create(FreePbxSession session, String name, Map<String, Object> input) {
        session.graphQl(GraphQlRequest.mutation("addRecording", "addRecordingInput", input));
        return find(session, name)
                .orElseThrow(
                        () ->
                                FreePbxRejectedException.of(
                                        session.tried("addRecording"),
                                        Kind.SERVER_ERROR,
                                        200,
                                        "said to be made, and not in the list",
                                        true));
    }

    /**
     * Brings a sound to the PBX and makes a prompt of it, which replaces a file of that name.
     *
     * @param file how it is to be called there: letters, digits, {@code _} and {@code -}
     * @param wav the sound, as a WAV file
     * @throws FreePbxRejectedException if there is a prompt of that name, the client was not given
     *     {@code gui(...)}, or the PBX can't convert the sound
     */
    public Prompt upload(String name, String description, String file, byte[] wav) {
        return Futures.await(uploadAsync(name, description, file, wav));
    }

    /** Uploads without waiting; the future fails as {@link #upload} does. */
    public CompletableFuture<Prompt> uploadAsync(
            String name, String description, String file, byte[] wav) {
        if (!FILE.matcher(file).matches()) {
            throw new IllegalArgumentException(
                    "a sound file is called by letters, digits, _ and -, not \"" + file + "\"");
        }
        byte[] sound = wav.clone();
        Map<String, Object> input = input(name, description, List.of("custom/" + file));
        return calls.change(
                "prompts.upload",
                session -> {
                    if (find(session, name).isPresent()) {
                        throw FreePbxRejectedException.notSent(
                                session.tried("recordings upload"),
                                Kind.CONFLICT,
                                "there is a prompt " + name + ", and its sound would be replaced");
                    }
                    bring(session, file, sound);
                    return create(session, name, input);
                });
    }

    private static void bring(FreePbxSession session, String file, byte[] sound) {
        GuiSession gui = session.gui("recordings upload");
        FreePbxObject uploaded =
                confirmed(
                        session,
                        gui.ajax(
                                session,
                                "ajax.php?module=recordings&command=upload",
                                multipart(file + ".wav", sound)));
        String form =
                ("file=" + FreePbxLogin.encoded(uploaded.text("localfilename")))
                        + ("&name=" + FreePbxLogin.encoded("custom/" + file))
                        + "&codec=wav&lang=en&temporary=1";
        confirmed(
                session,
                gui.ajax(
                        session,
                        "ajax.php?module=recordings&command=convert",
                        HttpBody.text(form, FORM)));
    }

    private static FreePbxObject confirmed(FreePbxSession session, @Nullable Object answer) {
        if (answer instanceof FreePbxObject object && object.flag("status").orElse(false)) {
            return object;
        }
        throw FreePbxRejectedException.of(
                session.tried("recordings upload"),
                Kind.OTHER,
                200,
                "the PBX does not take the sound; is it a WAV file?",
                true);
    }

    private static HttpBody multipart(String fileName, byte[] sound) {
        String boundary = "pbx-sdk-" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--"
                                + boundary
                                + "\r\nContent-Disposition: form-data; name=\"files[]\"; filename=\""
                                + (fileName + "\"\r\nContent-Type: audio/wav\r\n\r\n"))
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(sound);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return HttpBody.bytes(body.toByteArray(), "multipart/form-data; boundary=" + boundary);
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
                    if (all(session).stream().noneMatch(one -> one.id().equals(id))) {
                        throw FreePbxRejectedException.notSent(
                                session.tried("deleteRecording"),
                                Kind.NOT_FOUND,
                                "there is no prompt " + id);
                    }
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "deleteRecording", "deleteRecordingInput", Map.of("id", id)));
                });
    }
}
