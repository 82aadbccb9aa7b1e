package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.event.HangupEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnection;
import org.asteriskjava.manager.action.AbstractManagerAction;

/**
 * Recorded events of calls read from a socket, of which one type is listened to.
 *
 * <p>They are asked for in portions that fit into the peer's queue, which drops what is too much.
 */
public final class AmiEvents implements Benchmark {

    private static final int PORTION = 10_000;

    @Override
    public String name() {
        return "ami-events";
    }

    @Override
    public String what() {
        return "AMI events read, one type of them listened to";
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
        return side == Side.OURS ? new Ours(port) : new Peer(port);
    }

    /** Asks for events in portions and waits for the last of each. */
    private abstract static class Flood implements Workload {

        private final Semaphore portions = new Semaphore(0);

        @Override
        public void run(long operations) throws Exception {
            for (long left = operations; left > 0; left -= PORTION) {
                ask((int) Math.min(PORTION, left));
                if (!portions.tryAcquire(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the last event of a portion did not come");
                }
            }
        }

        abstract void ask(int events) throws Exception;

        void hungUp(String channel) {
            Sink.keep(channel);
            if (channel.equals(AmiReplay.LAST)) {
                portions.release();
            }
        }
    }

    private static final class Ours extends Flood {

        private final AmiClient client;

        Ours(int port) {
            client = AmiClients.connected(port);
            client.events().subscribe(HangupEvent.class, event -> hungUp(event.channel().name()));
        }

        @Override
        void ask(int events) {
            client.send(AmiAction.raw("Flood", "Count", String.valueOf(events)));
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static final class Peer extends Flood {

        private final ManagerConnection connection;

        Peer(int port) throws Exception {
            connection = new DefaultManagerConnection("127.0.0.1", port, "user", "secret");
            connection.addEventListener(
                    event -> {
                        if (event instanceof org.asteriskjava.manager.event.HangupEvent hangup) {
                            hungUp(hangup.getChannel());
                        }
                    });
            connection.login();
        }

        @Override
        void ask(int events) throws IOException {
            connection.sendAction(new FloodAction(events), response -> {});
        }

        @Override
        public void close() {
            connection.logoff();
        }
    }

    /** The action in the form of the peer, which reads its getters. */
    public static final class FloodAction extends AbstractManagerAction {

        private static final long serialVersionUID = 1L;

        private final int count;

        FloodAction(int count) {
            this.count = count;
        }

        @Override
        public String getAction() {
            return "Flood";
        }

        /** Returns how many events are asked for. */
        public int getCount() {
            return count;
        }
    }
}
