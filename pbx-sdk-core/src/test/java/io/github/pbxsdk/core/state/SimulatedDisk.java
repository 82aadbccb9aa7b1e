package io.github.pbxsdk.core.state;

import io.github.pbxsdk.core.internal.state.StateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk behind a cache that fails when a test wants it to, in the ways real ones do.
 *
 * <p>What was not synced may be gone after a loss of power, page by page and in any order; so may
 * names, until their folder was synced. A write that fails has written a part. A sync that fails
 * has brought some pages to the disk and forgets about the others, as Linux does.
 */
final class SimulatedDisk implements StateFiles {

    private static final int PAGE = 512;

    private final Random random;
    private final List<Operation> operations = new ArrayList<>();
    private Map<Path, Content> names = new HashMap<>();
    private Map<Path, Content> syncedNames = new HashMap<>();
    private int failAt = Integer.MAX_VALUE;
    private boolean failsForGood;

    SimulatedDisk(long seed) {
        this.random = new Random(seed);
    }

    /** What a store does with its disk. */
    enum Operation {
        OPEN,
        REPLACE,
        DELETE,
        SYNC_FOLDER,
        WRITE,
        TRUNCATE,
        SYNC
    }

    /** Lets one operation fail, counted from 1, and perhaps all after it. */
    void failAt(int operation, boolean forGood) {
        failAt = operation;
        failsForGood = forGood;
    }

    void work() {
        failAt = Integer.MAX_VALUE;
    }

    /** Returns what was done so far. */
    List<Operation> operations() {
        return operations;
    }

    /** Forgets what was not synced, apart from what happened to reach the disk. */
    void losePower() {
        names = new HashMap<>(random.nextBoolean() ? names : syncedNames);
        names.values().forEach(Content::losePower);
        syncedNames = new HashMap<>(names);
        work();
    }

    private boolean fails(Operation operation) {
        operations.add(operation);
        int number = operations.size();
        return number == failAt || (failsForGood && number > failAt);
    }

    private void require(Operation operation) throws IOException {
        if (fails(operation)) {
            throw new IOException("simulated failure of " + operation);
        }
    }

    @Override
    public boolean exists(Path path) {
        return names.containsKey(path);
    }

    @Override
    public LogFile open(Path path) throws IOException {
        require(Operation.OPEN);
        return names.computeIfAbsent(path, absent -> new Content());
    }

    @Override
    public void replace(Path source, Path target) throws IOException {
        require(Operation.REPLACE);
        names.put(target, names.remove(source));
    }

    @Override
    public void delete(Path path) throws IOException {
        require(Operation.DELETE);
        names.remove(path);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        require(Operation.SYNC_FOLDER);
        syncedNames = new HashMap<>(names);
    }

    private final class Content implements LogFile {

        private final Image cached = new Image();
        private final Image synced = new Image();
        private final BitSet dirty = new BitSet();

        @Override
        public long length() {
            return cached.length;
        }

        @Override
        public int read(long position, byte[] bytes) {
            int count = (int) Math.max(0, Math.min(bytes.length, cached.length - position));
            System.arraycopy(cached.bytes, (int) position, bytes, 0, count);
            return count;
        }

        @Override
        public void write(long position, byte[] bytes) throws IOException {
            boolean fails = fails(Operation.WRITE);
            int count = fails && random.nextBoolean() ? random.nextInt(bytes.length) : bytes.length;
            cached.put((int) position, bytes, 0, count);
            dirty.set((int) position / PAGE, ((int) position + count + PAGE - 1) / PAGE);
            if (random.nextInt(4) == 0) {
                // The system begins to write by itself.
                store(true);
            }
            if (fails) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            require(Operation.TRUNCATE);
            cached.resize((int) length);
        }

        @Override
        public void sync() throws IOException {
            boolean fails = fails(Operation.SYNC);
            store(fails);
            dirty.clear();
            if (fails) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void close() {
            // Closing a file brings nothing to the disk.
        }

        private void losePower() {
            store(true);
            dirty.clear();
            cached.resize(synced.length);
            cached.put(0, synced.bytes, 0, synced.length);
        }

        /** Brings pages to the disk, all or some. */
        private void store(boolean onlySome) {
            if (!onlySome || random.nextInt(4) > 0) {
                synced.resize(cached.length);
                dirty.stream()
                        .filter(page -> !onlySome || random.nextBoolean())
                        .forEach(this::storePage);
            }
        }

        private void storePage(int page) {
            int start = page * PAGE;
            int count = Math.min(PAGE, cached.length - start);
            if (count > 0) {
                synced.put(start, cached.bytes, start, count);
            }
        }
    }

    /** Bytes that grow and shrink; what is grown over is zero. */
    private static final class Image {

        private byte[] bytes = {};
        private int length;

        void put(int position, byte[] source, int start, int count) {
            resize(Math.max(length, position + count));
            System.arraycopy(source, start, bytes, position, count);
        }

        void resize(int newLength) {
            if (newLength > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * newLength);
            }
            if (newLength < length) {
                Arrays.fill(bytes, newLength, length, (byte) 0);
            }
            length = newLength;
        }
    }
}
