package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.recording.RecordingContent;
import io.github.pbxsdk.core.recording.RecordingEntry;
import io.github.pbxsdk.core.recording.RecordingSource;
import io.github.pbxsdk.core.recording.SourceCapability;
import io.github.pbxsdk.freepbx.FreePbxRejectedException.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The recordings of calls, by the web interface of FreePBX: one at a time, by the unique id of its
 * call record. It can't list them: read the call records, which name the files.
 *
 * <p>The client needs {@link FreePbxClient.Builder#gui}. A file of 44 bytes is a recording in which
 * nobody ever spoke.
 */
public final class CallRecordings implements RecordingSource {

    private final FreePbxCalls calls;

    CallRecordings(FreePbxCalls calls) {
        this.calls = calls;
    }

    @Override
    public String name() {
        return "recordings of " + calls.settings().host() + " by the web interface";
    }

    @Override
    public String road() {
        return "freepbx";
    }

    @Override
    public Set<SourceCapability> capabilities() {
        return Set.of();
    }

    /**
     * Opens a recording, if it is there; to be closed. It begins at 0 whatever the offset.
     *
     * @throws PbxException if the PBX refuses or can't be reached
     * @throws IllegalArgumentException if the entry has no unique id: FreePBX finds it by nothing
     *     else
     */
    @Override
    public Optional<RecordingContent> open(RecordingEntry entry, long offset) {
        String uniqueid =
                entry.uniqueid()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the web interface finds a recording by the uniqueid"
                                                        + " of its call record"));
        CompletableFuture<Optional<RecordingContent>> opening =
                calls.read("callRecordings.open", session -> open(session, uniqueid));
        try {
            return Futures.await(opening);
        } catch (PbxInterruptedException e) {
            // It may have been opened in that very moment, and nobody takes it any more.
            opening.thenAccept(found -> found.ifPresent(CallRecordings::close));
            throw e;
        }
    }

    private static void close(RecordingContent unwanted) {
        try {
            unwanted.close();
        } catch (IOException e) {
            // Nobody wants what was left, so nobody wants to hear why it could not be read.
        }
    }

    private static Optional<RecordingContent> open(FreePbxSession session, String uniqueid) {
        String page =
                "config.php?display=cdr&action=download_audio&cdr_file="
                        + FreePbxLogin.encoded(uniqueid);
        return session.gui("download_audio")
                .download(session, page, response -> content(session, response));
    }

    /** Returns a sound, or that there is none; nothing at all for a page with the log-in form. */
    private static Optional<Optional<RecordingContent>> content(
            FreePbxSession session, HttpResponse response) {
        String type = response.headers().find("Content-Type").orElse("");
        if (response.isSuccessful() && isSound(type)) {
            RecordingContent.Builder content =
                    RecordingContent.builder(response.body()).contentType(type);
            response.headers()
                    .find("Content-Length")
                    .filter(length -> length.matches("[0-9]{1,18}"))
                    .ifPresent(length -> content.length(Long.parseLong(length)));
            return Optional.of(Optional.of(content.build()));
        }
        FreePbxHttp.Answer answer = FreePbxHttp.read(response);
        if (!answer.isSuccessful()) {
            throw FreePbxRejectedException.of(
                    session.tried("download_audio"), Kind.OTHER, answer.status(), "", false);
        }
        // There is none: the PBX says 200, and shows a page.
        return GuiSession.isLoggedIn(answer) ? Optional.of(Optional.empty()) : Optional.empty();
    }

    static boolean isSound(String contentType) {
        return contentType.startsWith("audio/")
                || contentType.startsWith("application/octet-stream");
    }
}
