package io.github.pbxsdk.core.internal.http;

import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A peer with which a call gets as far as one phase, and no further. */
final class StalledPeer implements AutoCloseable {

    private final Phase phase;
    private final ServerSocket listening;
    private final List<Socket> fillers = new ArrayList<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicLong taken = new AtomicLong();

    private StalledPeer(Phase phase) throws IOException {
        this.phase = phase;
        this.listening = new ServerSocket();
        listening.setReceiveBufferSize(4096);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    }

    static StalledPeer in(Phase phase) throws IOException {
        StalledPeer peer = new StalledPeer(phase);
        if (phase == Phase.CONNECTING) {
            peer.fillBacklog();
        } else {
            Thread thread = new Thread(peer::serve, "stalled-peer");
            thread.setDaemon(true);
            thread.start();
        }
        return peer;
    }

    /** A connection beyond the backlog gets no answer at all, as behind a firewall that drops. */
    private void fillBacklog() throws IOException {
        while (fillers.size() < 100) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(listening.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new IllegalStateException("this machine accepts more than its backlog");
    }

    private void serve() {
        try (Socket socket = listening.accept()) {
            InputStream in = socket.getInputStream();
            if (phase == Phase.WAITING || phase == Phase.READING) {
                in.read(new byte[4096]);
            }
            if (phase == Phase.READING) {
                socket.getOutputStream()
                        .write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning"
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            if (phase == Phase.SENDING) {
                await().until(() -> taken.get() > 100_000);
            }
            if (phase == Phase.HANDSHAKE) {
                in.read(new byte[1]);
            }
            if (phase != Phase.READING) {
                reached.countDown();
            }
            awaitEnd(socket);
        } catch (IOException e) {
            ended.countDown();
        }
    }

    private void awaitEnd(Socket socket) throws IOException {
        if (phase == Phase.SENDING) {
            // Reading would let it go on, and is the only way to learn of the end: so not before.
            awaitRelease();
        }
        byte[] rest = new byte[65_536];
        while (socket.getInputStream().read(rest) >= 0) {
            // What is still in the buffers comes first.
        }
        ended.countDown();
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    HttpRequest request() {
        return request(Duration.ofSeconds(30));
    }

    HttpRequest request(Duration timeout) {
        String scheme = phase == Phase.HANDSHAKE ? "https" : "http";
        HttpRequest.Builder request =
                HttpRequest.builder(
                        "POST", scheme + "://127.0.0.1:" + listening.getLocalPort() + "/call");
        long length = phase == Phase.SENDING ? 1L << 30 : 10;
        return request.body(HttpBody.stream(length, "text/plain", Source::new))
                .timeout(timeout)
                .build();
    }

    /** Learns that the caller has the head of the answer. */
    void answered() {
        reached.countDown();
    }

    /** Waits until the call is in its phase. */
    void awaitReached() throws InterruptedException {
        if (phase != Phase.CONNECTING && !reached.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the call did not get as far as " + phase);
        }
    }

    /** Waits until the call has closed its connection. */
    void awaitEnded() throws InterruptedException {
        released.countDown();
        if (phase != Phase.CONNECTING && !ended.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the connection was left open");
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket filler : fillers) {
                filler.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    enum Phase {
        CONNECTING(false),
        HANDSHAKE(false),
        SENDING(true),
        WAITING(true),
        READING(true);

        private final boolean sent;

        Phase(boolean sent) {
            this.sent = sent;
        }

        /** Tells whether something of the request has left in this phase. */
        boolean sent() {
            return sent;
        }
    }

    /** The body of the request, which tells how much of it was taken. */
    private final class Source extends InputStream {

        @Override
        public int read() {
            taken.incrementAndGet();
            return 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            taken.addAndGet(length);
            return length;
        }
    }
}
