package io.github.pbxsdk.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pbxsdk.core.state.SimulatedDisk.Operation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a file store makes of a disk that fails at any of its operations. */
class FailingDiskTest {

    private static final int COMMITS = 24;
    private static final int SLOTS = 3;

    @TempDir Path folder;

    /** How the disk goes on after the failure, and what the store finds when it is opened again. */
    private enum Sequel {
        WORKS_AGAIN(false, false),
        WORKS_AGAIN_AND_LOSES_POWER(false, true),
        FAILS_FOR_GOOD(true, false),
        FAILS_FOR_GOOD_AND_LOSES_POWER(true, true);

        private final boolean forGood;
        private final boolean losesPower;

        Sequel(boolean forGood, boolean losesPower) {
            this.forGood = forGood;
            this.losesPower = losesPower;
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatWasAcknowledgedWhicheverOperationFails(Sequel sequel) {
        int operations = operationsOfASoundRun();
        for (int failing = 1; failing <= operations; failing++) {
            SimulatedDisk disk = new SimulatedDisk(failing);
            Workload workload = new Workload();
            disk.failAt(failing, sequel.forGood);
            workload.runOn(disk);
            disk.work();
            if (sequel.losesPower) {
                disk.losePower();
            }

            workload.verifyOn(disk, "operation " + failing + " of " + operations);
        }
    }

    @Test
    void keepsWhatWasAcknowledgedWheneverPowerIsLost() {
        int operations = operationsOfASoundRun();
        for (int last = 1; last <= operations; last++) {
            for (int seed = 0; seed < 3; seed++) {
                SimulatedDisk disk = new SimulatedDisk(31L * last + seed);
                Workload workload = new Workload();
                disk.failAt(last, true);
                workload.runOn(disk);
                disk.losePower();

                workload.verifyOn(disk, "power lost at operation " + last + ", seed " + seed);
            }
        }
    }

    @Test
    void keepsWhatItHasShownOnceWhenPowerIsLostLater() {
        for (int seed = 0; seed < 20; seed++) {
            SimulatedDisk disk = new SimulatedDisk(seed);
            try (FileStateStore store = open(disk)) {
                store.commit(StateChange.put("a", "before", "v"));
                disk.failAt(disk.operations().size() + 1, true);
                // Killed after the system had taken the write, or a part of it.
                assertThatThrownBy(() -> store.commit(StateChange.put("a", "k", "v")))
                        .isInstanceOf(StateException.class);
            }
            disk.work();
            boolean shown;
            try (FileStateStore store = open(disk)) {
                shown = store.find("a", "k").isPresent();
                disk.failAt(disk.operations().size() + 1, true);
            }
            disk.losePower();

            try (FileStateStore store = open(disk)) {
                assertThat(store.find("a", "before")).isPresent();
                assertThat(store.find("a", "k").isPresent()).isEqualTo(shown);
            }
        }
    }

    @Test
    void isRightThatNothingWasChangedWhenPowerIsLostThen() {
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = new SimulatedDisk(seed);
            try (FileStateStore store = open(disk)) {
                disk.failAt(disk.operations().size() + 1, false);
                assertThatThrownBy(() -> store.commit(StateChange.put("a", "k", "v")))
                        .hasMessageContaining("nothing was changed");
                disk.failAt(disk.operations().size() + 1, true);
            }
            disk.losePower();

            try (FileStateStore store = open(disk)) {
                assertThat(store.find("a", "k")).as("seed %s", seed).isEmpty();
            }
        }
    }

    @Test
    void exercisesEveryOperation() {
        SimulatedDisk disk = new SimulatedDisk(1);
        new Workload().runOn(disk);

        assertThat(disk.operations())
                .contains(
                        Operation.OPEN,
                        Operation.REPLACE,
                        Operation.DELETE,
                        Operation.SYNC_FOLDER,
                        Operation.WRITE,
                        Operation.SYNC);
        assertThat(disk.operations().stream().filter(Operation.REPLACE::equals).count())
                .as("logs made, the first one and by compaction")
                .isGreaterThan(2);
    }

    @Test
    void goesOnAfterTheDiskWasFull() {
        SimulatedDisk disk = new SimulatedDisk(1);
        try (FileStateStore store = open(disk)) {
            store.commit(StateChange.put("a", "before", "v"));
            disk.failAt(disk.operations().size() + 1, false);

            assertThatThrownBy(() -> store.commit(StateChange.put("a", "full", "v")))
                    .isInstanceOfSatisfying(
                            StateException.class, e -> assertThat(e.mayHaveBeenSent()).isFalse())
                    .hasMessageContaining("nothing was changed")
                    .hasMessageContaining("No space left on device");

            store.commit(StateChange.put("a", "after", "v"));
        }

        try (FileStateStore store = open(disk)) {
            assertThat(store.stream("a").map(StateEntry::key)).containsExactly("after", "before");
        }
    }

    @Test
    void doesNotPretendAfterASyncHasFailed() {
        SimulatedDisk disk = new SimulatedDisk(1);
        try (FileStateStore store = open(disk)) {
            store.commit(StateChange.put("a", "before", "v"));
            disk.failAt(disk.operations().size() + 2, false);

            assertThatThrownBy(() -> store.commit(StateChange.put("a", "lost", "v")))
                    .isInstanceOfSatisfying(
                            StateException.class, e -> assertThat(e.mayHaveBeenSent()).isTrue())
                    .hasMessageContaining("open it again");
            assertThatThrownBy(() -> store.commit(StateChange.put("a", "after", "v")))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("takes no more changes");

            assertThat(store.find("a", "lost")).isEmpty();
            assertThat(store.find("a", "before")).isPresent();
        }

        disk.losePower();
        try (FileStateStore store = open(disk)) {
            assertThat(store.stream("a").map(StateEntry::key)).containsExactly("before");
        }
    }

    @Test
    void keepsTheOldLogWhenThereIsNoRoomToCompactIt() {
        SimulatedDisk disk = new SimulatedDisk(1);
        Workload workload = new Workload();
        int firstCompaction = disk(disk, workload).lastIndexOf(Operation.DELETE) + 1;

        SimulatedDisk full = new SimulatedDisk(1);
        full.failAt(firstCompaction + 2, false);
        Workload again = new Workload();
        again.runOn(full);

        assertThat(full.operations().get(firstCompaction + 1)).isEqualTo(Operation.WRITE);
        assertThat(again.failures).isEmpty();
        again.verifyOn(full, "compaction failed");
    }

    private List<Operation> disk(SimulatedDisk disk, Workload workload) {
        workload.runOn(disk);
        return disk.operations();
    }

    private int operationsOfASoundRun() {
        SimulatedDisk disk = new SimulatedDisk(1);
        new Workload().runOn(disk);
        return disk.operations().size();
    }

    private FileStateStore open(SimulatedDisk disk) {
        return FileStateStore.builder().folder(folder).files(disk).open();
    }

    /** Commits the same number to two keys again and again, and remembers what it was told. */
    private final class Workload {

        private final Map<Integer, Integer> acknowledged = new HashMap<>();
        private final Map<Integer, StateException> failures = new HashMap<>();

        void runOn(SimulatedDisk disk) {
            try (FileStateStore store = open(disk)) {
                IntStream.rangeClosed(1, COMMITS).forEach(number -> commit(store, number));
            } catch (StateException e) {
                // The disk failed when the store was opened or closed.
                failures.put(0, e);
            }
        }

        private void commit(FileStateStore store, int number) {
            String text = number + "-" + "x".repeat(60_000);
            try {
                store.commit(
                        Batch.builder()
                                .add(StateChange.put("first", slot(number), text))
                                .add(StateChange.put("second", slot(number), text))
                                .build());
                acknowledged.put(number % SLOTS, number);
            } catch (StateException e) {
                failures.put(number, e);
            }
        }

        void verifyOn(SimulatedDisk disk, String what) {
            try (FileStateStore store = open(disk)) {
                IntStream.range(0, SLOTS).forEach(slot -> verify(store, slot, what));
                store.commit(StateChange.put("later", "k", "v"));
            }
            try (FileStateStore store = open(disk)) {
                assertThat(store.find("later", "k")).as(what).isPresent();
                IntStream.range(0, SLOTS).forEach(slot -> verify(store, slot, what));
            }
        }

        private void verify(FileStateStore store, int slot, String what) {
            int first = number(store.find("first", slot(slot)).stream());
            int second = number(store.find("second", slot(slot)).stream());
            assertThat(first).as("%s: never half a batch", what).isEqualTo(second);
            int kept = acknowledged.getOrDefault(slot, 0);
            if (first != kept) {
                assertThat(first)
                        .as("%s: what was acknowledged in slot %s", what, slot)
                        .isGreaterThan(kept);
                assertThat(failures.get(first))
                        .as("%s: what is there in spite of a failure", what)
                        .matches(failure -> failure != null && failure.mayHaveBeenSent());
            }
        }

        private int number(Stream<StateEntry> entry) {
            return entry.mapToInt(each -> Integer.parseInt(each.text().split("-", 2)[0])).sum();
        }

        private String slot(int number) {
            return String.valueOf(number % SLOTS);
        }
    }
}
