package io.github.pbxsdk.core;

import org.jspecify.annotations.Nullable;

/** The peer said something unreadable: report it, with {@link #rawText()}. */
public class PbxProtocolException extends PbxException {

    private static final long serialVersionUID = 1L;

    /** How much of the raw text is kept. */
    private static final int LIMIT = 4096;

    private final String rawText;

    /** Creates an exception about a text that came from the peer. */
    public PbxProtocolException(String message, String rawText) {
        this(message, rawText, null);
    }

    /** Creates an exception about a text that came from the peer, with the failure it caused. */
    public PbxProtocolException(String message, String rawText, @Nullable Throwable cause) {
        super(message, cause, true);
        this.rawText = rawText.length() <= LIMIT ? rawText : rawText.substring(0, LIMIT);
    }

    /**
     * Returns the beginning of what the peer sent, at most 4096 characters.
     *
     * <p>It can hold personal data; it is not part of the message for that reason.
     */
    public String rawText() {
        return rawText;
    }
}
