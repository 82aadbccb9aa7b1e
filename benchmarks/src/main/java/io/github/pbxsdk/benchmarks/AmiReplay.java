package io.github.pbxsdk.benchmarks;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server that lets everybody in, answers each action with success and sends recorded events.
 *
 * <p>The action {@code Flood} with {@code Count: n} asks for so many events, and a {@code Hangup}
 * of the channel {@link #LAST} after them. {@code Burst} with {@code Count: n} asks for as many
 * {@code Hangup} of the channel {@link #BURST}; {@code AwaitBursts} is answered when two of these
 * have been sent, on whichever connection.
 */
final class AmiReplay implements Generator {

    /** The name of the channel that ends a flood. */
    static final String LAST = "Replay/last";

    /** The name of all channels of a burst. */
    static final String BURST = "Replay/burst";

    private static final String END =
            "Event: Hangup\r\nPrivilege: call,all\r\nChannel: "
                    + LAST
                    + "\r\nUniqueid: 1.1\r\nCause: 16\r\nCause-txt: Normal Clearing\r\n\r\n";

    private final ServerSocket listening;
    private final List<byte[]> events;
    private final CountDownLatch bursts = new CountDownLatch(2);

    private AmiReplay(List<byte[]> events) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.events = events;
    }

    static AmiReplay start() throws IOException {
        AmiReplay replay = new AmiReplay(RecordedEvents.load());
        daemon(replay::accept);
        return replay;
    }

    @Override
    public String address() {
        return String.valueOf(listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "replay");
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
            // Closed: no more sessions.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            write(out, "Asterisk Call Manager/11.0.0\r\n");
            out.flush();
            converse(in, out);
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private void converse(BufferedReader in, OutputStream out) throws IOException {
        Asked asked = new Asked();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                answer(asked, out);
                asked = new Asked();
            } else {
                asked.take(line);
            }
            // As Asterisk does: what is asked for together is answered together.
            if (!in.ready()) {
                out.flush();
            }
        }
    }

    /** What matters of an action; the server must not be the slowest of the three. */
    private static final class Asked {

        private String action = "";
        private String id = "";
        private int count;

        void take(String line) {
            if (line.regionMatches(true, 0, "ActionID:", 0, 9)) {
                id = line.substring(9).trim();
            } else if (line.regionMatches(true, 0, "Action:", 0, 7)) {
                action = line.substring(7).trim().toLowerCase(Locale.ROOT);
            } else if (line.regionMatches(true, 0, "Count:", 0, 6)) {
                count = Integer.parseInt(line.substring(6).trim());
            }
        }
    }

    private void answer(Asked asked, OutputStream out) throws IOException {
        if (asked.action.equals("awaitbursts")) {
            awaitBursts();
        }
        write(out, "Response: Success\r\nActionID: " + asked.id + "\r\n" + more(asked) + "\r\n");
        if (asked.action.equals("flood")) {
            flood(asked.count, out);
        } else if (asked.action.equals("burst")) {
            burst(asked.count, out);
        }
    }

    private static String more(Asked asked) {
        return switch (asked.action) {
            case "challenge" -> "Challenge: 12345\r\n";
            case "ping" -> "Ping: Pong\r\nTimestamp: 1795219540.068536\r\n";
            case "coresettings" -> "AMIversion: 11.0.0\r\nAsteriskVersion: 22.10.1\r\n";
            case "command" -> "Message: Command output follows\r\nOutput: Asterisk 22.10.1\r\n";
            default -> "Message: Done\r\n";
        };
    }

    private void flood(int count, OutputStream out) throws IOException {
        for (int i = 0; i < count; i++) {
            out.write(events.get(i % events.size()));
        }
        write(out, END);
    }

    private void burst(int count, OutputStream out) throws IOException {
        byte[] event = hangup().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < count; i++) {
            out.write(event);
        }
        out.flush();
        bursts.countDown();
    }

    /** Returns a recorded one, under the name of the burst. */
    private String hangup() {
        return events.stream()
                .map(event -> new String(event, StandardCharsets.UTF_8))
                .filter(event -> event.startsWith("Event: Hangup\r\n"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("\r\nChannel: [^\r]*", "\r\nChannel: " + BURST);
    }

    private void awaitBursts() throws IOException {
        try {
            if (!bursts.await(1, TimeUnit.MINUTES)) {
                throw new IOException("the bursts were not read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
