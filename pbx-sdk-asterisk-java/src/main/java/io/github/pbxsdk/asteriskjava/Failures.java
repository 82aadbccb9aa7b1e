package io.github.pbxsdk.asteriskjava;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxTimeoutException;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.TimeoutException;

/** Makes our failures into those that users of asterisk-java catch; ours is the cause. */
final class Failures {

    private Failures() {}

    /** Returns what a login throws. */
    static IOException ofLogin(PbxException failure)
            throws AuthenticationFailedException, TimeoutException {
        if (failure instanceof PbxAuthenticationException) {
            throw new AuthenticationFailedException(failure.getMessage(), failure);
        }
        if (failure instanceof PbxTimeoutException
                || failure.getCause() instanceof PbxTimeoutException) {
            TimeoutException timeout = new TimeoutException(failure.getMessage());
            timeout.initCause(failure);
            throw timeout;
        }
        return ofAction(failure);
    }

    /** Returns what a wait throws that was interrupted; who waited stays so. */
    static InterruptedIOException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(what + " was interrupted");
    }

    /** Returns what an action throws. */
    static IOException ofAction(Throwable failure) {
        return new IOException(failure.getMessage(), failure);
    }
}
