package io.github.pbxsdk.testing.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on a bare socket that counts what it sees and answers what it is told to. */
final class WireServer implements AutoCloseable {

    private static final long LIMIT_SECONDS = 10;

    private final ServerSocket listening;
    private final Script script;
    private final List<Seen> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private WireServer(Script script) {
        this.script = script;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Starts a server; each answer of the script ends with the connection kept open. */
    static WireServer start(Script script) {
        return new WireServer(script);
    }

    /** Starts a server that answers every request with the same bytes. */
    static WireServer answering(String head, String body) {
        return start((request, connection) -> connection.write(head + "\r\n\r\n" + body));
    }

    /** Starts a server that reads a request and never answers. */
    static WireServer silent() {
        return start((request, connection) -> connection.awaitEnd());
    }

    /** Returns a port on which nothing listens. */
    static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String target) {
        return "http://127.0.0.1:" + listening.getLocalPort() + target;
    }

    List<Seen> requests() {
        return List.copyOf(requests);
    }

    int connections() {
        return accepted.get();
    }

    /** Waits until a request has been read. */
    void awaitRequest() {
        await(requested, "no request came");
    }

    /** Waits until a client has closed its connection. */
    void awaitEnd() {
        await(ended, "the connection was not closed");
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(otherwise + " within " + LIMIT_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                accepted.incrementAndGet();
                connections.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Connection connection = new Connection(socket);
            while (true) {
                Seen request = connection.readRequest();
                requests.add(request);
                requested.countDown();
                script.answer(request, connection);
            }
        } catch (IOException e) {
            ended.countDown();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "contract-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server does with a request. */
    @FunctionalInterface
    interface Script {

        /** Answers; an exception closes the connection. */
        void answer(Seen request, Connection connection) throws IOException;
    }

    /** A request as it came over the wire. */
    record Seen(String head, String body) {

        String requestLine() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        List<String> headers(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    /** The server's end of a connection. */
    static final class Connection {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        Seen readRequest() throws IOException {
            String head = readHead();
            Seen withoutBody = new Seen(head, "");
            List<String> length = withoutBody.headers("Content-Length");
            // A long body is the script's to read, at its own pace.
            boolean small = !length.isEmpty() && Long.parseLong(length.get(0)) <= 65_536;
            return small
                    ? new Seen(
                            head,
                            new String(
                                    read(Integer.parseInt(length.get(0))), StandardCharsets.UTF_8))
                    : withoutBody;
        }

        private String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        byte[] read(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new EOFException();
            }
            return bytes;
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Waits until the client has gone. */
        void awaitEnd() throws IOException {
            while (in.read() >= 0) {
                // What still comes is of no interest.
            }
            throw new EOFException();
        }

        /** Closes the connection. */
        void hangUp() throws IOException {
            socket.close();
        }
    }
}
