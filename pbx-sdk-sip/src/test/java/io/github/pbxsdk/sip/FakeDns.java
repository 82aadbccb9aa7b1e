package io.github.pbxsdk.sip;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on loopback that knows the SRV and NAPTR records it is told. */
final class FakeDns implements AutoCloseable {

    private static final int SRV = 33;
    private static final int NAPTR = 35;
    private static final int HEADER = 12;

    private final DatagramSocket socket;
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    FakeDns() throws SocketException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "fake-dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns what JNDI calls it. */
    String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    /** Returns the questions so far, such as {@code SRV _sip._udp.example.test}. */
    List<String> asked() {
        return asked;
    }

    /** Answers nothing from now on. */
    void fallSilent() {
        silent = true;
    }

    /** Has a name no servers any more. */
    void forget(String name) {
        records.remove("SRV " + name);
    }

    /** Adds a server to a name. */
    void srv(String name, int priority, int weight, int port, String host) {
        put(
                "SRV " + name,
                data -> {
                    data.writeShort(priority);
                    data.writeShort(weight);
                    data.writeShort(port);
                    writeName(data, host);
                });
    }

    /** Has a domain point to the name that holds the servers of a service. */
    void naptr(String name, int order, int preference, String service, String to) {
        put(
                "NAPTR " + name,
                data -> {
                    data.writeShort(order);
                    data.writeShort(preference);
                    writeText(data, "s");
                    writeText(data, service);
                    writeText(data, "");
                    writeName(data, to);
                });
    }

    private interface Part {
        void write(DataOutputStream data) throws IOException;
    }

    private void put(String key, Part content) {
        records.computeIfAbsent(key, unused -> new CopyOnWriteArrayList<>()).add(bytes(content));
    }

    private static byte[] bytes(Part content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void writeText(DataOutputStream data, String text) throws IOException {
        data.writeByte(text.length());
        data.writeBytes(text);
    }

    private static void writeName(DataOutputStream data, String name) throws IOException {
        for (String label : name.split("\\.", -1)) {
            if (!label.isEmpty()) {
                writeText(data, label);
            }
        }
        data.writeByte(0);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
        try {
            while (true) {
                packet.setLength(1024);
                socket.receive(packet);
                byte[] answer = answer(packet.getData());
                if (!silent) {
                    socket.send(
                            new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // Closed: nobody asks any more.
        }
    }

    private byte[] answer(byte[] query) {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            int length = query[at];
            name.append(name.length() == 0 ? "" : ".")
                    .append(new String(query, at + 1, length, StandardCharsets.US_ASCII));
            at += length + 1;
        }
        int type = ((query[at + 1] & 0xFF) << 8) | (query[at + 2] & 0xFF);
        int end = at + 5;
        String key = (type == SRV ? "SRV " : type == NAPTR ? "NAPTR " : type + " ") + name;
        asked.add(key);
        List<byte[]> found = records.getOrDefault(key, List.of());
        return bytes(
                data -> {
                    data.write(query, 0, 2);
                    // An answer, with authority; no such name where there is nothing.
                    data.writeShort(found.isEmpty() ? 0x8583 : 0x8580);
                    data.writeShort(1);
                    data.writeShort(found.size());
                    data.writeInt(0);
                    data.write(query, HEADER, end - HEADER);
                    for (byte[] record : found) {
                        data.writeShort(0xC000 | HEADER);
                        data.writeShort(type);
                        data.writeShort(1);
                        data.writeInt(60);
                        data.writeShort(record.length);
                        data.write(record);
                    }
                });
    }

    @Override
    public void close() {
        socket.close();
    }
}
