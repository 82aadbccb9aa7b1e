package io.github.pbxsdk.core.security;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about to do, as an {@link OperationGuard} sees it.
 *
 * <p>Immutable.
 */
public final class Operation {

    private final String protocol;
    private final String name;
    private final Access access;

    private Operation(String protocol, String name, Access access) {
        this.protocol = Objects.requireNonNull(protocol, "protocol");
        this.name = Objects.requireNonNull(name, "name");
        this.access = Objects.requireNonNull(access, "access");
    }

    /** Returns an operation that leaves the PBX as it is. */
    public static Operation read(String protocol, String name) {
        return new Operation(protocol, name, Access.READ);
    }

    /** Returns an operation that changes something, or may do so. */
    public static Operation change(String protocol, String name) {
        return new Operation(protocol, name, Access.CHANGE);
    }

    /** Returns the module: {@code ami}, {@code ari}, {@code sip}, {@code sms}, {@code freepbx}. */
    public String protocol() {
        return protocol;
    }

    /**
     * Returns the name in the words of the protocol: {@code Originate}, {@code channels.hangup}.
     */
    public String name() {
        return name;
    }

    /** Returns whether it reads or changes; what is not known counts as a change. */
    public Access access() {
        return access;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Operation that
                && protocol.equals(that.protocol)
                && name.equals(that.name)
                && access == that.access;
    }

    @Override
    public int hashCode() {
        return Objects.hash(protocol, name, access);
    }

    @Override
    public String toString() {
        return protocol + " " + name + " (" + access + ")";
    }

    /** What an operation does to the PBX. */
    public enum Access {
        /** Leaves the PBX as it is. */
        READ,
        /** Changes something, or may. */
        CHANGE
    }
}
