package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.ManagerEventListener;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.AbstractManagerAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.response.ManagerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Events, answers and events again while a listener stands still, as one does that waits for its
 * database.
 *
 * <p>There are more of them than the 20,000 that the queue of asterisk-java holds, even without
 * what waits in the socket, and less than the 32 MiB that ours does.
 */
final class LegacyBurst {

    static final int EVENTS = 40_000;
    static final int ANSWERS = 100;

    /** How many of the events come before the answers. */
    private static final int BEFORE = 22_000;

    private static final int PATIENCE_SECONDS = 60;

    private final ManagerConnection connection;
    private final ManagerConnection beside;
    private final CountDownLatch sent = new CountDownLatch(1);
    private final Semaphore end = new Semaphore(0);
    private final AtomicLong came = new AtomicLong();

    /**
     * Prepares a burst.
     *
     * @param beside another connection, which knows when the server has sent all of it
     */
    LegacyBurst(ManagerConnection connection, ManagerConnection beside) {
        this.connection = connection;
        this.beside = beside;
    }

    /** Returns how many of the events and answers never came. */
    long lost() throws IOException, TimeoutException, InterruptedException {
        ManagerEventListener slow = this::heard;
        connection.addEventListener(slow);
        connection.sendAction(new BurstAction(BEFORE), response -> {});
        for (int i = 0; i < ANSWERS; i++) {
            connection.sendAction(new PingAction(), this::answered);
        }
        connection.sendAction(new BurstAction(EVENTS - BEFORE), response -> {});
        beside.sendAction(new AwaitBurstsAction(), TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        sent.countDown();
        awaitEnd();
        connection.removeEventListener(slow);
        return EVENTS + ANSWERS - came.get();
    }

    private void heard(ManagerEvent event) {
        if (event instanceof HangupEvent hangup && hangup.getChannel().equals(AmiReplay.BURST)) {
            standStill();
            came.incrementAndGet();
        }
    }

    private void standStill() {
        try {
            if (!sent.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the burst was not sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answered(@Nullable ManagerResponse response) {
        if (response != null) {
            came.incrementAndGet();
        }
    }

    /** Callbacks keep their place among the events; one that was lost itself is asked for again. */
    private void awaitEnd() throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            connection.sendAction(new PingAction(), response -> end.release());
            if (end.tryAcquire(1, TimeUnit.SECONDS)) {
                return;
            }
        }
        throw new IllegalStateException("the burst did not come to its end");
    }

    /** The action in the form of the peer, which reads its getters. */
    public static final class BurstAction extends AbstractManagerAction {

        private static final long serialVersionUID = 1L;

        private final int count;

        BurstAction(int count) {
            this.count = count;
        }

        @Override
        public String getAction() {
            return "Burst";
        }

        /** Returns how many events are asked for. */
        public int getCount() {
            return count;
        }
    }

    /** Asks to be told when the bursts have been sent. */
    public static final class AwaitBurstsAction extends AbstractManagerAction {

        private static final long serialVersionUID = 1L;

        @Override
        public String getAction() {
            return "AwaitBursts";
        }
    }
}
