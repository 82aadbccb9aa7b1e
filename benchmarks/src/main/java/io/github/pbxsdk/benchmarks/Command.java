package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks another program. */
final class Command {

    private Command() {}

    /** Returns what a program printed; nothing when it is absent or fails. */
    static Optional<String> output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] bytes = process.getInputStream().readAllBytes();
            return process.waitFor() == 0
                    ? Optional.of(new String(bytes, StandardCharsets.UTF_8).strip())
                    : Optional.empty();
        } catch (IOException e) {
            // The program is not installed.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
