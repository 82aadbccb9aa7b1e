package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.event.AmiEvent;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.event.Listener;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the items of a list to a listener, in order, on a thread that lives as long as there are
 * some: neither the reader nor the executor, which could be busy with whoever waits for the list.
 */
final class PushedItems implements ListItems {

    private final String what;
    private final long maxBytes;
    private final Listener<? super AmiEvent> listener;
    private final Consumer<Runnable> threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Item> queue = new ArrayDeque<>();
    private final CompletableFuture<List<AmiEvent>> done = new CompletableFuture<>();
    private long queuedBytes;
    private boolean running;
    private boolean ended;

    /**
     * Creates a hand-over.
     *
     * @param threads starts a thread
     */
    PushedItems(
            String what,
            long maxBytes,
            Listener<? super AmiEvent> listener,
            Consumer<Runnable> threads) {
        this.what = what;
        this.maxBytes = maxBytes;
        this.listener = listener;
        this.threads = threads;
    }

    @Override
    public void add(AmiEvent item, int bytes) {
        boolean start;
        lock.lock();
        try {
            if (done.isDone()) {
                return;
            }
            queuedBytes += bytes;
            if (queuedBytes > maxBytes) {
                throw new PbxException(
                        what
                                + ": the listener is so slow that more than "
                                + maxBytes
                                + " bytes wait",
                        null,
                        true);
            }
            queue.add(new Item(item, bytes));
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            threads.accept(this::deliver);
        }
    }

    private void deliver() {
        for (Item item = next(); item != null; item = next()) {
            try {
                listener.onEvent(item.event());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(e);
            } catch (Throwable e) {
                // Errors too: the caller waits for the end of the list and must hear of it.
                fail(e);
            }
        }
    }

    private @Nullable Item next() {
        boolean complete;
        lock.lock();
        try {
            Item item = queue.poll();
            if (item != null) {
                queuedBytes -= item.bytes();
                return item;
            }
            running = false;
            complete = ended;
        } finally {
            lock.unlock();
        }
        if (complete) {
            done.complete(List.of());
        }
        return null;
    }

    private void fail(Throwable failure) {
        done.completeExceptionally(failure);
        abandon();
    }

    @Override
    public CompletableFuture<List<AmiEvent>> end() {
        boolean complete;
        lock.lock();
        try {
            ended = true;
            complete = !running;
        } finally {
            lock.unlock();
        }
        if (complete) {
            done.complete(List.of());
        }
        return done;
    }

    @Override
    public void abandon() {
        lock.lock();
        try {
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    private record Item(AmiEvent event, int bytes) {}
}
