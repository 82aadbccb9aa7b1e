package io.github.pbxsdk.sip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a few requests be under way at a time: hundreds of registrations in one moment, after a
 * restart of the server, would drown it.
 */
final class RegisterWindow {

    private static final int WIDTH = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting<?>> waiting = new ArrayDeque<>();
    private int underWay;

    private static final class Waiting<T> {

        private final Supplier<CompletableFuture<T>> request;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Waiting(Supplier<CompletableFuture<T>> request) {
            this.request = request;
        }

        /** Starts it, unless it was cancelled while it waited; returns what ends with it. */
        CompletableFuture<T> start() {
            if (result.isDone()) {
                return result;
            }
            CompletableFuture<T> started = request.get();
            result.whenComplete((value, failure) -> started.cancel(false));
            started.whenComplete(
                    (value, failure) -> {
                        if (failure != null) {
                            result.completeExceptionally(failure);
                        } else {
                            result.complete(value);
                        }
                    });
            return result;
        }
    }

    /** Starts a request when there is room; cancelling the result cancels the request. */
    <T> CompletableFuture<T> enter(Supplier<CompletableFuture<T>> request) {
        Waiting<T> one = new Waiting<>(request);
        lock.lock();
        try {
            waiting.add(one);
        } finally {
            lock.unlock();
        }
        startNext();
        return one.result;
    }

    private void startNext() {
        for (Waiting<?> next = next(); next != null; next = next()) {
            next.start().whenComplete((value, failure) -> ended());
        }
    }

    private void ended() {
        lock.lock();
        try {
            underWay--;
        } finally {
            lock.unlock();
        }
        startNext();
    }

    private @Nullable Waiting<?> next() {
        lock.lock();
        try {
            Waiting<?> next = underWay < WIDTH ? waiting.poll() : null;
            if (next != null) {
                underWay++;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
