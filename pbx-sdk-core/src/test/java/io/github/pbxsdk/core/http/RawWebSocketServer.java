package io.github.pbxsdk.core.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A WebSocket server on a bare socket, which can also do what no decent one does. */
final class RawWebSocketServer implements AutoCloseable {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int LAST = 0x80;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listening;
    private final Script script;
    private final List<String> upgrades = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String headers = "";

    RawWebSocketServer(Script script) {
        this.script = script;
        try {
            listening = new ServerSocket(0, 400, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Adds lines, each with its line end, to the answer that opens a WebSocket. */
    RawWebSocketServer withHeaders(String lines) {
        this.headers = lines;
        return this;
    }

    String url() {
        return "ws://127.0.0.1:" + listening.getLocalPort() + "/events?app=x&api_key=s3cret";
    }

    List<String> upgrades() {
        return upgrades;
    }

    boolean awaitEnded() throws InterruptedException {
        return ended.await(10, TimeUnit.SECONDS);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Peer peer = new Peer(socket, headers);
            while (true) {
                String head = peer.readHead();
                upgrades.add(head);
                script.run(peer, head);
            }
        } catch (IOException e) {
            ended.countDown();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-websocket");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    interface Script {
        void run(Peer peer, String head) throws IOException;
    }

    /** A frame from the client, unmasked. */
    static final class Frame {

        private final int opcode;
        private final byte[] payload;

        Frame(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }
    }

    static final class Peer {

        private final DataInputStream in;
        private final OutputStream out;
        private final String headers;

        Peer(Socket socket, String headers) throws IOException {
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
            this.headers = headers;
        }

        String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        void accept(String head) throws IOException {
            String key =
                    head.lines()
                            .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                            .findFirst()
                            .orElseThrow()
                            .substring(19);
            write(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                            + accept64(key)
                            + "\r\n"
                            + headers
                            + "\r\n");
        }

        private static String accept64(String key) {
            try {
                byte[] digest =
                        MessageDigest.getInstance("SHA-1")
                                .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void frame(int firstByte, byte[] payload) throws IOException {
            header(firstByte, payload.length);
            out.write(payload);
            out.flush();
        }

        void frame(int firstByte, String payload) throws IOException {
            frame(firstByte, payload.getBytes(StandardCharsets.UTF_8));
        }

        void header(int firstByte, long length) throws IOException {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            header.write(firstByte);
            if (length < 126) {
                header.write((int) length);
            } else if (length < 65_536) {
                header.write(126);
                header.write((int) length >> 8);
                header.write((int) length);
            } else {
                header.write(127);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    header.write((int) (length >> shift));
                }
            }
            out.write(header.toByteArray());
            out.flush();
        }

        Frame read() throws IOException {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException();
            }
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            return new Frame(opcode, payload);
        }

        /** Reads until the client has gone, and answers nothing, not even a ping. */
        void ignore() throws IOException {
            byte[] rest = new byte[65_536];
            while (in.read(rest) >= 0) {
                // Silence is the point.
            }
            throw new EOFException();
        }

        /** Sends back what comes, as a decent server: answers pings and the end too. */
        void echo() throws IOException {
            while (true) {
                Frame frame = read();
                int answer = frame.opcode == PING ? PONG : frame.opcode;
                frame(LAST | answer, frame.payload);
                if (frame.opcode == CLOSE) {
                    throw new EOFException();
                }
            }
        }
    }
}
