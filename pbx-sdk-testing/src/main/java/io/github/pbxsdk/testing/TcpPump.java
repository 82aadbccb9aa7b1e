package io.github.pbxsdk.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One direction of a connection: reads at one end, waits, writes at the other one. */
final class TcpPump {

    /** How much may be under way; beyond that the sender is slowed down. */
    private static final int CAPACITY = 1 << 20;

    private final FaultLoop loop;
    private final TcpLink link;
    private final TcpEnd source;
    private final TcpEnd sink;
    private final FaultCounts counts = new FaultCounts();
    private final Triggers triggers = new Triggers();
    private final Latency latency = new Latency();
    private final Bandwidth bandwidth = new Bandwidth();
    private final Deque<Parcel> underWay = new ArrayDeque<>();

    private boolean byteByByte;
    private boolean stalled;
    private boolean swallows;
    private boolean inputEnded;
    private boolean finished;
    private FaultLoop.@Nullable Alarm alarm;
    private long received;
    private long passed;
    private long swallowed;
    private int queued;

    TcpPump(FaultLoop loop, TcpLink link, TcpEnd source, TcpEnd sink) {
        this.loop = loop;
        this.link = link;
        this.source = source;
        this.sink = sink;
    }

    TcpLink link() {
        return link;
    }

    void latency(Duration time) {
        latency.set(time);
    }

    void bandwidth(long bytesPerSecond) {
        bandwidth.set(bytesPerSecond, System.nanoTime());
        flow();
    }

    void byteByByte() {
        byteByByte = true;
    }

    void stall() {
        if (!stalled) {
            counts.add(Fault.STALL);
        }
        stalled = true;
        updateReading();
    }

    /** Swallows what is read from now on; what is under way still arrives. */
    void halfOpen() {
        if (!swallows) {
            counts.add(Fault.HALF_OPEN);
        }
        swallows = true;
        updateReading();
    }

    void heal() {
        latency.none();
        bandwidth.unlimited();
        byteByByte = false;
        stalled = false;
        long now = System.nanoTime();
        underWay.forEach(parcel -> parcel.due = Math.min(parcel.due, now));
        updateReading();
        flow();
    }

    /** Runs an action after so many more bytes have been read. */
    void after(long bytes, Runnable action) {
        triggers.add(received + bytes, action);
        triggers.fire(received);
    }

    void forgetTriggers() {
        triggers.clear();
    }

    /** Runs an action once everything that was read until now has been delivered. */
    void behindTheRest(Runnable action) {
        underWay.add(Parcel.ofAction(action, latency.arrival(System.nanoTime())));
        flow();
    }

    /** Throws away what is under way and what comes. */
    void discard() {
        swallows = true;
        stalled = false;
        underWay.clear();
        swallowed += queued;
        queued = 0;
        silenceAlarm();
        sink.wantWrite(false);
        updateReading();
    }

    void endInput() {
        inputEnded = true;
    }

    boolean swallows() {
        return swallows;
    }

    boolean isDone() {
        return finished || (inputEnded && swallows && underWay.isEmpty());
    }

    long passed() {
        return passed;
    }

    long swallowed() {
        return swallowed;
    }

    long count(Fault fault) {
        return counts.get(fault);
    }

    void read() {
        ByteBuffer buffer = loop.buffer();
        buffer.limit((int) Math.min(buffer.capacity(), triggers.distance(received)));
        int count;
        try {
            count = source.read(buffer);
        } catch (IOException e) {
            link.broken(source);
            return;
        }
        if (count == 0) {
            return;
        }
        if (count < 0) {
            inputEnded = true;
            take(Parcel.ofEnd(latency.arrival(System.nanoTime())));
        } else {
            received += count;
            buffer.flip();
            take(Parcel.ofBytes(buffer, latency.arrival(System.nanoTime())));
            triggers.fire(received);
        }
        updateReading();
        flow();
        link.closeIfDone();
    }

    private void take(Parcel parcel) {
        if (swallows) {
            swallowed += parcel.size();
            return;
        }
        if (!latency.isNone()) {
            counts.add(Fault.LATENCY);
        }
        queued += parcel.size();
        underWay.add(parcel);
    }

    /** Reads what was sent before a fault, so that it does not suffer from it. */
    void readWhatWasSent() {
        // A limit, because a sender may be faster than this.
        long limit = received + CAPACITY;
        long before = -1;
        while (wantsToRead() && received > before && received < limit) {
            before = received;
            read();
        }
    }

    void updateReading() {
        source.wantRead(wantsToRead());
    }

    private boolean wantsToRead() {
        return !stalled && !inputEnded && (swallows || queued < CAPACITY);
    }

    /** Delivers what is due, until something has to be waited for. */
    void flow() {
        silenceAlarm();
        Parcel next;
        while ((next = underWay.peek()) != null && isTime(next)) {
            if (next.bytes == null) {
                underWay.remove();
                arrive(next);
            } else if (!deliver(next, next.bytes)) {
                return;
            }
        }
    }

    private boolean isTime(Parcel parcel) {
        long now = System.nanoTime();
        if (parcel.due > now) {
            wakeAt(parcel.due);
            return false;
        }
        if (parcel.bytes != null && bandwidth.freeFrom() > now) {
            counts.add(Fault.BANDWIDTH);
            wakeAt(bandwidth.freeFrom());
            return false;
        }
        return true;
    }

    private void arrive(Parcel parcel) {
        if (parcel.action != null) {
            parcel.action.run();
        } else {
            sink.finish();
            finished = true;
            link.closeIfDone();
        }
    }

    /** Writes a piece; returns false if the rest has to wait. */
    private boolean deliver(Parcel parcel, ByteBuffer bytes) {
        int written;
        try {
            written = write(bytes);
        } catch (IOException e) {
            link.broken(sink);
            return false;
        }
        sink.wantWrite(written == 0);
        if (written == 0) {
            return false;
        }
        passed += written;
        queued -= written;
        bandwidth.took(written, System.nanoTime());
        if (!bytes.hasRemaining()) {
            underWay.remove(parcel);
        }
        updateReading();
        if (byteByByte) {
            counts.add(Fault.BYTE_BY_BYTE);
            // The other connections have their turn before the next byte.
            wakeAt(System.nanoTime());
            return false;
        }
        return true;
    }

    private int write(ByteBuffer bytes) throws IOException {
        int limit = bytes.limit();
        int piece = byteByByte ? 1 : Math.min(bytes.remaining(), bandwidth.piece());
        bytes.limit(bytes.position() + piece);
        try {
            return sink.write(bytes);
        } finally {
            bytes.limit(limit);
        }
    }

    private void wakeAt(long due) {
        alarm = loop.alarm(due, this::flow);
    }

    private void silenceAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    /** Bytes, the end of the stream, or something to do when all before it has arrived. */
    private static final class Parcel {

        private final @Nullable ByteBuffer bytes;
        private final @Nullable Runnable action;
        private long due;

        private Parcel(@Nullable ByteBuffer bytes, @Nullable Runnable action, long due) {
            this.bytes = bytes;
            this.action = action;
            this.due = due;
        }

        static Parcel ofBytes(ByteBuffer bytes, long due) {
            return new Parcel(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip(), null, due);
        }

        static Parcel ofEnd(long due) {
            return new Parcel(null, null, due);
        }

        static Parcel ofAction(Runnable action, long due) {
            return new Parcel(null, action, due);
        }

        int size() {
            return bytes == null ? 0 : bytes.remaining();
        }
    }
}
