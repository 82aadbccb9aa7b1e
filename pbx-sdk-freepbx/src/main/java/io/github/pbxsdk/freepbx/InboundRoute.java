package io.github.pbxsdk.freepbx;

import java.util.Optional;

/**
 * A number of ours that people call, and what happens then.
 *
 * @param raw everything the PBX told
 */
public record InboundRoute(FreePbxObject raw) {

    /** Returns the number that is called, or an empty text for any. */
    public String did() {
        return raw.text("extension");
    }

    /** Returns the caller this holds for, or an empty text for any. */
    public String callerNumber() {
        return raw.text("cidnum");
    }

    /** Returns what it is called. */
    public String description() {
        return raw.text("description");
    }

    /**
     * Returns where calls go, in words such as {@code Extensions: 1001 Alice}. It can't be turned
     * back into a {@link Destination}: FreePBX tells nothing else.
     */
    public Optional<String> destinationText() {
        return raw.filled("destinationConnection");
    }

    @Override
    public String toString() {
        return "InboundRoute[" + did() + (callerNumber().isEmpty() ? "" : "/…") + "]";
    }
}
