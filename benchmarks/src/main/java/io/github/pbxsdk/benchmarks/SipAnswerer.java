package io.github.pbxsdk.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A SIP server that lets everybody register and takes every text with 202, as fast as it can; UDP
 * and TCP on one port.
 */
final class SipAnswerer implements Generator {

    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final ServerSocket listening;
    private final DatagramSocket datagrams;

    private SipAnswerer() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        datagrams =
                new DatagramSocket(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), listening.getLocalPort()));
        datagrams.setReceiveBufferSize(4 << 20);
    }

    static SipAnswerer start() throws IOException {
        SipAnswerer answerer = new SipAnswerer();
        daemon(answerer::accept);
        daemon(answerer::receive);
        return answerer;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "sip-answerer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String address() {
        return String.valueOf(listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listening.close();
        datagrams.close();
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            while (true) {
                packet.setLength(65_536);
                datagrams.receive(packet);
                String request =
                        new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                byte[] answer = answer(request);
                datagrams.send(
                        new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // Closed: no more requests.
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: no more connections.
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                in.skipNBytes(length(head));
                out.write(answer(head));
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** Reads up to the blank line; empty at the end of the stream. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(600);
        int matched = 0;
        while (matched < END_OF_HEAD.length) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString();
    }

    private static int length(String head) {
        String value = header(head, "content-length:");
        return value.isEmpty() ? 0 : Integer.parseInt(value.substring(15).strip());
    }

    private static byte[] answer(String request) {
        boolean text = request.startsWith("MESSAGE");
        StringBuilder answer =
                new StringBuilder(400).append(text ? "SIP/2.0 202 Accepted" : "SIP/2.0 200 OK");
        for (String name : new String[] {"via:", "from:", "to:", "call-id:", "cseq:"}) {
            String line = header(request, name);
            boolean bare = name.equals("to:") && !line.contains(";tag=");
            answer.append("\r\n").append(line).append(bare ? ";tag=answerer" : "");
        }
        String contact = header(request, "contact:");
        if (!text && !contact.isEmpty()) {
            answer.append("\r\n").append(contact);
        }
        return answer.append("\r\nContent-Length: 0\r\n\r\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the first line of a header, or nothing. */
    private static String header(String head, String name) {
        int start = head.indexOf("\r\n") + 2;
        while (start < head.length()) {
            int end = head.indexOf("\r\n", start);
            if (end <= start) {
                return "";
            }
            if (head.regionMatches(true, start, name, 0, name.length())) {
                return head.substring(start, end);
            }
            start = end + 2;
        }
        return "";
    }
}
