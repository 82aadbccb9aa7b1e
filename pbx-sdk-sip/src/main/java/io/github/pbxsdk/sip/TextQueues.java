package io.github.pbxsdk.sip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps texts to one recipient in order: the next leaves when the one before has its answer (RFC
 * 3428, 8).
 */
final class TextQueues {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Supplier<CompletableFuture<?>>>> waiting = new HashMap<>();

    /** Starts a text now, or when those before it have ended. */
    void enter(String recipient, Supplier<CompletableFuture<?>> text) {
        lock.lock();
        try {
            Deque<Supplier<CompletableFuture<?>>> queue = waiting.get(recipient);
            if (queue != null) {
                queue.add(text);
                return;
            }
            waiting.put(recipient, new ArrayDeque<>());
        } finally {
            lock.unlock();
        }
        run(recipient, text);
    }

    /** Runs one after the other as long as they end at once, without piling up calls. */
    private void run(String recipient, Supplier<CompletableFuture<?>> first) {
        @Nullable Supplier<CompletableFuture<?>> text = first;
        while (text != null) {
            CompletableFuture<?> ended = text.get();
            if (!ended.isDone()) {
                ended.whenComplete((result, failure) -> goOn(recipient));
                return;
            }
            text = next(recipient);
        }
    }

    private void goOn(String recipient) {
        @Nullable Supplier<CompletableFuture<?>> text = next(recipient);
        if (text != null) {
            run(recipient, text);
        }
    }

    private @Nullable Supplier<CompletableFuture<?>> next(String recipient) {
        lock.lock();
        try {
            Deque<Supplier<CompletableFuture<?>>> queue = waiting.get(recipient);
            Supplier<CompletableFuture<?>> next = queue == null ? null : queue.poll();
            if (next == null) {
                waiting.remove(recipient);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
