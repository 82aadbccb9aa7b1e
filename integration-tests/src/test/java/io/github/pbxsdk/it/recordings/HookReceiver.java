package io.github.pbxsdk.it.recordings;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.pbxsdk.recordings.RecordingHook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's web server with a hook in it, and the script set up to call it. */
final class HookReceiver implements AutoCloseable {

    private static final String KEY = "a key of the tests, long enough";

    private final RecordingHook hook = RecordingHook.of(KEY);
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Path script;
    private final Path settings;

    private HookReceiver(HttpServer server, Path folder, Path monitor) throws IOException {
        this.server = server;
        this.script = folder.resolve("recording-hook");
        this.settings = folder.resolve("recording-hook.conf");
        Files.writeString(script, RecordingHook.script());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        writeSettings(KEY, monitor);
        server.createContext("/hook", this::answer);
        server.start();
    }

    static HookReceiver start(Path folder, Path monitor) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        return new HookReceiver(server, folder, monitor);
    }

    /** Gives the script another key, or another directory of recordings. */
    void writeSettings(String key, Path monitor) throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        Files.writeString(
                settings, "URL=%s\nKEY='%s'\nMONITOR='%s'\n".formatted(url, key, monitor));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String signature =
                    Objects.requireNonNullElse(
                            exchange.getRequestHeaders().getFirst("X-Signature"), "");
            int status = hook.receive(exchange.getRequestBody().readAllBytes(), signature);
            statuses.add(status);
            exchange.sendResponseHeaders(status, -1);
        }
    }

    RecordingHook hook() {
        return hook;
    }

    /** Returns what calls were answered with. */
    List<Integer> statuses() {
        return List.copyOf(statuses);
    }

    Path script() {
        return script;
    }

    /** Returns a line for a shell, as it stands in MIXMON_POST, with where the settings are. */
    String command() {
        return "RECORDING_HOOK_CONF=%s %s"
                .formatted(
                        settings,
                        RecordingHook.COMMAND.replace(
                                "/usr/local/bin/recording-hook", script.toString()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
