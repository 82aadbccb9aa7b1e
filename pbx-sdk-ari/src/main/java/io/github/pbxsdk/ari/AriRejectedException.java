package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxRejectedException;
import io.github.pbxsdk.core.retry.RetryAdvice;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The server understood an operation and refused it, or lacks it.
 *
 * <p>{@link #code()} is the HTTP status, 0 where nothing was sent because the server is too old;
 * {@link #reason()} are the server's words, which it often leaves out.
 */
public final class AriRejectedException extends PbxRejectedException implements RetryAdvice {

    private static final long serialVersionUID = 1L;

    private static final int NOT_BOOTED = 503;

    private final Kind kind;
    private final boolean unprocessed;

    private AriRejectedException(
            String message, Kind kind, int status, String reason, boolean unprocessed) {
        super(message, status, reason, null, status >= 500 && !unprocessed);
        this.kind = kind;
        this.unprocessed = unprocessed;
    }

    /**
     * Returns a refusal by the server.
     *
     * @param tried what was refused, such as {@code channels.hangup /channels/1.1 on pbx:8088}
     */
    static AriRejectedException of(String tried, int status, String reason) {
        Kind kind = Kind.of(status, reason);
        String said = reason.isEmpty() ? "the server gives no reason" : reason;
        boolean notBooted =
                status == NOT_BOOTED && reason.toLowerCase(Locale.ROOT).contains("not booted");
        return new AriRejectedException(
                tried + " refused: " + said + " (" + status + ")" + kind.hint,
                kind,
                status,
                reason,
                notBooted);
    }

    /** Returns a refusal before anything was sent. */
    static AriRejectedException tooOld(String tried, String what, String releases, Release server) {
        String needs = releases.replace(" ", ", ").replaceFirst(", ([^,]*)$", " or $1");
        String reason = what + " needs " + needs + ", server is " + server;
        return new AriRejectedException(
                tried + " not sent: " + reason, Kind.SERVER_TOO_OLD, 0, reason, true);
    }

    /** Returns a refusal of what would hit another recording. */
    static AriRejectedException wrongRecording(String tried, String other) {
        String reason =
                "this server would take the recording "
                        + other
                        + " instead; update it to 16.26, 18.12, 20 or later, or give recordings"
                        + " names of which none begins with another";
        return new AriRejectedException(
                tried + " not sent: " + reason, Kind.WRONG_RECORDING, 0, reason, true);
    }

    /** Returns what kind of refusal it is. */
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean mayHelp() {
        return code() == NOT_BOOTED;
    }

    @Override
    public boolean unprocessed() {
        return unprocessed;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** Why an operation was refused. */
    public enum Kind {
        /** The operation itself is incomplete or wrong. */
        INVALID_REQUEST(""),
        /** The user may only read. */
        READ_ONLY_USER("; set read_only=no for this user"),
        /** The user may not do this, or the server keeps this file to itself. */
        FORBIDDEN(""),
        /** What the operation names isn't there. */
        NOT_FOUND(""),
        /** There is no such resource: the server lacks a module, or the address is not ARI's. */
        UNKNOWN_OPERATION("; check baseUri(...), and that the server's ARI modules are loaded"),
        /** The state is against it: a name is taken, a channel is not in an application. */
        CONFLICT(""),
        /** The channel is in a state that does not allow it. */
        WRONG_STATE(""),
        /** The body is longer than the server takes. */
        TOO_LARGE("; the server takes 40960 bytes"),
        /** The server cannot do it with what it was given, such as an unknown format. */
        UNPROCESSABLE(""),
        /** The server failed; it may have done part of it. */
        SERVER_ERROR(""),
        /** The server is starting, or has too many sessions. */
        NOT_READY(""),
        /** Nothing was sent: this server would take another recording than the one named. */
        WRONG_RECORDING(""),
        /** Nothing was sent: this release of the server does not have it. */
        SERVER_TOO_OLD(""),
        /** Another reason; {@link AriRejectedException#code()} has the status. */
        OTHER("");

        private final String hint;

        Kind(String hint) {
            this.hint = hint;
        }

        private static Kind of(int status, String reason) {
            return switch (status) {
                case 400 -> INVALID_REQUEST;
                case 403 -> reason.equals("Write access denied") ? READ_ONLY_USER : FORBIDDEN;
                case 404 -> isUnknownResource(reason) ? UNKNOWN_OPERATION : NOT_FOUND;
                case 405, 501 -> UNKNOWN_OPERATION;
                case 409 -> CONFLICT;
                case 412 -> WRONG_STATE;
                case 413 -> TOO_LARGE;
                case 422 -> UNPROCESSABLE;
                case NOT_BOOTED -> NOT_READY;
                default -> status >= 500 ? SERVER_ERROR : OTHER;
            };
        }

        private static boolean isUnknownResource(String reason) {
            return reason.isEmpty() || reason.equals("Resource not found");
        }
    }
}
