package io.github.pbxsdk.testing.sms;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.http.HttpResponse;
import io.github.pbxsdk.core.http.OkHttpTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls that a provider makes, with their faults; one request on the wire for each. */
final class Webhooks implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);
    private static final Duration OLD = Duration.ofMinutes(10);
    private static final int ANSWER_BYTES = 64 * 1024;

    private final OkHttpTransport http = OkHttpTransport.builder().build();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private final Deque<WebhookFault> faults = new ArrayDeque<>();
    private final List<Runnable> heldBack = new ArrayList<>();
    private final List<WebhookCall> calls = new ArrayList<>();

    void fail(List<WebhookFault> inTurn) {
        lock.lock();
        try {
            faults.addAll(inTurn);
        } finally {
            lock.unlock();
        }
    }

    List<WebhookCall> calls() {
        lock.lock();
        try {
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }

    List<WebhookCall> await(int count, long seconds) {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(seconds);
            while (calls.size() < count) {
                if (nanos <= 0) {
                    throw new AssertionError(count + " calls expected, made were " + calls);
                }
                nanos = called.awaitNanos(nanos);
            }
            return List.copyOf(calls);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a call", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a call and returns when it was answered.
     *
     * @param repeats how often it is repeated while nobody is content with the answer
     */
    void call(
            Outgoing bare, Proof proof, Instant now, int repeats, Predicate<WebhookCall> content) {
        WebhookFault fault = nextFault();
        Outgoing request = prepared(bare, proof, now, fault);
        Runnable call = () -> callUntil(content, request, repeats);
        if (fault == WebhookFault.REORDERED) {
            holdBack(call);
            return;
        }
        if (fault == WebhookFault.REPEATED_AT_ONCE) {
            CompletableFuture<Void> other = CompletableFuture.runAsync(call, Webhooks::daemon);
            call.run();
            other.join();
        } else {
            call.run();
        }
        if (fault == WebhookFault.REPEATED) {
            call.run();
        }
        released().forEach(Runnable::run);
    }

    private @Nullable WebhookFault nextFault() {
        lock.lock();
        try {
            return faults.poll();
        } finally {
            lock.unlock();
        }
    }

    private static Outgoing prepared(
            Outgoing bare, Proof proof, Instant now, @Nullable WebhookFault fault) {
        if (fault == WebhookFault.UNSIGNED) {
            return proof.bare(bare);
        }
        if (fault == WebhookFault.WRONG_SECRET) {
            return proof.forged(bare, now);
        }
        if (fault == WebhookFault.TOO_OLD) {
            return proof.genuine(bare, now.minus(OLD));
        }
        Outgoing genuine = proof.genuine(bare, now);
        return fault == WebhookFault.CHANGED_BODY ? genuine.changed() : genuine;
    }

    private void holdBack(Runnable call) {
        lock.lock();
        try {
            heldBack.add(call);
        } finally {
            lock.unlock();
        }
    }

    private List<Runnable> released() {
        lock.lock();
        try {
            List<Runnable> released = List.copyOf(heldBack);
            heldBack.clear();
            return released;
        } finally {
            lock.unlock();
        }
    }

    private void callUntil(Predicate<WebhookCall> content, Outgoing request, int repeats) {
        for (int done = 0; done <= repeats; done++) {
            WebhookCall call = call(request);
            lock.lock();
            try {
                calls.add(call);
                called.signalAll();
            } finally {
                lock.unlock();
            }
            if (content.test(call)) {
                return;
            }
        }
    }

    private WebhookCall call(Outgoing request) {
        try (HttpResponse response = http.sendAsync(onTheWire(request)).join()) {
            return new WebhookCall(request, response.status(), response.text(ANSWER_BYTES));
        } catch (CompletionException | PbxException | IllegalStateException e) {
            // The server is gone, or says nothing; or this fake was closed meanwhile.
            return new WebhookCall(request, 0, "");
        }
    }

    private static HttpRequest onTheWire(Outgoing request) {
        HttpRequest.Builder builder =
                HttpRequest.builder(request.method(), request.url())
                        .timeout(LONGEST_ANSWER)
                        .allowPlaintext();
        request.headers().forEach(builder::addHeader);
        if (request.method().equals("POST")) {
            builder.body(HttpBody.text(request.body(), request.contentType()));
        }
        return builder.build();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-sms-webhook");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        http.close();
    }
}
