package io.github.pbxsdk.testing.ami;

import io.github.pbxsdk.testing.internal.WebSocketPeer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An amiws proxy on loopback: JSON over WebSockets, in front of one or more manager interfaces.
 *
 * <pre>{@code
 * try (FakeAmi server = FakeAmi.asterisk22(); FakeAmiws proxy = FakeAmiws.start()) {
 *     proxy.front(1, "pbx", server.address(), "lab", "lab-secret");
 *     // … connect a client to proxy.uri()
 * }
 * }</pre>
 *
 * <p>As the real one it logs in by itself, has every server run what names none ({@code
 * AMIServerID}), and sends all that comes to all of its clients, with repeated headers as repeated
 * names. The servers may be fakes or real ones. Thread-safe.
 */
public final class FakeAmiws implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FakeAmiws.class);

    private static final int EVENT = 3;
    private static final int RESPONSE = 4;
    private static final int COMMAND = 5;

    private final List<Server> servers = new CopyOnWriteArrayList<>();
    private final List<AmiMessage> actions = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final WebSocketListener listener = new WebSocketListener(this::serve);

    private FakeAmiws() {
        listener.start("fake-amiws");
    }

    /** Starts a proxy in front of nothing yet. */
    public static FakeAmiws start() {
        return new FakeAmiws();
    }

    /** Logs in to a server and stands in front of it from now on. */
    public void front(int id, String name, InetSocketAddress ami, String user, String secret) {
        Server server = new Server(id, name, ami);
        servers.add(server);
        server.send(
                AmiMessage.of("Action", "Login", "Username", user)
                        .with("Secret", secret)
                        .with("Events", "on"));
        FakeAmi.thread("fake-amiws-server", server::run);
    }

    /** Returns where to connect to. */
    public URI uri() {
        return listener.uri();
    }

    /** Returns what clients have sent, in their order, {@code AMIServerID} included. */
    public List<AmiMessage> actions() {
        return List.copyOf(actions);
    }

    /** Returns the requests that opened WebSockets. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Sends a text message of any content to all clients. */
    public void sendRaw(String message) {
        for (WebSocketPeer peer : listener.peers()) {
            try {
                peer.sendText(message);
            } catch (IOException e) {
                log.debug("a client is gone: {}", e.getMessage());
            }
        }
    }

    /** Hangs up on all clients, as a network does. */
    public void cut() {
        listener.cut();
    }

    private void serve(WebSocketPeer peer) throws IOException {
        requests.add(peer.requestHead());
        while (true) {
            AmiMessage action = FlatJson.read(new String(peer.receive(), StandardCharsets.UTF_8));
            actions.add(action);
            Optional<String> wanted = action.find("AMIServerID");
            AmiMessage bare =
                    new AmiMessage(
                            action.lines().stream()
                                    .filter(line -> !line.name().equals("AMIServerID"))
                                    .toList());
            servers.stream()
                    .filter(server -> wanted.isEmpty() || wanted.get().equals(server.number()))
                    .forEach(server -> server.send(bare));
        }
    }

    /** Closes the port and all connections; repeatable. */
    @Override
    public void close() {
        listener.close();
        servers.forEach(Server::close);
    }

    /** The proxy's own session with one server. */
    private final class Server {

        private final int id;
        private final String name;
        private final Socket socket;
        private final ReentrantLock writing = new ReentrantLock();

        Server(int id, String name, InetSocketAddress ami) {
            this.id = id;
            this.name = name;
            try {
                this.socket = new Socket(ami.getAddress(), ami.getPort());
            } catch (IOException e) {
                throw new UncheckedIOException("no manager interface at " + ami, e);
            }
        }

        String number() {
            return Integer.toString(id);
        }

        void send(AmiMessage action) {
            writing.lock();
            try {
                byte[] bytes = action.text("\r\n").getBytes(StandardCharsets.UTF_8);
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                log.debug("server {} is gone: {}", id, e.getMessage());
            } finally {
                writing.unlock();
            }
        }

        void run() {
            try (BufferedReader input =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.UTF_8))) {
                String greeting = input.readLine();
                log.debug("server {} says {}", id, greeting);
                StringBuilder text = new StringBuilder();
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    if (!line.isEmpty()) {
                        text.append(line).append('\n');
                    } else if (!text.isEmpty()) {
                        sendRaw(frame(AmiMessage.parse(text.toString())));
                        text.setLength(0);
                    }
                }
            } catch (IOException e) {
                log.debug("server {} ended: {}", id, e.getMessage());
            }
        }

        private String frame(AmiMessage message) {
            return "{\"type\":"
                    + (type(message) + ",\"server_id\":" + id)
                    + (",\"server_name\":" + FlatJson.quoted(name))
                    + (",\"ssl\":false,\"data\":" + FlatJson.write(message) + "}");
        }

        private static int type(AmiMessage message) {
            if (message.find("Event").isPresent()) {
                return EVENT;
            }
            return message.find("Output").isPresent() ? COMMAND : RESPONSE;
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("closing the session with server {} failed: {}", id, e.getMessage());
            }
        }
    }
}
