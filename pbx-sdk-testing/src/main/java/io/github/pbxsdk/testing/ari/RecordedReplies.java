package io.github.pbxsdk.testing.ari;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers of a recorded session, by method and path. Of several to the same request the next
 * one comes each time, and the last one for ever.
 */
final class RecordedReplies {

    private static final Pattern LINE =
            Pattern.compile(
                    "\"method\": \"([A-Z]+)\", \"path\": \"([^\"]*)\", .*\"status\": (\\d+),"
                            + " \"response\": (.*)}");

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<AriReply>> replies = new HashMap<>();

    static RecordedReplies read(Path file) {
        RecordedReplies recorded = new RecordedReplies();
        try {
            Files.readAllLines(file).forEach(recorded::add);
        } catch (IOException e) {
            throw new UncheckedIOException("the recorded session cannot be read", e);
        }
        return recorded;
    }

    private void add(String line) {
        Matcher exchange = LINE.matcher(line);
        if (exchange.find()) {
            String json = exchange.group(4);
            replies.computeIfAbsent(
                            exchange.group(1) + " " + exchange.group(2), key -> new ArrayDeque<>())
                    .add(
                            AriReply.json(
                                    Integer.parseInt(exchange.group(3)),
                                    json.equals("null") ? "" : json));
        }
    }

    Optional<AriReply> next(AriRequest request) {
        lock.lock();
        try {
            Deque<AriReply> left = replies.get(request.method() + " " + request.path());
            if (left == null) {
                return Optional.empty();
            }
            return Optional.of(left.size() > 1 ? left.remove() : left.element());
        } finally {
            lock.unlock();
        }
    }
}
