package io.github.pbxsdk.core.internal.flight;

import io.github.pbxsdk.core.internal.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from connections and has them written on a thread of its own.
 *
 * <p>What waits is bounded in bytes. What does not fit, or cannot be scrubbed or written, is
 * counted as missing: in the file, as soon as it takes something again.
 */
public final class FlightLog {

    /** The longest message that is kept whole. */
    static final int RECORD_BYTES = 256 * 1024;

    /** What is scrubbed of a message: more than is kept, so that no secret is cut before. */
    static final int SCRUBBED_BYTES = RECORD_BYTES + 4 * 1024;

    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(FlightLog.class);

    private final FlightFile file;
    private final long queueBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();

    private volatile @Nullable Thread writer;
    private volatile boolean isClosed;
    private boolean isEnded;
    private boolean hasComplained;

    /** Creates a log that writes to a file; opens and starts nothing. */
    public FlightLog(FlightFile file, long queueBytes) {
        this.file = file;
        this.queueBytes = queueBytes;
    }

    long nanos() {
        return file.nanos();
    }

    void add(FlightEntry entry) {
        if (isClosed) {
            return;
        }
        if (waitingBytes.addAndGet(entry.cost()) > queueBytes) {
            waitingBytes.addAndGet(-entry.cost());
            missing.incrementAndGet();
            return;
        }
        entry.missingBefore = missing.getAndSet(0);
        queue.add(() -> write(entry));
        startWriter();
    }

    private void startWriter() {
        if (writer != null) {
            return;
        }
        lock.lock();
        try {
            if (writer == null && !isClosed) {
                writer = Threads.reader("flight-recorder", this::run);
                writer.start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!isEnded) {
            try {
                queue.take().run();
                if (queue.isEmpty() || file.isBufferFull()) {
                    flush();
                }
            } catch (InterruptedException e) {
                // Nobody but close() ends this thread, and it puts its wish into the queue.
                log.debug("the flight recorder was interrupted and goes on");
            }
        }
    }

    private void write(FlightEntry entry) {
        waitingBytes.addAndGet(-entry.cost());
        try {
            byte[] scrubbed = scrub(entry);
            file.write(entry, scrubbed);
        } catch (IOException e) {
            missing.addAndGet(entry.missingBefore + 1);
            giveUpFile(e);
        } catch (RuntimeException | StackOverflowError e) {
            // What cannot be scrubbed is never written.
            missing.addAndGet(entry.missingBefore + 1);
            complain("a message could not be scrubbed and is left out", e);
        }
    }

    private static byte[] scrub(FlightEntry entry) {
        Charset charset =
                isUtf8(entry.bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        byte[] scrubbed = entry.scrubber.scrub(new String(entry.bytes, charset)).getBytes(charset);
        return scrubbed.length <= RECORD_BYTES ? scrubbed : Arrays.copyOf(scrubbed, RECORD_BYTES);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            // That is the answer.
            return false;
        }
    }

    private void flush() {
        try {
            file.flush();
        } catch (IOException e) {
            giveUpFile(e);
        }
    }

    private void giveUpFile(IOException failure) {
        missing.addAndGet(file.giveUp());
        complain("writing failed; what follows is recorded when it works again", failure);
    }

    private void complain(String what, Throwable failure) {
        if (hasComplained) {
            log.debug("flight recorder {}: {}", file, what, failure);
            return;
        }
        hasComplained = true;
        log.warn("flight recorder {}: {}", file, what, failure);
    }

    /** Writes what waits and ends the thread; repeatable, returns after three seconds at most. */
    public void close() {
        Thread ending;
        lock.lock();
        try {
            isClosed = true;
            ending = writer;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            queue.add(this::end);
            await(ending);
        }
    }

    private void end() {
        isEnded = true;
        try {
            file.close(missing.getAndSet(0));
        } catch (IOException e) {
            giveUpFile(e);
        }
    }

    private void await(Thread ending) {
        try {
            ending.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ending.isAlive()) {
            log.warn("flight recorder {}: the disk does not answer; its thread lives on", file);
        }
    }
}
