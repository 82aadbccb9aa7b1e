package io.github.pbxsdk.core.state;

import java.io.PrintStream;
import java.nio.file.Path;

/** Commits pairs of entries without end and says so after each; a test kills it. */
final class FileStoreWriter {

    static final int SLOTS = 7;

    private FileStoreWriter() {}

    /** Expects the folder and the number to begin with. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        try (FileStateStore store = FileStateStore.builder().folder(Path.of(arguments[0])).open()) {
            out.println("open");
            for (int number = Integer.parseInt(arguments[1]); ; number++) {
                store.commit(pair(number));
                out.println(number);
            }
        } catch (StateException e) {
            out.println(e.getMessage());
        }
    }

    private static Batch pair(int number) {
        String slot = String.valueOf(number % SLOTS);
        String text = number + "-" + "x".repeat(15_000);
        return Batch.builder()
                .add(StateChange.put("first", slot, text))
                .add(StateChange.put("second", slot, text))
                .build();
    }
}
