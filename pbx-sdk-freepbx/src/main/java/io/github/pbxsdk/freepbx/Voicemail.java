package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes of extensions; their messages have no API.
 *
 * <p>A box that is made or taken away is so after {@link FreePbxClient#applyConfig()}.
 */
public final class Voicemail {

    private final FreePbxCalls calls;

    Voicemail(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns the mailbox of an extension, if it has one. */
    public Optional<VoicemailBox> find(String extension) {
        return Futures.await(findAsync(extension));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<VoicemailBox>> findAsync(String extension) {
        String checked = NewExtension.checkedNumber(extension);
        return calls.read("voicemail.find", session -> find(session, checked));
    }

    private static Optional<VoicemailBox> find(FreePbxSession session, String extension) {
        try {
            return Optional.of(
                    new VoicemailBox(
                            session.graphQl(
                                    GraphQlRequest.query("fetchVoiceMail")
                                            .argument("extensionId", "ID!", extension)
                                            .select(
                                                    "context password name email pager attach saycid"
                                                            + " envelope delete"))));
        } catch (FreePbxRejectedException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Gives an extension a mailbox, or its mailbox other settings. */
    public void enable(String extension, String pin, String name, String email) {
        Futures.await(enableAsync(extension, pin, name, email));
    }

    /** Enables without waiting; the future fails as {@link #enable} does. */
    public CompletableFuture<@Nullable Void> enableAsync(
            String extension, String pin, String name, String email) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("extensionId", NewExtension.checkedNumber(extension));
        input.put("password", Objects.requireNonNull(pin, "pin"));
        input.put("name", Objects.requireNonNull(name, "name"));
        input.put("email", Objects.requireNonNull(email, "email"));
        return change("voicemail.enable", "enableVoiceMail", "enableVoiceMailInput", input);
    }

    /** Takes the mailbox of an extension away, with the messages in it. */
    public void disable(String extension) {
        Futures.await(disableAsync(extension));
    }

    /** Disables without waiting; the future fails as {@link #disable} does. */
    public CompletableFuture<@Nullable Void> disableAsync(String extension) {
        return change(
                "voicemail.disable",
                "disableVoiceMail",
                "disableVoiceMailInput",
                Map.of("extensionId", NewExtension.checkedNumber(extension)));
    }

    private CompletableFuture<@Nullable Void> change(
            String operation, String mutation, String inputType, Map<String, Object> input) {
        return calls.perform(
                operation,
                session -> {
                    session.graphQl(GraphQlRequest.mutation(mutation, inputType, input));
                });
    }

    /**
     * Gives a mailbox another PIN. FreePBX calls that a failure whatever it does, so it is read
     * back.
     *
     * @throws FreePbxRejectedException if the PIN is still another one
     */
    public void changePin(String extension, String pin) {
        Futures.await(changePinAsync(extension, pin));
    }

    /** Changes without waiting; the future fails as {@link #changePin} does. */
    public CompletableFuture<@Nullable Void> changePinAsync(String extension, String pin) {
        String checked = NewExtension.checkedNumber(extension);
        Objects.requireNonNull(pin, "pin");
        return calls.perform(
                "voicemail.changePin",
                session -> {
                    session.rest(
                            "PUT",
                            "voicemail/voicemail/password/" + checked,
                            Map.of("id", checked, "password", pin));
                    boolean changed =
                            find(session, checked)
                                    .filter(box -> box.raw().text("password").equals(pin))
                                    .isPresent();
                    if (!changed) {
                        throw FreePbxRejectedException.of(
                                session.tried("voicemail/password"),
                                Kind.SERVER_ERROR,
                                200,
                                "the mailbox has not got this PIN",
                                true);
                    }
                });
    }
}
