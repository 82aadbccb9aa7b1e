package io.github.pbxsdk.it.ari;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sound of a call: silence in G.711, and digits as events of RFC 4733. */
final class SipCall implements AutoCloseable {

    private static final int ULAW = 0;
    private static final int DIGITS = 101;
    private static final int SAMPLES = 160;
    private static final byte SILENCE = (byte) 0xff;

    private final DatagramSocket socket;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Runnable> pressed = new ConcurrentLinkedQueue<>();
    private int sequence = 1;
    private int timestamp = SAMPLES;
    private int begun;
    private int port;

    SipCall() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    /** Returns what to offer, in SDP. */
    String offer() {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                + "m=audio %d RTP/AVP 0 101\r\n".formatted(socket.getLocalPort())
                + "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
                + "a=fmtp:101 0-16\r\na=sendrecv\r\n";
    }

    /** Begins to send, every 20 ms, to where the answer says. */
    void begin(String answer) {
        Matcher audio = Pattern.compile("m=audio (\\d+) ").matcher(answer);
        if (!audio.find()) {
            throw new AssertionError("no sound was answered: " + answer);
        }
        port = Integer.parseInt(audio.group(1));
        clock.scheduleAtFixedRate(this::tick, 0, 20, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        Runnable next = pressed.poll();
        if (next == null) {
            silence();
        } else {
            next.run();
        }
    }

    private void silence() {
        byte[] sound = new byte[SAMPLES];
        Arrays.fill(sound, SILENCE);
        send(ULAW, timestamp, sound);
        timestamp += SAMPLES;
    }

    /** Presses keys one after the other, as a finger does. */
    void press(String keys) {
        keys.chars().map("0123456789*#ABCD"::indexOf).forEach(this::press);
    }

    private void press(int key) {
        pressed.add(() -> begun = timestamp);
        for (int i = 1; i <= 8; i++) {
            int duration = Math.min(i, 6) * SAMPLES;
            byte flags = (byte) (i > 5 ? 0x8a : 0x0a);
            pressed.add(() -> event(key, flags, duration));
        }
        for (int i = 0; i < 4; i++) {
            pressed.add(this::silence);
        }
    }

    private void event(int key, byte flags, int duration) {
        ByteBuffer payload = ByteBuffer.allocate(4).put((byte) key).put(flags);
        send(DIGITS, begun, payload.putShort((short) duration).array());
        timestamp += SAMPLES;
    }

    private void send(int type, int at, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) type).putShort((short) sequence++);
        packet.putInt(at).putInt(0x5d1).put(payload);
        try {
            socket.send(
                    new DatagramPacket(
                            packet.array(),
                            packet.capacity(),
                            InetAddress.getLoopbackAddress(),
                            port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        socket.close();
    }
}
