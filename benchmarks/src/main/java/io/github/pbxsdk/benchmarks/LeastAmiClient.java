package io.github.pbxsdk.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The least that can be called an AMI client: each asker gets the bytes of its own answer.
 *
 * <p>No login, no time-out, no end of a connection, one action only: it shows what system, server
 * and machine leave to a client that has all of these.
 */
final class LeastAmiClient implements AutoCloseable {

    private static final byte[] ID = "\r\nActionID: ".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final Map<Integer, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
    private final Object writing = new Object();
    private ByteArrayOutputStream toWrite = new ByteArrayOutputStream();
    private int lastId;
    private boolean closed;

    LeastAmiClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        daemon("least-writer", this::write);
        daemon("least-reader", this::read);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    CompletableFuture<byte[]> ping() {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        synchronized (writing) {
            int id = ++lastId;
            waiting.put(id, answer);
            String action = "Action: Ping\r\nActionID: " + id + "\r\n\r\n";
            boolean writerSleeps = toWrite.size() == 0;
            toWrite.writeBytes(action.getBytes(StandardCharsets.US_ASCII));
            if (writerSleeps) {
                writing.notifyAll();
            }
        }
        return answer;
    }

    private void write() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try {
            while (true) {
                written = exchange(written);
                written.writeTo(socket.getOutputStream());
                written.reset();
            }
        } catch (IOException | InterruptedException e) {
            // Closed here, or whoever waits for an answer says so.
        }
    }

    /** Waits for something to write, and leaves room for what comes next. */
    private ByteArrayOutputStream exchange(ByteArrayOutputStream room)
            throws IOException, InterruptedException {
        synchronized (writing) {
            while (toWrite.size() == 0) {
                if (closed) {
                    throw new IOException("closed");
                }
                writing.wait();
            }
            ByteArrayOutputStream full = toWrite;
            toWrite = room;
            return full;
        }
    }

    private void read() {
        byte[] buffer = new byte[1 << 16];
        int end = 0;
        try {
            InputStream in = socket.getInputStream();
            for (int count = 0; count >= 0; count = in.read(buffer, end, buffer.length - end)) {
                end += count;
                int taken = takeAnswers(buffer, end);
                System.arraycopy(buffer, taken, buffer, 0, end - taken);
                end -= taken;
            }
        } catch (IOException e) {
            // Closed here, or whoever waits for an answer says so.
        }
    }

    private int takeAnswers(byte[] buffer, int end) {
        int start = 0;
        for (int i = 0; i + 3 < end; i++) {
            if (buffer[i] == '\r' && buffer[i + 2] == '\r') {
                take(Arrays.copyOfRange(buffer, start, i + 4));
                start = i + 4;
                i = start - 1;
            }
        }
        return start;
    }

    private void take(byte[] answer) {
        CompletableFuture<byte[]> asked = waiting.remove(idOf(answer));
        if (asked != null) {
            asked.complete(answer);
        }
    }

    private static int idOf(byte[] answer) {
        int at = 0;
        while (at + ID.length < answer.length
                && !Arrays.equals(answer, at, at + ID.length, ID, 0, ID.length)) {
            at++;
        }
        int id = 0;
        for (int i = at + ID.length; i < answer.length && answer[i] != '\r'; i++) {
            id = 10 * id + answer[i] - '0';
        }
        return id;
    }

    @Override
    public void close() throws IOException {
        synchronized (writing) {
            closed = true;
            writing.notifyAll();
        }
        socket.close();
    }
}
