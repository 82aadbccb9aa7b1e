package io.github.pbxsdk.sms.conversation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves files on loopback and writes down the heads of requests. */
final class FileServer implements AutoCloseable {

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final ServerSocket listener;

    FileServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "files");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    void file(String path, byte[] content) {
        answer(path, "200 OK\r\nContent-Type: text/html\r\n", content);
    }

    void redirect(String path, String location) {
        answer(path, "302 Found\r\nLocation: " + location + "\r\n", new byte[0]);
    }

    private void answer(String path, String head, byte[] content) {
        byte[] start =
                ("HTTP/1.1 "
                                + head
                                + "Connection: close\r\nContent-Length: "
                                + content.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[start.length + content.length];
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(content, 0, whole, start.length, content.length);
        answers.put(path, whole);
    }

    private void serve() {
        try {
            while (true) {
                try (Socket socket = listener.accept()) {
                    answer(socket);
                }
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void answer(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        String line = reader.readLine();
        while (line != null && !line.isEmpty()) {
            head.append(line).append('\n');
            line = reader.readLine();
        }
        requests.add(head.toString());
        String[] words = head.toString().split(" ", 3);
        byte[] answer = words.length > 1 ? answers.get(words[1]) : null;
        OutputStream out = socket.getOutputStream();
        out.write(
                answer == null
                        ? "HTTP/1.1 404 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1)
                        : answer);
        out.flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
