package io.github.pbxsdk.core.security;

import java.util.Objects;

/**
 * Says whether an operation may go ahead; asked before anything is encoded or sent.
 *
 * <p>A tenant who may look and not touch gets {@link #readOnly()}. An audit writes down what is
 * asked and refuses nothing; where it stands decides what it sees:
 *
 * <pre>{@code
 * OperationGuard audit = operation -> journal.add(user, operation);
 *
 * audit.and(OperationGuard.readOnly());    // the journal shows attempts as well
 * OperationGuard.readOnly().and(audit);    // the journal shows what went ahead
 * }</pre>
 *
 * <p>It is called on the thread that asks for the operation, from many threads at once, and must
 * not block. Whatever it throws reaches the caller, and nothing was sent.
 */
@FunctionalInterface
public interface OperationGuard {

    /**
     * Returns if the operation may go ahead, and throws if it may not.
     *
     * @throws OperationRefusedException if the operation must not go ahead
     */
    void check(Operation operation);

    /** Returns a guard that asks this one first, and the next one if this one lets pass. */
    default OperationGuard and(OperationGuard next) {
        Objects.requireNonNull(next, "next");
        return operation -> {
            check(operation);
            next.check(operation);
        };
    }

    /** Returns a guard that lets everything pass. */
    static OperationGuard allowAll() {
        return operation -> {};
    }

    /** Returns a guard that lets only {@link Operation.Access#READ} pass. */
    static OperationGuard readOnly() {
        return readOnly("only reading is allowed");
    }

    /**
     * Returns a guard that lets only {@link Operation.Access#READ} pass.
     *
     * @param reason why, as the caller of a refused operation will read it
     */
    static OperationGuard readOnly(String reason) {
        Objects.requireNonNull(reason, "reason");
        return operation -> {
            if (operation.access() != Operation.Access.READ) {
                throw new OperationRefusedException(operation, reason);
            }
        };
    }
}
