package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxInterruptedException;
import io.github.pbxsdk.core.PbxTimeoutException;
import java.nio.file.FileSystemException;
import java.util.Arrays;

/** How a sample ended, for scripts that call it. */
enum ExitCode {
    /** It did what it was asked to do. */
    DONE(0),
    /** The peer said no. */
    REFUSED(1),
    /** An argument or setting is wrong or missing. */
    USAGE(2),
    /** The peer could not be reached, or did not answer in time. */
    UNREACHABLE(3),
    /** The program itself is at fault; the number is the one of {@code sysexits.h}. */
    FAULT(70),
    /** Somebody pressed Ctrl-C. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Returns what a failure means to the caller. */
    static ExitCode of(Throwable failure) {
        if (failure instanceof OutputClosedException) {
            return DONE;
        }
        if (failure instanceof InterruptedException || failure instanceof PbxInterruptedException) {
            return INTERRUPTED;
        }
        if (failure instanceof PbxConnectionException || failure instanceof PbxTimeoutException) {
            return UNREACHABLE;
        }
        if (failure instanceof PbxException) {
            return REFUSED;
        }
        return isUsage(failure) ? USAGE : FAULT;
    }

    /** The SDK names a wrong argument with an IllegalArgumentException. */
    private static boolean isUsage(Throwable failure) {
        return failure instanceof UsageException
                || failure instanceof IllegalArgumentException
                || failure instanceof FileSystemException
                || isRefusedByABuilder(failure);
    }

    /** A setting that is well-formed, but can't be: the password of another host over http. */
    private static boolean isRefusedByABuilder(Throwable failure) {
        return failure instanceof IllegalStateException
                && Arrays.stream(failure.getStackTrace()).anyMatch(ExitCode::isBuild);
    }

    private static boolean isBuild(StackTraceElement frame) {
        return frame.getMethodName().equals("build")
                && frame.getClassName().startsWith("io.github.pbxsdk.")
                && frame.getClassName().endsWith("Builder");
    }
}
