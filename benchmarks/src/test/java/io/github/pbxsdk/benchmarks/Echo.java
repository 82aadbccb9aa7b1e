package io.github.pbxsdk.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.OptionalLong;

/** A benchmark with a server in a process of its own. */
public final class Echo implements Benchmark {

    /** What its peer says that it lost. */
    static final long LOST_BY_THE_PEER = 7;

    /** Creates it, in whichever process. */
    public Echo() {}

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String what() {
        return "octets there and back";
    }

    @Override
    public String operations() {
        return "octets";
    }

    @Override
    public String peer() {
        return "the same";
    }

    @Override
    public Workload open(Side side, String address) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(address));
        socket.setTcpNoDelay(true);
        return new Client(socket, side);
    }

    @Override
    public Optional<Generator.Start> generator() {
        return Optional.of(Server::start);
    }

    private record Client(Socket socket, Side side) implements Workload {

        @Override
        public void run(long operations) throws IOException {
            for (long turn = 0; turn < operations; turn++) {
                socket.getOutputStream().write(1);
                if (socket.getInputStream().read() != 1) {
                    throw new IOException("the server is gone");
                }
            }
        }

        @Override
        public OptionalLong lost() {
            return OptionalLong.of(side == Side.OURS ? 0 : LOST_BY_THE_PEER);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private record Server(ServerSocket socket) implements Generator {

        static Generator start() throws IOException {
            Server server = new Server(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(server::serve, "echo");
            thread.setDaemon(true);
            thread.start();
            return server;
        }

        private void serve() {
            try (Socket client = socket.accept()) {
                client.setTcpNoDelay(true);
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int octet = in.read(); octet >= 0; octet = in.read()) {
                    out.write(octet);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public String address() {
            return String.valueOf(socket.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
