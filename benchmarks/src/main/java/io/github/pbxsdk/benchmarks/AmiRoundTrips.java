package io.github.pbxsdk.benchmarks;

import io.github.pbxsdk.ami.AmiClient;
import io.github.pbxsdk.ami.action.PingAction;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnection;

/** Actions sent and answered, with a hundred under way at any time. */
public class AmiRoundTrips implements Benchmark {

    private static final int UNDER_WAY = 100;

    @Override
    public String name() {
        return "ami-actions";
    }

    @Override
    public String what() {
        return "AMI actions answered, 100 under way";
    }

    @Override
    public String operations() {
        return "actions";
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
        return side == Side.OURS ? new Ours(port) : peer(port);
    }

    Workload peer(int port) throws Exception {
        return new Peer(port);
    }

    /** Beside a client that does next to nothing, to see what can be reached. */
    public static final class BesideTheLeast extends AmiRoundTrips {

        @Override
        public String name() {
            return "ami-actions-least";
        }

        @Override
        public String peer() {
            return "the least client there can be";
        }

        @Override
        Workload peer(int port) throws IOException {
            return new Least(port);
        }
    }

    /** Sends as long as fewer than a hundred are under way; at the end waits for all. */
    private abstract static class Pipeline implements Workload {

        private final Semaphore free = new Semaphore(UNDER_WAY);

        @Override
        public void run(long operations) throws Exception {
            for (long i = 0; i < operations; i++) {
                take(1);
                send();
            }
            take(UNDER_WAY);
            free.release(UNDER_WAY);
        }

        private void take(int permits) throws InterruptedException {
            if (!free.tryAcquire(permits, 30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("an action was not answered");
            }
        }

        abstract void send() throws IOException;

        void answered(Object answer) {
            Sink.keep(answer);
            free.release();
        }
    }

    private static final class Ours extends Pipeline {

        private final AmiClient client;

        Ours(int port) {
            client = AmiClients.connected(port);
        }

        @Override
        void send() {
            client.sendAsync(PingAction.create()).thenAccept(this::answered);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static final class Least extends Pipeline {

        private final LeastAmiClient client;

        Least(int port) throws IOException {
            client = new LeastAmiClient(port);
        }

        @Override
        void send() {
            client.ping().thenAccept(this::answered);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    private static final class Peer extends Pipeline {

        private final ManagerConnection connection;

        Peer(int port) throws Exception {
            connection = new DefaultManagerConnection("127.0.0.1", port, "user", "secret");
            connection.login();
        }

        @Override
        void send() throws IOException {
            connection.sendAction(new org.asteriskjava.manager.action.PingAction(), this::answered);
        }

        @Override
        public void close() {
            connection.logoff();
        }
    }
}
