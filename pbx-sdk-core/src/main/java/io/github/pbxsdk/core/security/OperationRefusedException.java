package io.github.pbxsdk.core.security;

import io.github.pbxsdk.core.PbxException;

/**
 * An {@link OperationGuard} of this application did not let an operation pass; nothing was sent.
 *
 * <p>The PBX knows nothing of it. When the PBX itself says no, that is a {@link
 * io.github.pbxsdk.core.PbxRejectedException}.
 */
public class OperationRefusedException extends PbxException {

    private static final long serialVersionUID = 1L;

    // An exception can be serialized, an operation cannot; nobody reads one after transport.
    private final transient Operation operation;
    private final String reason;

    /** Creates an exception; guards throw it. */
    public OperationRefusedException(Operation operation, String reason) {
        super("not allowed here: " + operation + ": " + reason);
        this.operation = operation;
        this.reason = reason;
    }

    /** Returns what was refused. */
    public Operation operation() {
        return operation;
    }

    /** Returns why, in the words of the guard. */
    public String reason() {
        return reason;
    }
}
