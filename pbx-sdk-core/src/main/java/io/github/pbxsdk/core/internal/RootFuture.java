package io.github.pbxsdk.core.internal;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The future of one operation, as handed to the caller.
 *
 * <p>Whoever completes it from outside (cancel, {@code orTimeout}, {@code complete}) ends the
 * operation: its cancel action runs. The operation itself settles it with {@link #succeed} and
 * {@link #fail}.
 *
 * <p>The two steps of settling keep listeners free of deadlocks. Threads waiting in {@code get},
 * {@code join} or a blocking door wake at once, from whichever thread settled, for they wait for
 * another future inside of this one; continuations are user code and run on the executor. So a
 * blocking call inside a listener returns even when the executor has a single thread, which that
 * very listener occupies.
 */
public final class RootFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Executor executor;
    private final Ending ending;
    private final AtomicReference<Runnable> cancelAction = new AtomicReference<>(NoAction.STARTING);
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final AtomicReference<Departure> departure = new AtomicReference<>(Departure.OPEN);
    private volatile boolean deadlineSuspended;

    /** Creates a future whose continuations run on the executor. */
    public RootFuture(Executor executor) {
        this(executor, failure -> {});
    }

    /** Creates a future whose continuations run on the executor, and whose end is told first. */
    RootFuture(Executor executor, Ending ending) {
        this.executor = executor;
        this.ending = ending;
    }

    /** Is told of the end, before anybody else, by whoever brings it. */
    @FunctionalInterface
    interface Ending {

        /** Tidies up; must be quick. There is no failure when all went well. */
        void ended(@Nullable Throwable failure);
    }

    /**
     * Says what cancelling means in the phase that begins now; replaces what was said before. It
     * must be quick and not wait for this future.
     *
     * <p>The action runs at once when the future is over already.
     */
    public void onCancel(Runnable action) {
        Runnable before = cancelAction.getAndUpdate(now -> isEnd(now) ? now : action);
        if (isEnd(before)) {
            action.run();
        }
    }

    private static boolean isEnd(@Nullable Runnable action) {
        return action instanceof NoAction end && end != NoAction.STARTING;
    }

    /**
     * Tells whether the operation itself has brought a result. What it handed over may still be in
     * use, and is not ended by an action that comes too late.
     */
    public boolean hasSucceeded() {
        return cancelAction.get() == NoAction.SUCCEEDED;
    }

    private enum Departure {
        OPEN,
        LEFT,
        KEPT_BACK
    }

    /**
     * Notes that the first byte is about to leave: from now on the outcome can be unknown.
     *
     * @return whether it may leave: not when the operation was given up before
     */
    public boolean markSent() {
        return departure.compareAndSet(Departure.OPEN, Departure.LEFT)
                || departure.get() == Departure.LEFT;
    }

    /** Tells whether a byte of the request may have left. */
    public boolean mayHaveBeenSent() {
        return departure.get() == Departure.LEFT;
    }

    /** Takes {@link #markSent()} back: the peer has said that it did nothing. */
    public void markUnprocessed() {
        departure.compareAndSet(Departure.LEFT, Departure.OPEN);
    }

    /**
     * Keeps back what has not left. After this {@link #mayHaveBeenSent()} does not become true any
     * more, so that a failure can say so and stay right.
     */
    public void keepBack() {
        departure.compareAndSet(Departure.OPEN, Departure.KEPT_BACK);
    }

    /**
     * Notes that the answer is coming in, and that the operation itself watches that it goes on:
     * the deadline does not end it any more, unless another attempt is made.
     */
    public void suspendDeadline() {
        deadlineSuspended = true;
    }

    /** Takes {@link #suspendDeadline()} back: what was coming in broke off. */
    public void resumeDeadline() {
        deadlineSuspended = false;
    }

    /** Tells whether the deadline does not count at present. */
    public boolean isDeadlineSuspended() {
        return deadlineSuspended;
    }

    /** Ends the operation with a result; returns false when it was over. */
    public boolean succeed(@Nullable T value) {
        return settle(NoAction.SUCCEEDED, value, null) && publish(() -> super.complete(value));
    }

    /** Ends the operation with a failure; returns false when it was over. */
    public boolean fail(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        return settle(NoAction.FAILED, null, failure)
                && publish(() -> super.completeExceptionally(failure));
    }

    /**
     * Ends the operation with a failure and runs its cancel action, as at a deadline; returns false
     * when it was over.
     */
    public boolean abort(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        return settle(NoAction.CANCELLED, null, failure)
                && publish(() -> super.completeExceptionally(failure));
    }

    /** Tells whether the operation is over; those who wait may not have been told yet. */
    public boolean isSettled() {
        return isEnd(cancelAction.get());
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return settle(NoAction.CANCELLED, null, new CancellationException())
                && super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean complete(T value) {
        return settle(NoAction.CANCELLED, value, null) && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        return settle(NoAction.CANCELLED, null, failure) && super.completeExceptionally(failure);
    }

    /**
     * Ends the operation, the first time only, and wakes who waits for it.
     *
     * <p>What is cancelled is cancelled before: whoever sees the end finds the operation ended.
     */
    private boolean settle(NoAction end, @Nullable T value, @Nullable Throwable failure) {
        Runnable action = cancelAction.getAndUpdate(now -> isEnd(now) ? now : end);
        if (isEnd(action)) {
            return false;
        }
        try {
            if (end == NoAction.CANCELLED) {
                keepBack();
            }
            ending.ended(failure);
            if (end == NoAction.CANCELLED) {
                action.run();
            }
        } finally {
            wake(value, failure);
        }
        return true;
    }

    private void wake(@Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            outcome.complete(value);
        } else {
            outcome.completeExceptionally(failure);
        }
    }

    private boolean publish(Runnable publication) {
        try {
            executor.execute(publication);
        } catch (RejectedExecutionException e) {
            // The caller's executor is gone; a continuation on this thread beats one that never
            // runs.
            publication.run();
        }
        return true;
    }

    @Override
    public boolean isDone() {
        return outcome.isDone();
    }

    @Override
    public boolean isCancelled() {
        return outcome.isCancelled();
    }

    @Override
    public boolean isCompletedExceptionally() {
        return outcome.isCompletedExceptionally();
    }

    @Override
    public T getNow(T valueIfAbsent) {
        return outcome.getNow(valueIfAbsent);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        if (isOfPool()) {
            end().await();
        }
        return outcome.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (isOfPool() && !end().await(timeout, unit)) {
            throw new TimeoutException();
        }
        return outcome.get(timeout, unit);
    }

    @Override
    public T join() {
        if (isOfPool()) {
            awaitUninterruptibly(end());
        }
        return outcome.join();
    }

    /**
     * A thread of a ForkJoinPool that waits for a future of Java's runs other tasks of its pool
     * meanwhile, has the pool grow, and fails where that must not grow.
     */
    private static boolean isOfPool() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread;
    }

    private CountDownLatch end() {
        CountDownLatch end = new CountDownLatch(1);
        outcome.whenComplete((value, failure) -> end.countDown());
        return end;
    }

    /** Gives an interrupt back at the end, as whoever joins expects. */
    private static void awaitUninterruptibly(CountDownLatch end) {
        boolean interrupted = false;
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stands for "nothing to cancel", before and after the operation. */
    private enum NoAction implements Runnable {
        STARTING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        @Override
        public void run() {
            // Nothing is under way.
        }
    }
}
