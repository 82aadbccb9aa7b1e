package io.github.pbxsdk.ari;

import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.WebSocketConnection;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests that go out over an event socket, and the answers that come back on it between the
 * events.
 *
 * <p>The server works them off one after the other on the thread that sends the events. So what can
 * be long or slow takes the road of HTTP.
 */
final class SocketRequests {

    /** How many characters a body may have: the server takes frames of 65 535 bytes. */
    private static final int BODY_LIMIT = 16 * 1024;

    /** Operations during which the server would hold back the events. */
    private static final Set<String> SLOW =
            Set.of(
                    "recordings.copyStored",
                    "asterisk.loadModule",
                    "asterisk.unloadModule",
                    "asterisk.reloadModule",
                    "asterisk.rotateLog");

    private final String source;
    private final WebSocketConnection socket;
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, Waiting<?>> waiting = new ConcurrentHashMap<>();
    private volatile boolean ended;

    SocketRequests(String source, WebSocketConnection socket) {
        this.source = source;
        this.socket = socket;
    }

    /** One request that has no answer yet. */
    private record Waiting<T extends @Nullable Object>(
            Function<HttpResponse, T> reader, CompletableFuture<T> result) {

        void answer(HttpResponse response) {
            try {
                result.complete(reader.apply(response));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }
    }

    /** Tells whether a request is short and quick enough for this road. */
    boolean takes(AriCall call, AriAnswer<?> answer) {
        return !ended
                && !answer.mayBeLong()
                && !SLOW.contains(call.operation())
                && call.body().map(String::length).orElse(0) <= BODY_LIMIT;
    }

    /**
     * Sends a request; the future fails with what the reader throws, or with the connection.
     *
     * @param reader reads the answer on the thread that reads the socket
     */
    <T extends @Nullable Object> CompletableFuture<T> send(
            AriCall call, Function<HttpResponse, T> reader) {
        String id = String.valueOf(ids.incrementAndGet());
        Waiting<T> one = new Waiting<>(reader, new CompletableFuture<>());
        waiting.put(id, one);
        one.result().whenComplete((answer, failure) -> waiting.remove(id));
        try {
            if (ended) {
                throw new PbxConnectionException(source + ": the event socket is closed", null);
            }
            socket.send(frame(id, call));
        } catch (PbxException e) {
            one.result().completeExceptionally(e);
        }
        return one.result();
    }

    private static String frame(String id, AriCall call) {
        AriObject.Builder frame =
                AriObject.builder()
                        .put("type", "RESTRequest")
                        .put("request_id", id)
                        .put("method", call.method())
                        .put("uri", call.target().substring(1));
        call.body()
                .ifPresent(
                        body ->
                                frame.put("content_type", "application/json")
                                        .put("message_body", body));
        return frame.build().toJson();
    }

    /** Takes an answer; one to a request that was given up is nobody's. */
    void answer(AriObject answer) {
        Waiting<?> one = waiting.get(answer.text("request_id"));
        if (one != null) {
            one.answer(response(answer));
        }
    }

    private static HttpResponse response(AriObject answer) {
        HttpHeaders.Builder headers = HttpHeaders.builder();
        answer.find("content_type").ifPresent(type -> headers.add("Content-Type", type));
        byte[] body = answer.text("message_body").getBytes(StandardCharsets.UTF_8);
        return HttpResponse.of(
                (int) answer.number("status_code").orElse(0),
                headers.build(),
                new ByteArrayInputStream(body));
    }

    /** Fails what has no answer: it may have arrived all the same. */
    void end() {
        ended = true;
        List.copyOf(waiting.values())
                .forEach(
                        one ->
                                one.result()
                                        .completeExceptionally(
                                                new PbxConnectionException(
                                                        source
                                                                + ": the event socket was lost"
                                                                + " before the answer came",
                                                        null,
                                                        true)));
    }
}
