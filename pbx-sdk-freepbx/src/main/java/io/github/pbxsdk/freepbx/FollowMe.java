package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The follow-me of extensions; live after {@link FreePbxClient#applyConfig()}. */
public final class FollowMe {

    private static final List<String> KEPT =
            List.of("strategy", "ringTime", "followMeList", "initialRingTime");

    private final FreePbxCalls calls;

    FollowMe(FreePbxCalls calls) {
        this.calls = calls;
    }

    /** Returns the follow-me of an extension, if it was ever set up. */
    public Optional<FollowMeStatus> find(String extension) {
        return Futures.await(findAsync(extension));
    }

    /** Looks without waiting; the future fails as {@link #find} does. */
    public CompletableFuture<Optional<FollowMeStatus>> findAsync(String extension) {
        String checked = NewExtension.checkedNumber(extension);
        return calls.read("followMe.find", session -> find(session, checked));
    }

    private static Optional<FollowMeStatus> find(FreePbxSession session, String extension) {
        try {
            return Optional.of(
                    new FollowMeStatus(
                            session.graphQl(
                                    GraphQlRequest.query("fetchFollowMe")
                                            .argument("extensionId", "ID!", extension)
                                            .select(
                                                    "enabled extensionId noAnswerDestination "
                                                            + String.join(" ", KEPT)))));
        } catch (FreePbxRejectedException e) {
            if (wasNeverSetUp(session, e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Tells what a refusal to show a follow-me means: of one that was never set up the PBX says
     * only that it failed; but so it does of every one when its Asterisk is down.
     */
    static boolean wasNeverSetUp(FreePbxSession session, FreePbxRejectedException refusal) {
        return refusal.kind() == Kind.SERVER_ERROR
                && refusal.code() < 500
                && !PbxSystem.isAsteriskDown(session);
    }

    /** Changes what the settings name, and turns it on unless they say otherwise. */
    public void update(FollowMeSettings settings) {
        Futures.await(updateAsync(settings));
    }

    /** Updates without waiting; the future fails as {@link #update} does. */
    public CompletableFuture<@Nullable Void> updateAsync(FollowMeSettings settings) {
        return calls.perform(
                "followMe.update",
                session -> {
                    session.graphQl(
                            GraphQlRequest.mutation(
                                    "updateFollowMe",
                                    "updateFollowMeInput",
                                    withWhatIsThere(session, settings)));
                });
    }

    /** What isn't given might go back to a default, so it is given again. */
    private static Map<String, Object> withWhatIsThere(
            FreePbxSession session, FollowMeSettings settings) {
        Map<String, Object> input = new LinkedHashMap<>();
        find(session, settings.extension())
                .ifPresent(
                        there -> {
                            for (String field : KEPT) {
                                there.raw()
                                        .filled(field)
                                        .ifPresent(
                                                value ->
                                                        input.put(
                                                                field,
                                                                field.endsWith("Time")
                                                                        ? Integer.valueOf(value)
                                                                        : value));
                            }
                        });
        input.putAll(settings.input());
        return input;
    }
}
