package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file store makes of a log that is not as it was written. */
class LogDamageTest {

    @TempDir Path folder;

    private Path log = Path.of("");

    @BeforeEach
    void chooseLog() {
        log = folder.resolve("state.log");
    }

    private FileStateStore open() {
        return FileStateStore.builder()
                .folder(folder)
                .durability(Durability.OPERATING_SYSTEM)
                .open();
    }

    /** Commits pairs, and returns the log as a process leaves it that is killed after each one. */
    private byte[][] logsAfterEachOf(int commits) throws IOException {
        byte[][] logs = new byte[commits + 1][];
        try (FileStateStore store = open()) {
            logs[0] = Files.readAllBytes(log);
            for (int i = 1; i <= commits; i++) {
                store.commit(pair(i));
                logs[i] = Files.readAllBytes(log);
            }
        }
        return logs;
    }

    private static Batch pair(int number) {
        return Batch.builder()
                .add(StateChange.put("first", "k" + number, "value"))
                .add(StateChange.put("second", "k" + number, "value"))
                .build();
    }

    private List<String> keys(String namespace) {
        try (FileStateStore store = open()) {
            return store.stream(namespace).map(StateEntry::key).collect(Collectors.toList());
        }
    }

    private static List<String> keysUpTo(int number) {
        return java.util.stream.IntStream.rangeClosed(1, number).mapToObj(i -> "k" + i).toList();
    }

    @Test
    void cutsATornTailAtAnyByteOfTheLastThreeRecords() throws IOException {
        byte[][] logs = logsAfterEachOf(6);
        byte[] whole = logs[6];
        for (int length = logs[3].length; length <= whole.length; length++) {
            Files.write(log, Arrays.copyOf(whole, length));
            int intact = 3;
            while (intact < 6 && logs[intact + 1].length <= length) {
                intact++;
            }

            assertThat(keys("first")).as("cut at %s", length).isEqualTo(keysUpTo(intact));
            assertThat(keys("second")).as("cut at %s", length).isEqualTo(keysUpTo(intact));
        }
    }

    @Test
    void goesOnAfterATornTail() throws IOException {
        byte[][] logs = logsAfterEachOf(3);
        Files.write(log, Arrays.copyOf(logs[3], logs[3].length - 1));
        try (FileStateStore store = open()) {
            assertThat(log).as("nothing of it may come up again").hasSize(logs[2].length);
            store.commit(pair(9));
        }

        assertThat(keys("first")).containsExactly("k1", "k2", "k9");
    }

    @Test
    void takesPagesThatNeverReachedTheDiskForATornTail() throws IOException {
        byte[][] logs = logsAfterEachOf(3);
        byte[] holes = logs[3].clone();
        Arrays.fill(holes, logs[2].length, logs[2].length + 40, (byte) 0);
        Files.write(log, holes);

        assertThat(keys("first")).isEqualTo(keysUpTo(2));
    }

    @Test
    void takesNoDamagedByteForData() throws IOException {
        byte[][] logs = logsAfterEachOf(4);
        byte[] closed = Files.readAllBytes(log);
        int lastRecord = logs[4].length;
        for (int offset = 0; offset < closed.length; offset++) {
            byte[] damaged = closed.clone();
            damaged[offset] ^= 0x10;
            Files.write(log, damaged);

            if (offset < lastRecord) {
                assertThatThrownBy(this::open)
                        .as("byte %s", offset)
                        .isInstanceOf(StateException.class)
                        .hasMessageContaining(log.toString());
                assertThat(Files.readAllBytes(log)).as("left as it is").isEqualTo(damaged);
            } else {
                assertThat(keys("first")).as("byte %s", offset).isEqualTo(keysUpTo(4));
            }
        }
    }

    @Test
    void saysWhereItIsDamaged() throws IOException {
        byte[][] logs = logsAfterEachOf(4);
        byte[] damaged = logs[4].clone();
        damaged[logs[1].length + 30]++;
        Files.write(log, damaged);

        assertThatThrownBy(this::open)
                .isInstanceOf(StateException.class)
                .hasMessage(
                        log
                                + " is damaged at byte "
                                + logs[1].length
                                + ", before sound records: it is left as it is. Restore it from a"
                                + " backup, or move it away to begin with nothing");
    }

    @Test
    void seesThatARecordInTheMiddleIsGone() throws IOException {
        byte[][] logs = logsAfterEachOf(4);
        byte[] last = Arrays.copyOfRange(logs[4], logs[3].length, logs[4].length);
        byte[] damaged = Arrays.copyOf(logs[2], logs[2].length + 7 + last.length);
        System.arraycopy(last, 0, damaged, logs[2].length + 7, last.length);
        Files.write(log, damaged);

        assertThatThrownBy(this::open)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("damaged at byte " + logs[2].length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pbx", "pbx-sdk-state", "pbx-sdk-state 0\n", "{\"json\": true}\n"})
    void refusesWhatIsNoLog(String content) throws IOException {
        Files.writeString(log, content);

        assertThatThrownBy(this::open)
                .isInstanceOf(StateException.class)
                .hasMessage(log + " is not a log of pbx-sdk; nothing was changed");
        assertThat(log).hasContent(content);
    }

    @Test
    void refusesANewerFormat() throws IOException {
        open().close();
        byte[] newer = Files.readAllBytes(log);
        newer["pbx-sdk-state ".length()] = '2';
        Files.write(log, newer);

        assertThatThrownBy(this::open)
                .isInstanceOf(StateException.class)
                .hasMessage(
                        log
                                + " was written by a newer pbx-sdk in format 2; this one reads up"
                                + " to 1: use the newer one");
        assertThat(Files.readAllBytes(log)).isEqualTo(newer);
    }
}
