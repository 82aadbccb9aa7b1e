package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.asteriskjava.MissedEventsEvent;
import io.github.pbxsdk.asteriskjava.PbxManagerConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;

/**
 * Recorded events of calls for a listener written for asterisk-java, on our connection and on its
 * own: each event becomes an object of that library.
 *
 * <p>They are asked for in portions that fit into the peer's queue, which drops what is too much. A
 * gap on our side ends the benchmark with a failure. What a side loses of a {@link LegacyBurst} is
 * counted afterwards.
 */
public final class LegacyEvents implements Benchmark {

    private static final int PORTION = 10_000;

    @Override
    public String name() {
        return "asterisk-java-dropin";
    }

    @Override
    public String what() {
        return "AMI events as objects of asterisk-java, all listened to; lost of a burst of "
                + (LegacyBurst.EVENTS + " and " + LegacyBurst.ANSWERS + " answers");
    }

    @Override
    public String operations() {
        return "events";
    }

    @Override
    public String peer() {
        return "asterisk-java 3.42.2";
    }

    @Override
    public Optional<Generator.Start> generator() {
        return Optional.of(AmiReplay::start);
    }

    @Override
    public Workload open(Side side, String address) throws Exception {
        int port = Integer.parseInt(address);
        return new Listening(connection(side, port), connection(side, port));
    }

    private static ManagerConnection connection(Side side, int port) {
        return side == Side.OURS
                ? new PbxManagerConnection("127.0.0.1", port, "user", "secret")
                : new DefaultManagerConnection("127.0.0.1", port, "user", "secret");
    }

    /** Asks for events in portions and waits for the last of each. */
    private static final class Listening implements Workload {

        private final ManagerConnection connection;
        private final ManagerConnection beside;
        private final Semaphore portions = new Semaphore(0);
        private volatile boolean missed;

        Listening(ManagerConnection connection, ManagerConnection beside) throws Exception {
            this.connection = connection;
            this.beside = beside;
            connection.addEventListener(this::heard);
            connection.login();
        }

        private void heard(ManagerEvent event) {
            Sink.keep(event);
            if (event instanceof HangupEvent hangup && hangup.getChannel().equals(AmiReplay.LAST)) {
                portions.release();
            } else if (event instanceof MissedEventsEvent) {
                missed = true;
            }
        }

        @Override
        public void run(long operations) throws Exception {
            for (long left = operations; left > 0; left -= PORTION) {
                int count = (int) Math.min(PORTION, left);
                connection.sendAction(new AmiEvents.FloodAction(count), response -> {});
                if (!portions.tryAcquire(30, TimeUnit.SECONDS) || missed) {
                    throw new IllegalStateException("not all events of a portion came");
                }
            }
        }

        @Override
        public OptionalLong lost() throws Exception {
            beside.login("off");
            long lost = new LegacyBurst(connection, beside).lost();
            beside.logoff();
            return OptionalLong.of(lost);
        }

        @Override
        public void close() throws IOException {
            connection.logoff();
        }
    }
}
