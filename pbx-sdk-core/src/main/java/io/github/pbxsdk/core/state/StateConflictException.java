package io.github.pbxsdk.core.state;

/**
 * An entry is not as the change expected it, so nothing of the batch was changed.
 *
 * <p>Somebody else was faster: read the entry again and decide anew.
 */
public final class StateConflictException extends StateException {

    private static final long serialVersionUID = 1L;

    private final String namespace;
    private final String key;

    /** Creates an exception about the first change of a batch that could not be made. */
    public StateConflictException(StateChange change) {
        super(message(change));
        this.namespace = change.namespace();
        this.key = change.key();
    }

    private static String message(StateChange change) {
        long expected = change.expectedVersion().orElse(0);
        return change
                + " refused: "
                + (expected == 0
                        ? "there is an entry already"
                        : "the entry has no longer version " + expected);
    }

    /** Returns the namespace of the entry. */
    public String namespace() {
        return namespace;
    }

    /** Returns the key of the entry. */
    public String key() {
        return key;
    }
}
