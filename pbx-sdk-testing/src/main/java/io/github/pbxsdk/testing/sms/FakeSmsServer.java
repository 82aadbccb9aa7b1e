package io.github.pbxsdk.testing.sms;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the fake providers share: an HTTP server on loopback that writes down each request and can
 * do wrong what providers do wrong.
 *
 * <p>Thread-safe.
 */
public abstract sealed class FakeSmsServer implements AutoCloseable
        permits FakeTwilio,
                FakeSmsBroadcast,
                FakeMessageMedia,
                FakeSmsBridge,
                FakeFlowroute,
                FakeTelnyx,
                FakeBandwidth,
                FakeVoipMs {

    private static final long LIMIT_SECONDS = 10;

    private final ServerSocket listener;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<SmsRequest> requests = new ArrayList<>();
    private final List<SmsRequest> accepted = new ArrayList<>();
    private final Deque<SmsFault> faults = new ArrayDeque<>();
    private int opened;

    FakeSmsServer() {
        try {
            this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port on loopback is free", e);
        }
    }

    /** Begins to serve; the last thing a constructor does. */
    final void start() {
        daemon(this::accept);
    }

    /** Tells whether a request wants a message sent. */
    abstract boolean isSend(SmsRequest request);

    /** Takes a message and returns the answer. */
    abstract Answer accept(SmsRequest request, int number);

    /** Answers what is no request to send. */
    abstract Answer answer(SmsRequest request);

    /** Returns the base URL to give to a client. */
    public final String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Has the next requests to send go wrong, one after the other; then all is well again. */
    public final void fail(SmsFault first, SmsFault... others) {
        lock.lock();
        try {
            faults.add(first);
            faults.addAll(List.of(others));
        } finally {
            lock.unlock();
        }
    }

    /** Returns every request that came, in order. */
    public final List<SmsRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the requests to send that came, whatever became of them. */
    public final List<SmsRequest> sends() {
        return requests().stream().filter(this::isSend).toList();
    }

    /** Returns the requests whose message was taken: what phones would have got. */
    public final List<SmsRequest> accepted() {
        lock.lock();
        try {
            return List.copyOf(accepted);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many connections were opened. */
    public final int connections() {
        lock.lock();
        try {
            return opened;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a request has come.
     *
     * @throws AssertionError if none comes within 10 seconds
     */
    public final SmsRequest await(Predicate<SmsRequest> wanted) {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (true) {
                for (SmsRequest request : requests) {
                    if (wanted.test(request)) {
                        return request;
                    }
                }
                if (nanos <= 0) {
                    throw new AssertionError("no such request came within 10 seconds");
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a request", e);
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.add(socket);
                lock.lock();
                try {
                    opened++;
                } finally {
                    lock.unlock();
                }
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                SmsRequest request = read(in);
                Answer answer = respond(request);
                if (answer == null) {
                    return;
                }
                if (answer.isSilence()) {
                    awaitEnd(in);
                    return;
                }
                socket.getOutputStream().write(answer.bytes());
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The client has gone; what it asked is written down.
        }
    }

    /** Returns the answer, or null to hang up. */
    private @Nullable Answer respond(SmsRequest request) {
        lock.lock();
        try {
            requests.add(request);
            changed.signalAll();
            if (!isSend(request)) {
                return answer(request);
            }
            SmsFault fault = faults.poll();
            if (fault == SmsFault.TOO_MANY_REQUESTS) {
                return Answer.of(429, "application/json", "{\"code\":20429,\"message\":\"slow\"}");
            }
            if (fault == SmsFault.UNAUTHORIZED) {
                return Answer.of(401, "application/json", "{\"message\":\"who are you\"}");
            }
            accepted.add(request);
            Answer good = accept(request, accepted.size());
            return fault == null ? good : gone(fault);
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Answer gone(SmsFault fault) {
        return switch (fault) {
            case ERROR_AFTER_ACCEPTING ->
                    Answer.of(503, "text/html", "<h1>Service Unavailable</h1>");
            case GARBAGE_AFTER_ACCEPTING -> Answer.of(200, "text/html", "<html>Welcome</html>");
            case SILENCE_AFTER_ACCEPTING -> Answer.SILENCE;
            default -> null;
        };
    }

    private static void awaitEnd(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // What still comes is of no interest.
        }
    }

    private static SmsRequest read(InputStream in) throws IOException {
        String head = readHead(in);
        int length =
                new SmsRequest(head, "").header("Content-Length").map(Integer::parseInt).orElse(0);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new SmsRequest(head, new String(body, StandardCharsets.UTF_8));
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            boolean expected = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-sms");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the server and its connections. */
    @Override
    public final void close() {
        try {
            listener.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the fake could not be closed", e);
        }
    }

    /** What is answered; a status of 0 is silence. */
    record Answer(int status, String contentType, String body) {

        static final Answer SILENCE = new Answer(0, "", "");

        static Answer json(int status, String json) {
            return of(status, "application/json", json);
        }

        static Answer of(int status, String contentType, String body) {
            return new Answer(status, contentType, body);
        }

        boolean isSilence() {
            return status == 0;
        }

        byte[] bytes() {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head =
                    ("HTTP/1.1 " + status + " Answer\r\nContent-Type: " + contentType)
                            + ("\r\nContent-Length: " + content.length + "\r\n\r\n");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            all.writeBytes(content);
            return all.toByteArray();
        }
    }
}
