package io.github.pbxsdk.core.message;

import java.util.Objects;

/**
 * What a peer wrote as an address, kept to the letter because it could be anything.
 *
 * <p>A text from {@code Anonymous} or from {@code 0491570156} of an unknown country is not lost for
 * want of a proper sender. Immutable.
 */
public final class UnparsedAddress extends Address {

    private final String text;

    UnparsedAddress(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    @Override
    public Kind kind() {
        return Kind.UNPARSED;
    }

    /** Returns what the peer wrote, unchanged. */
    @Override
    public String text() {
        return text;
    }

    @Override
    public String masked() {
        return Mask.text(text);
    }

    @Override
    String identity() {
        return text;
    }
}
