package io.github.pbxsdk.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final byte[] SUCCESS = ascii("Response: Success\r\nActionID: ");
    private static final byte[] LINE_END = ascii("\r\n");
    private static final byte[] DONE = ascii("Message: Done\r\n");

    /** What an answer says beyond that, by action. */
    private static final Map<String, byte[]> MORE =
            Map.of(
                    "challenge",
                    ascii("Challenge: 12345\r\n"),
                    "ping",
                    ascii("Ping: Pong\r\nTimestamp: 1795219540.068536\r\n"),
                    "coresettings",
                    ascii("AMIversion: 11.0.0\r\nAsteriskVersion: 22.10.1\r\n"),
                    "command",
                    ascii("Message: Command output follows\r\nOutput: Asterisk 22.10.1\r\n"));

    private static final byte[] END =
            ascii(
                    "Event: Hangup\r\nPrivilege: call,all\r\nChannel: "
                            + LAST
                            + "\r\nUniqueid: 1.1\r\nCause: 16\r\n"
                            + "Cause-txt: Normal Clearing\r\n\r\n");

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
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            out.write(ascii("Asterisk Call Manager/11.0.0\r\n"));
            out.flush();
            converse(new AskedActions(socket.getInputStream()), out);
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** As Asterisk does: what is asked for together is answered together. */
    private void converse(AskedActions actions, OutputStream out) throws IOException {
        while (actions.read()) {
            while (actions.next()) {
                answer(actions, out);
            }
            out.flush();
        }
    }

    private void answer(AskedActions asked, OutputStream out) throws IOException {
        String action = asked.text("action").toLowerCase(Locale.ROOT);
        if (action.equals("awaitbursts")) {
            awaitBursts();
        }
        out.write(SUCCESS);
        asked.copy("actionid", out);
        out.write(LINE_END);
        out.write(MORE.getOrDefault(action, DONE));
        out.write(LINE_END);
        if (action.equals("flood")) {
            flood(Integer.parseInt(asked.text("count")), out);
        } else if (action.equals("burst")) {
            burst(Integer.parseInt(asked.text("count")), out);
        }
    }

    private void flood(int count, OutputStream out) throws IOException {
        for (int i = 0; i < count; i++) {
            out.write(events.get(i % events.size()));
        }
        out.write(END);
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

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
