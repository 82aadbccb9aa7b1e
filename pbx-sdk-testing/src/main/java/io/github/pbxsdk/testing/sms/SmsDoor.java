package io.github.pbxsdk.testing.sms;

import io.github.pbxsdk.testing.sms.FakeSmsServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A port on loopback that takes requests over HTTP, and answers as fast or slow as is wanted. */
final class SmsDoor implements AutoCloseable {

    private final ServerSocket listener;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration delay = Duration.ZERO;
    private volatile Duration betweenBytes = Duration.ZERO;

    SmsDoor() {
        try {
            this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port on loopback is free", e);
        }
    }

    /** Begins to take requests. */
    void open(Function<SmsRequest, Turn> reception) {
        daemon(() -> accept(reception));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns how many connections there were. */
    int connections() {
        return connections.size();
    }

    void slow(Duration value) {
        delay = value;
    }

    void drip(Duration value) {
        betweenBytes = value;
    }

    private void accept(Function<SmsRequest, Turn> reception) {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.add(socket);
                daemon(() -> serve(socket, reception));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket, Function<SmsRequest, Turn> reception) {
        try (socket) {
            SmsWire wire = new SmsWire(socket, this::pause);
            boolean open = true;
            while (open) {
                Turn turn = reception.apply(wire.read());
                turn.before().run();
                open = answered(wire, turn.answer());
                daemon(turn.after());
                if (turn.isSilent()) {
                    wire.awaitEnd();
                }
            }
        } catch (IOException e) {
            // The client has gone; what it asked is written down.
        }
    }

    /** Tells whether the connection goes on. */
    private boolean answered(SmsWire wire, @Nullable Answer answer) {
        if (answer == null || answer.isSilence()) {
            return answer != null;
        }
        try {
            pause(delay);
            wire.write(answer, betweenBytes);
            return true;
        } catch (IOException e) {
            // The client did not wait; what it asked for happens all the same.
            return false;
        }
    }

    private void pause(Duration length) throws IOException {
        try {
            if (closed.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-sms");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the fake could not be closed", e);
        }
    }

    /**
     * What becomes of a request.
     *
     * @param answer null to hang up
     * @param before done before the answer goes out
     * @param after done when it has gone, or nobody waits for it
     */
    record Turn(@Nullable Answer answer, Runnable before, Runnable after) {

        static Turn of(@Nullable Answer answer) {
            return new Turn(answer, () -> {}, () -> {});
        }

        Turn before(Runnable first) {
            return new Turn(answer, first, after);
        }

        Turn after(Runnable last) {
            return new Turn(answer, before, last);
        }

        boolean isSilent() {
            return answer != null && answer.isSilence();
        }
    }
}
