package io.github.pbxsdk.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The least that an AMI client can do: bytes go out and come in, and answers are counted.
 *
 * <p>It writes when it would have to wait otherwise, which no client knows of its caller. So it
 * shows what system, server and machine leave to others.
 */
final class AmiSocket implements Workload {

    private final int most;
    private final Semaphore free;
    private final Socket socket;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private long number;

    /** Connects; has at most so many actions under way. */
    AmiSocket(int port, int most) throws IOException {
        this.most = most;
        this.free = new Semaphore(most);
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        Thread reader = new Thread(this::read, "socket");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void run(long operations) throws Exception {
        for (long i = 0; i < operations; i++) {
            take(1);
            String action = "Action: Ping\r\nActionID: socket-" + number++ + "\r\n\r\n";
            gathered.writeBytes(action.getBytes(StandardCharsets.US_ASCII));
        }
        take(most);
        free.release(most);
    }

    private void take(int permits) throws IOException, InterruptedException {
        if (free.tryAcquire(permits)) {
            return;
        }
        gathered.writeTo(socket.getOutputStream());
        gathered.reset();
        if (!free.tryAcquire(permits, 30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("an action was not answered");
        }
    }

    private void read() {
        byte[] buffer = new byte[1 << 16];
        Answers answers = new Answers();
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                free.release(answers.endIn(buffer, count));
            }
        } catch (IOException e) {
            // Closed here, or whoever waits for an answer says so.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Counts messages by the empty lines that end them. */
    private static final class Answers {

        private boolean atLineStart;

        int endIn(byte[] buffer, int count) {
            int ended = 0;
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    ended += atLineStart ? 1 : 0;
                    atLineStart = true;
                } else if (buffer[i] != '\r') {
                    atLineStart = false;
                }
            }
            return ended;
        }
    }
}
