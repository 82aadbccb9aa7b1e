package io.github.pbxsdk.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes texts, counts the requests, and then does what carriers do when something is wrong. */
final class FaultyCarrier implements AutoCloseable {

    private final ServerSocket listening;
    private final AtomicInteger posts = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    FaultyCarrier() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    void begin(Fault value) {
        fault = value;
        posts.set(0);
    }

    int posts() {
        return posts.get();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "carrier");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: no more calls.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (readRequest(in)) {
                posts.incrementAndGet();
                if (fault == Fault.HANGS_UP) {
                    return;
                }
                answer(socket);
            }
        } catch (IOException e) {
            // The client has gone: as good as the end of the calls.
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        int length = 0;
        String line = line(in);
        if (line.isEmpty()) {
            return false;
        }
        while (!line.isEmpty()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            line = line(in);
        }
        in.readNBytes(length);
        return true;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    private void answer(Socket socket) throws IOException {
        String body =
                """
                {"sid":"SM00000000000000000000000000000001","status":"queued","num_segments":"1",\
                "message-count":"1","messages":[{"to":"61491570156","message-id":"1",\
                "status":"0"}],"code":20500,"message":"Internal Server Error"}\
                """;
        String status = fault == Fault.ANSWERS_500 ? "500 Error" : "201 Created";
        String head =
                "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: ";
        byte[] answer =
                (head + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(answer);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** What goes wrong, after the text was taken. */
    enum Fault {
        NONE,
        ANSWERS_500,
        HANGS_UP
    }
}
