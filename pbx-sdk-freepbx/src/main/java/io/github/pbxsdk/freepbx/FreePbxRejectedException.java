package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.retry.RetryAdvice;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * FreePBX said no, or this client refused before it was asked.
 *
 * <p>FreePBX can say no after it has done the work: {@link #mayHaveBeenSent()} is true unless the
 * refusal shows that nothing was done. Read back before repeating. {@link #kind()} is told from a
 * text that the PBX translates, so it is a hint, except for those kinds that say otherwise.
 */
public final class FreePbxRejectedException extends PbxRejectedException implements RetryAdvice {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final boolean unprocessed;

    private FreePbxRejectedException(
            String message,
            Kind kind,
            int status,
            String reason,
            @Nullable Throwable cause,
            boolean mayHaveBeenDone) {
        super(message, status, reason, cause, mayHaveBeenDone);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.unprocessed = !mayHaveBeenDone;
    }

    /** Returns a refusal by the PBX; the reason holds no secrets any more. */
    static FreePbxRejectedException of(
            String tried, Kind kind, int status, String reason, boolean mayHaveBeenDone) {
        String said = reason.isEmpty() ? "the PBX gives no reason" : reason;
        return new FreePbxRejectedException(
                tried + " refused: " + said + " (" + status + ")" + kind.hint,
                kind,
                status,
                reason,
                null,
                mayHaveBeenDone);
    }

    /** Returns a refusal before anything was sent. */
    static FreePbxRejectedException notSent(String tried, Kind kind, String reason) {
        return new FreePbxRejectedException(
                tried + " not sent: " + reason, kind, 0, reason, null, false);
    }

    /** Returns the same refusal, which came before this one, with more words. */
    FreePbxRejectedException withWords(String more) {
        return new FreePbxRejectedException(
                getMessage() + "; " + more, kind, code(), reason(), this, mayHaveBeenSent());
    }

    /** Returns what kind of refusal it is. */
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean mayHelp() {
        return code() >= 500;
    }

    @Override
    public boolean unprocessed() {
        return unprocessed;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** Why it was refused. */
    public enum Kind {
        /**
         * This PBX, or this API application, doesn't have the operation: the scope, the module or
         * the field is missing. FreePBX can't tell the three apart.
         */
        SCOPE_OR_MODULE_MISSING("; look at the scopes of the API application, and at the module"),
        /** What was asked is incomplete or wrong. */
        INVALID_REQUEST(""),
        /** What it names isn't there. */
        NOT_FOUND(""),
        /** It is there already. */
        CONFLICT(""),
        /**
         * The PBX failed, or failed without a word; it may have done the work, or a part of it. The
         * PBX has the details in its {@code gql_api_error.log}.
         */
        SERVER_ERROR("; read back what is there before repeating"),
        /** Nothing was sent: settings would be lost that nobody asked to change. */
        WOULD_LOSE_SETTINGS(""),
        /** Nothing was sent: this client was not given the road that this needs. */
        ROAD_MISSING(""),
        /** Another reason, in the words of the PBX. */
        OTHER("");

        private final String hint;

        Kind(String hint) {
            this.hint = hint;
        }
    }
}
