package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The web hooks of the SMS module, which is a commercial one; without it the kind of the failure is
 * {@link Kind#SCOPE_OR_MODULE_MISSING}. The PBX has one hook for each kind of texts, and does not
 * sign what it sends.
 *
 * <p>Read in the source of the module and not run.
 */
public final class SmsWebhooks {

    private final FreePbxCalls calls;

    SmsWebhooks(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns all web hooks. */
    public List<FreePbxWebhook> list() {
        return Futures.await(listAsync());
    }

    /** Lists without waiting; the future fails as {@link #list} does. */
    public CompletableFuture<List<FreePbxWebhook>> listAsync() {
        return calls.read("smsWebhooks.list", SmsWebhooks::all);
    }

    /** None at all is a failure, if one asks FreePBX. */
    private static List<FreePbxWebhook> all(FreePbxSession session) {
        try {
            return session
                    .graphQl(
                            GraphQlRequest.query("fetchAllSmsWebhook")
                                    .select(
                                            "webhookDetails{id webhookUrl enablewebHook"
                                                    + " dataToBeSentOn}"))
                    .objects("webhookDetails")
                    .stream()
                    .map(FreePbxWebhook::new)
                    .toList();
        } catch (FreePbxRejectedException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Returns the web hook with this id, if there is one. */
    public Optional<FreePbxWebhook> find(String id) {
        return Futures.await(findAsync(id));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<FreePbxWebhook>> findAsync(String id) {
        Objects.requireNonNull(id, "id");
        return calls.read("smsWebhooks.find", session -> find(session, id));
    }

    private static Optional<FreePbxWebhook> find(FreePbxSession session, String id) {
        return all(session).stream().filter(hook -> hook.id().equals(id)).findFirst();
    }

    /**
     * Creates a web hook, which is on, and returns what is there now.
     *
     * @param url what is called with the texts, as JSON
     * @throws FreePbxRejectedException if there is one for these texts
     */
    public FreePbxWebhook create(URI url, FreePbxWebhook.Texts texts) {
        return Futures.await(createAsync(url, texts));
    }

    /** Creates without waiting; the future fails as {@link #create} does. */
    public CompletableFuture<FreePbxWebhook> createAsync(URI url, FreePbxWebhook.Texts texts) {
        Map<String, Object> input = input(url, texts, true);
        return calls.change(
                "smsWebhooks.create",
                session -> {
                    session.graphQlWithoutChange(
                            GraphQlRequest.mutation("addSmsWebhook", "addSmsWebhookInput", input));
                    return all(session).stream()
                            .filter(hook -> hook.url().equals(url.toString()))
                            .filter(hook -> hook.texts() == texts)
                            .findFirst()
                            .orElseThrow(() -> notDone(session, "addSmsWebhook"));
                });
    }

    private static Map<String, Object> input(URI url, FreePbxWebhook.Texts texts, boolean enabled) {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("a web hook is an http or https address: " + url);
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("webHookBaseurl", url.toString());
        input.put("enablewebHook", enabled);
        input.put("dataToBeSentOn", texts.word());
        return input;
    }

    private static FreePbxRejectedException notDone(FreePbxSession session, String field) {
        return FreePbxRejectedException.of(
                session.tried(field),
                Kind.SERVER_ERROR,
                200,
                "said to be done, and not in the list",
                true);
    }

    /**
     * Puts a whole web hook in the place of the one with this id.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public FreePbxWebhook update(String id, URI url, FreePbxWebhook.Texts texts, boolean enabled) {
        return Futures.await(updateAsync(id, url, texts, enabled));
    }

    /** Updates without waiting; the future fails as {@link #update} does. */
    public CompletableFuture<FreePbxWebhook> updateAsync(
            String id, URI url, FreePbxWebhook.Texts texts, boolean enabled) {
        Map<String, Object> input = input(url, texts, enabled);
        input.put("id", Objects.requireNonNull(id, "id"));
        return calls.change(
                "smsWebhooks.update",
                session -> {
                    session.graphQlWithoutChange(
                            GraphQlRequest.mutation(
                                    "updateSmsWebhook", "updateSmsWebhookInput", input));
                    return find(session, id)
                            .filter(hook -> hook.url().equals(url.toString()))
                            .filter(hook -> hook.isEnabled() == enabled)
                            .orElseThrow(() -> notDone(session, "updateSmsWebhook"));
                });
    }

    /**
     * Deletes a web hook.
     *
     * @throws FreePbxRejectedException if there is none
     */
    public void delete(String id) {
        Futures.await(deleteAsync(id));
    }

    /** Deletes without waiting; the future fails as {@link #delete} does. */
    public CompletableFuture<@Nullable Void> deleteAsync(String id) {
        Map<String, Object> input = Map.of("id", id);
        return calls.perform(
                "smsWebhooks.delete",
                session ->
                        session.graphQlWithoutChange(
                                GraphQlRequest.mutation(
                                        "deleteSmsWebhook", "deleteSmsWebhookInput", input)));
    }
}
