package io.github.pbxsdk.samples.runner;

import io.github.pbxsdk.core.PbxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in one sentence what went wrong. */
final class Sentence {

    private Sentence() {}

    static String of(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            return ofFile(file);
        }
        if (ExitCode.of(failure) == ExitCode.FAULT) {
            return "unexpected " + failure + " (--verbose shows where it began)";
        }
        return message(failure) + outcome(failure);
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String outcome(Throwable failure) {
        return failure instanceof PbxException known && known.mayHaveBeenSent()
                ? " (it may have been carried out all the same)"
                : "";
    }

    /** The messages of these exceptions are the bare name of the file. */
    private static String ofFile(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + failure.getFile();
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for the file " + failure.getFile();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "the file " + failure.getFile() + " exists";
        }
        return message(failure);
    }
}
