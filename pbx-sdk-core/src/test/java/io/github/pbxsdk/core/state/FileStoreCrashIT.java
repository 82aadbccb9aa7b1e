package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file store whose process is killed while it writes. */
@Timeout(600)
class FileStoreCrashIT {

    private static final int KILLS = 200;

    private final Random random = new Random(20261121);
    private final int[] acknowledged = new int[FileStoreWriter.SLOTS];
    private int last;

    @TempDir Path folder;

    @Test
    void keepsWhatWasAcknowledgedBeforeEachOf200Kills() throws IOException {
        for (int kill = 1; kill <= KILLS; kill++) {
            killWriter();
            verify(kill);
        }

        assertThat(last).as("commits that were acknowledged").isGreaterThan(5 * KILLS);
    }

    @Test
    void isClosedToOtherProcesses() throws IOException {
        try (FileStateStore store = FileStateStore.builder().folder(folder).open();
                ChildProcess other =
                        ChildProcess.start(FileStoreWriter.class, folder.toString(), "1")) {
            assertThat(other.readLine())
                    .isEqualTo(
                            "the state in "
                                    + folder
                                    + " is open in another process: close it there, or give this"
                                    + " store a folder of its own");
            store.commit(StateChange.put("a", "k", "v"));
        }
    }

    private void killWriter() throws IOException {
        int first = last + 1;
        try (ChildProcess writer =
                ChildProcess.start(
                        FileStoreWriter.class, folder.toString(), String.valueOf(first))) {
            assertThat(writer.readLine()).isEqualTo("open");
            int patience = random.nextInt(25);
            for (int i = 0; i < patience; i++) {
                acknowledge(String.valueOf(writer.readLine()));
            }
            spin(random.nextInt(3_000_000));
            writer.kill().forEach(this::acknowledge);
        }
    }

    /** Waits less than a commit takes, so that the kill comes at any moment of it. */
    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void acknowledge(String line) {
        // The kill may have come in the middle of a line, whose number is a smaller one then.
        int number = Integer.parseInt(line);
        if (number == last + 1) {
            last = number;
            acknowledged[number % FileStoreWriter.SLOTS] = number;
        }
    }

    private void verify(int kill) {
        try (FileStateStore store = FileStateStore.builder().folder(folder).open()) {
            for (int slot = 0; slot < FileStoreWriter.SLOTS; slot++) {
                int first = number(store, "first", slot);
                assertThat(first)
                        .as("kill %s: never half a batch", kill)
                        .isEqualTo(number(store, "second", slot));
                assertThat(first)
                        .as("kill %s: what was acknowledged, or the commit under way", kill)
                        .isIn(List.of(acknowledged[slot], last + 1));
                if (first == last + 1) {
                    acknowledged[slot] = first;
                }
            }
        }
    }

    private static int number(FileStateStore store, String namespace, int slot) {
        return store.find(namespace, String.valueOf(slot))
                .map(entry -> Integer.parseInt(entry.text().split("-", 2)[0]))
                .orElse(0);
    }
}
