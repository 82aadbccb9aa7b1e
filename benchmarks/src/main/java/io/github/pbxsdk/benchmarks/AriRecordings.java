package io.github.pbxsdk.benchmarks;

import ch.loway.oss.ari4java.ARI;
import ch.loway.oss.ari4java.AriVersion;
import ch.loway.oss.ari4java.generated.models.StoredRecording;
import io.github.pbxsdk.ari.AriClient;
import io.github.pbxsdk.core.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The list of an archive with 100,000 recordings, each name looked at. */
public final class AriRecordings implements Benchmark {

    /** How many recordings the archive has. */
    static final int RECORDINGS = 100_000;

    @Override
    public String name() {
        return "ari-recordings";
    }

    @Override
    public String what() {
        return "stored recordings listed over ARI, 100,000 in one answer";
    }

    @Override
    public String operations() {
        return "lists";
    }

    @Override
    public String peer() {
        return "ari4java 0.18.0";
    }

    @Override
    public Optional<Generator.Start> generator() {
        return Optional.of(Archive::start);
    }

    @Override
    public Workload open(Side side, String address) throws Exception {
        return side == Side.OURS ? new Ours(address) : new Peer(address);
    }

    private static final class Ours implements Workload {

        private final AriClient client;

        Ours(String address) {
            client =
                    AriClient.builder()
                            .baseUri(address)
                            .credentials(Credentials.of("user", "secret"))
                            .build();
        }

        @Override
        public void run(long operations) {
            for (long i = 0; i < operations; i++) {
                client.storedRecordings().list(recording -> Sink.keep(recording.name()));
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static final class Peer implements Workload {

        private final ARI ari;

        Peer(String address) throws Exception {
            ari = ARI.build(address + "/", "demo", "user", "secret", AriVersion.ARI_10_0_0);
        }

        @Override
        public void run(long operations) throws Exception {
            for (long i = 0; i < operations; i++) {
                for (StoredRecording recording : ari.recordings().listStored().execute()) {
                    Sink.keep(recording.getName());
                }
            }
        }

        @Override
        public void close() {
            ari.cleanup();
        }
    }

    /**
     * A server that answers every request with the list. It does no more than that: the server of
     * the JDK takes longer to send it than either side takes to read it.
     */
    private record Archive(ServerSocket listening) implements Generator {

        static Generator start() throws IOException {
            ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            byte[] list = list();
            daemon(() -> accept(listening, list));
            return new Archive(listening);
        }

        private static void daemon(Runnable work) {
            Thread thread = new Thread(work, "archive");
            thread.setDaemon(true);
            thread.start();
        }

        private static void accept(ServerSocket listening, byte[] list) {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    daemon(() -> serve(socket, list));
                }
            } catch (IOException e) {
                // Closed: nobody asks any more.
            }
        }

        private static void serve(Socket socket, byte[] list) {
            try (socket) {
                socket.setTcpNoDelay(true);
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.isEmpty()) {
                        answer(socket.getOutputStream(), list);
                    }
                }
            } catch (IOException e) {
                // The client has gone.
            }
        }

        private static void answer(OutputStream out, byte[] list) throws IOException {
            String head =
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                            + (list.length + "\r\n\r\n");
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(list);
        }

        private static byte[] list() {
            StringBuilder list = new StringBuilder("[");
            for (int i = 0; i < RECORDINGS; i++) {
                list.append(i == 0 ? "" : ",")
                        .append("{\"name\":\"2026/11/20/in-+15550100-200-20261120-230326-")
                        .append(1_795_216_112 + i)
                        .append(".1\",\"format\":\"wav\"}");
            }
            return list.append(']').toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String address() {
            return "http://127.0.0.1:" + listening.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
