package io.github.pbxsdk.ami;

import io.github.pbxsdk.core.PbxRejectedException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The server understood an action and refused it.
 *
 * <p>AMI has no numbers for its reasons; {@link #kind()} sorts the texts of Asterisk 16 to 23, and
 * {@link #response()} has the answer itself. After deserialisation there is no response.
 */
public final class AmiRejectedException extends PbxRejectedException {

    private static final long serialVersionUID = 1L;

    private final transient AmiResponse response;
    private final Kind kind;

    /**
     * Creates an exception.
     *
     * @param tried what was refused, such as {@code Originate to PJSIP/100}
     */
    AmiRejectedException(String tried, AmiResponse response) {
        super(tried + " refused: " + reason(response), 0, response.message());
        this.response = response;
        this.kind = Kind.of(response.message());
    }

    private static String reason(AmiResponse response) {
        return response.message().isEmpty() ? "the server gives no reason" : response.message();
    }

    /** Returns the answer. */
    public AmiResponse response() {
        return response;
    }

    /** Returns what kind of refusal it is. */
    public Kind kind() {
        return kind;
    }

    /** Why an action was refused. */
    public enum Kind {
        /** The AMI user lacks the privilege class of the action. */
        PERMISSION_DENIED("permission denied"),
        /** The server doesn't have the action: its module isn't loaded, or the release differs. */
        UNKNOWN_ACTION("invalid/unknown command"),
        /** The server is going down and takes no more actions. */
        SHUTTING_DOWN("asterisk is shutting down"),
        /** What the action names isn't there: a channel, queue, mailbox, endpoint, key. */
        NOT_FOUND("no such|not found|does not exist|unable to find|unable to retrieve"),
        /** The action itself is incomplete or wrong. */
        INVALID_REQUEST(
                "missing|invalid|not specified|must be specified|must specify|not provided"
                        + "|no command provided|failed to parse message|too many lines"),
        /** Another reason; {@link AmiRejectedException#reason()} has the text. */
        OTHER("");

        private final Pattern words;

        Kind(String words) {
            this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        }

        private static Kind of(String message) {
            return Arrays.stream(values())
                    .filter(kind -> kind.words.matcher(message).find())
                    .findFirst()
                    .orElse(OTHER);
        }
    }
}
