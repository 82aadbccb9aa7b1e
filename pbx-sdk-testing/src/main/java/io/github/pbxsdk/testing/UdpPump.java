package io.github.pbxsdk.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One direction of a proxy for datagrams, for all its clients. */
final class UdpPump {

    private static final Logger log = LoggerFactory.getLogger(UdpPump.class);

    /** A line's queue; what comes when it is full is thrown away, as a router does. */
    private static final int CAPACITY = 1 << 20;

    /** How long a datagram waits for another one to overtake it. */
    private static final long OVERTAKING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final FaultLoop loop;
    private final SplittableRandom lots;
    private final FaultCounts counts = new FaultCounts();
    private final Triggers triggers = new Triggers();
    private final Latency latency = new Latency();
    private final Bandwidth bandwidth = new Bandwidth();
    private final Deque<Datagram> underWay = new ArrayDeque<>();

    private double dropShare;
    private double duplicateShare;
    private double reorderShare;
    private int dropNext;
    private @Nullable Datagram heldBack;
    private FaultLoop.@Nullable Alarm heldAlarm;
    private FaultLoop.@Nullable Alarm alarm;
    private long received;
    private long passed;
    private int queued;

    UdpPump(FaultLoop loop, SplittableRandom lots) {
        this.loop = loop;
        this.lots = lots;
    }

    void latency(Duration time) {
        latency.set(time);
    }

    void bandwidth(long bytesPerSecond) {
        bandwidth.set(bytesPerSecond, System.nanoTime());
        flow();
    }

    void drop(double share) {
        dropShare = share;
    }

    void dropNext(int datagrams) {
        dropNext = datagrams;
    }

    void duplicate(double share) {
        duplicateShare = share;
    }

    void reorder(double share) {
        reorderShare = share;
    }

    void heal() {
        latency.none();
        bandwidth.unlimited();
        dropShare = 0;
        dropNext = 0;
        duplicateShare = 0;
        reorderShare = 0;
        letGo();
        long now = System.nanoTime();
        underWay.forEach(datagram -> datagram.due = Math.min(datagram.due, now));
        flow();
    }

    void after(long datagrams, Runnable action) {
        triggers.add(received + datagrams, action);
        triggers.fire(received);
    }

    void forgetTriggers() {
        triggers.clear();
    }

    long passed() {
        return passed;
    }

    long count(Fault fault) {
        return counts.get(fault);
    }

    void take(ByteBuffer payload, Way way) {
        Lot lot = Lot.draw(lots);
        received++;
        treat(new Datagram(payload, way), lot);
        triggers.fire(received);
    }

    private void treat(Datagram datagram, Lot lot) {
        if (isDropped(lot)) {
            counts.add(Fault.DROP);
            return;
        }
        if (heldBack == null && lot.reorder < reorderShare) {
            holdBack(datagram);
            return;
        }
        send(datagram);
        if (lot.duplicate < duplicateShare) {
            counts.add(Fault.DUPLICATE);
            send(datagram.copy());
        }
        if (heldBack != null) {
            counts.add(Fault.REORDER);
            letGo();
        }
    }

    private boolean isDropped(Lot lot) {
        if (dropNext > 0) {
            dropNext--;
            return true;
        }
        return lot.drop < dropShare;
    }

    private void holdBack(Datagram datagram) {
        heldBack = datagram;
        heldAlarm = loop.alarm(System.nanoTime() + OVERTAKING_NANOS, this::letGo);
    }

    private void letGo() {
        if (heldBack == null || heldAlarm == null) {
            return;
        }
        Datagram datagram = heldBack;
        heldBack = null;
        heldAlarm.cancel();
        send(datagram);
    }

    private void send(Datagram datagram) {
        if (queued + datagram.size() > CAPACITY) {
            counts.add(Fault.DROP);
            return;
        }
        if (!latency.isNone()) {
            counts.add(Fault.LATENCY);
        }
        datagram.due = latency.arrival(System.nanoTime());
        queued += datagram.size();
        underWay.add(datagram);
        flow();
    }

    private void flow() {
        silenceAlarm();
        Datagram next;
        while ((next = underWay.peek()) != null && isTime(next)) {
            underWay.remove();
            queued -= next.size();
            bandwidth.took(next.size(), System.nanoTime());
            deliver(next);
        }
    }

    private boolean isTime(Datagram datagram) {
        long now = System.nanoTime();
        if (bandwidth.freeFrom() > now) {
            counts.add(Fault.BANDWIDTH);
        }
        long time = Math.max(datagram.due, bandwidth.freeFrom());
        if (time <= now) {
            return true;
        }
        alarm = loop.alarm(time, this::flow);
        return false;
    }

    private void deliver(Datagram datagram) {
        try {
            if (datagram.send()) {
                passed++;
                return;
            }
        } catch (IOException e) {
            log.debug("a datagram found nobody", e);
        }
        counts.add(Fault.DROP);
    }

    private void silenceAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    /** Sends on to the receiver; returns false if there was no room. */
    @FunctionalInterface
    interface Way {
        boolean send(ByteBuffer payload) throws IOException;
    }

    /**
     * What was drawn for a datagram. All is drawn for each one, so that the n-th datagram's lot
     * does not depend on the faults that were switched on before.
     */
    private record Lot(double drop, double duplicate, double reorder) {

        static Lot draw(SplittableRandom lots) {
            return new Lot(lots.nextDouble(), lots.nextDouble(), lots.nextDouble());
        }
    }

    private static final class Datagram {

        private final ByteBuffer payload;
        private final Way way;
        private long due;

        Datagram(ByteBuffer payload, Way way) {
            this.payload = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
            this.way = way;
        }

        Datagram copy() {
            return new Datagram(payload.duplicate(), way);
        }

        int size() {
            return payload.capacity();
        }

        boolean send() throws IOException {
            return way.send(payload.duplicate());
        }
    }
}
