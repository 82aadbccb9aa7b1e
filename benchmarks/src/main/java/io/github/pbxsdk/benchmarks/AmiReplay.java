package io.github.pbxsdk.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A server that lets everybody in, answers each action with success and sends recorded events.
 *
 * <p>The action {@code Flood} with {@code Count: n} asks for so many events, and a {@code Hangup}
 * of the channel {@link #LAST} after them.
 */
final class AmiReplay implements Generator {

    /** The name of the channel that ends a flood. */
    static final String LAST = "Replay/last";

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
            converse(new Actions(socket.getInputStream()), out);
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** As Asterisk does: what is asked for together is answered together. */
    private void converse(Actions actions, OutputStream out) throws IOException {
        while (actions.read()) {
            while (actions.next()) {
                answer(actions, out);
            }
            out.flush();
        }
    }

    private void answer(Actions asked, OutputStream out) throws IOException {
        out.write(SUCCESS);
        asked.copy("actionid", out);
        out.write(LINE_END);
        String action = asked.text("action").toLowerCase(Locale.ROOT);
        out.write(MORE.getOrDefault(action, DONE));
        out.write(LINE_END);
        if (action.equals("flood")) {
            flood(Integer.parseInt(asked.text("count")), out);
        }
    }

    private void flood(int count, OutputStream out) throws IOException {
        for (int i = 0; i < count; i++) {
            out.write(events.get(i % events.size()));
        }
        out.write(END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The actions that come in; the server must not be the slowest of the three. */
    private static final class Actions {

        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private int end;
        private int at;
        private int next;

        Actions(InputStream in) {
            this.in = in;
        }

        /** Waits for more; false when nothing comes any more. */
        boolean read() throws IOException {
            System.arraycopy(buffer, next, buffer, 0, end - next);
            end -= next;
            next = 0;
            int read = in.read(buffer, end, buffer.length - end);
            end += Math.max(0, read);
            return read > 0;
        }

        /** Goes to the next action, if all of it is there. */
        boolean next() {
            for (int i = next; i + 3 < end; i++) {
                if (buffer[i] == '\r' && buffer[i + 2] == '\r') {
                    at = next;
                    next = i + 4;
                    return true;
                }
            }
            return false;
        }

        String text(String name) {
            int value = value(name);
            return new String(buffer, value, lineEnd(value) - value, StandardCharsets.US_ASCII);
        }

        void copy(String name, OutputStream out) throws IOException {
            int value = value(name);
            out.write(buffer, value, lineEnd(value) - value);
        }

        /** Returns where the value of a line begins; the end of the action without that line. */
        private int value(String name) {
            int line = at;
            while (line < next && !isNamed(line, name)) {
                line = lineEnd(line) + 2;
            }
            return line < next ? line + name.length() + 2 : next - 2;
        }

        private boolean isNamed(int line, String name) {
            int i = 0;
            while (i < name.length() && (buffer[line + i] | 0x20) == name.charAt(i)) {
                i++;
            }
            return i == name.length() && buffer[line + i] == ':';
        }

        private int lineEnd(int line) {
            int i = line;
            while (buffer[i] != '\r') {
                i++;
            }
            return i;
        }
    }
}
