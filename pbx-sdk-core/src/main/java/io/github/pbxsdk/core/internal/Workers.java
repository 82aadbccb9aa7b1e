package io.github.pbxsdk.core.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other on one thread, and on one more whenever that keeps tasks waiting.
 *
 * <p>Most tasks here are shorter than waking a thread for them would be. But any of them may be a
 * listener that blocks, even until another task has run. So while tasks wait, a thread stands by
 * and looks every millisecond: when nothing has moved it goes to work itself.
 *
 * <p>A thread whose own work ends with such a task can be {@linkplain #lend lent}: it goes on as
 * the worker, where another one would have to be woken. What a thread hands over while it works
 * through a batch can be {@linkplain #gather gathered}.
 */
public final class Workers implements Executor, AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** After so many looks at tasks that wait, their number is too much for those at work. */
    private static final int PATIENCE = 5;

    /** After so many looks at nothing, standing by ends. */
    private static final int BOREDOM = 20;

    private static final ThreadLocal<@Nullable Loan> LOANS = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable Batch> BATCHES = new ThreadLocal<>();

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final ExecutorService threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicBoolean standingBy = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Creates workers.
     *
     * @param threads where they come from, without a limit; ended with the workers
     */
    public Workers(ExecutorService threads) {
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        tasks.add(task);
        Batch batch = BATCHES.get();
        if (batch == null || batch.of != this) {
            haveOneWork();
        } else {
            batch.hasTasks = true;
        }
    }

    private void haveOneWork() {
        if (!working.compareAndSet(0, 1)) {
            haveOneStandBy();
            return;
        }
        Loan loan = LOANS.get();
        if (loan == null || loan.to != this) {
            start(this::work, () -> working.decrementAndGet());
        } else {
            loan.isTaken = true;
            // What is left to do on the lent thread may take its time.
            haveOneStandBy();
        }
    }

    /**
     * Runs work that hands over many short tasks, such as what was read at once. A worker is woken
     * when all have gathered: one that is woken for the first would often be done before the
     * second, and would have to be woken again.
     *
     * @param executor these workers, or another executor, which is given each task at once
     * @param work must not block
     */
    public static void gather(Executor executor, Runnable work) {
        if (executor instanceof Workers workers) {
            workers.gather(work);
        } else {
            work.run();
        }
    }

    private void gather(Runnable work) {
        Batch batch = new Batch(this);
        BATCHES.set(batch);
        try {
            work.run();
        } finally {
            BATCHES.remove();
            if (batch.hasTasks && !tasks.isEmpty()) {
                haveTheRestRun();
            }
        }
    }

    private void haveTheRestRun() {
        try {
            haveOneWork();
        } catch (RejectedExecutionException e) {
            // Closed after the tasks were taken: better on this thread than never.
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                run(task);
            }
        }
    }

    /**
     * Runs the last work of a thread that comes from elsewhere. What that work hands to the
     * executor, the thread goes on with, if nobody else is at it.
     *
     * @param executor these workers, or another executor, which takes no threads
     * @param from where the thread comes from; once that is shut down, it is given back
     */
    public static void lend(Executor executor, ExecutorService from, Runnable lastWork) {
        if (executor instanceof Workers workers) {
            workers.lend(from, lastWork);
        } else {
            lastWork.run();
        }
    }

    private void lend(ExecutorService from, Runnable lastWork) {
        Loan loan = new Loan(this);
        LOANS.set(loan);
        try {
            lastWork.run();
        } finally {
            LOANS.remove();
            if (loan.isTaken) {
                forgetInterrupt();
                work(() -> !from.isShutdown());
                if (from.isShutdown() && !tasks.isEmpty()) {
                    haveTheRestRun();
                }
            }
        }
    }

    private void haveOneStandBy() {
        if (standingBy.compareAndSet(false, true)) {
            try {
                start(this::standBy, () -> standingBy.set(false));
            } catch (RejectedExecutionException e) {
                // Closed meanwhile: those at work do what is left.
            }
        }
    }

    /** Starts a thread, or leaves things as if nobody had tried: there may be no more threads. */
    private void start(Runnable loop, Runnable otherwise) {
        boolean started = false;
        try {
            threads.execute(loop);
            started = true;
        } finally {
            if (!started) {
                otherwise.run();
            }
        }
    }

    private void work() {
        work(() -> true);
    }

    /**
     * Works until there is nothing to do, or the thread may not stay; counted in {@link #working}
     * already.
     */
    private void work(BooleanSupplier mayStay) {
        do {
            while (mayStay.getAsBoolean() && runNext()) {
                // One after the other.
            }
            working.decrementAndGet();
            // Whoever came in between has seen us at work, and started nobody.
        } while (!tasks.isEmpty() && mayStay.getAsBoolean() && working.compareAndSet(0, 1));
    }

    /** Runs the next task; returns whether there was one. */
    private boolean runNext() {
        Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        taken.incrementAndGet();
        run(task);
        return true;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
        forgetInterrupt();
    }

    /** An interrupt was meant for what has just run, not for the next task. */
    private void forgetInterrupt() {
        if (!closed) {
            Thread.interrupted();
        }
    }

    private void standBy() {
        do {
            boolean needed = watch();
            standingBy.set(false);
            if (needed) {
                working.incrementAndGet();
                haveOneStandBy();
                work();
                return;
            }
            // Whoever came in between has seen us standing by, and started nobody.
        } while (!tasks.isEmpty() && standingBy.compareAndSet(false, true));
    }

    /** Looks on until one more is needed, or nothing has happened for a while. */
    private boolean watch() {
        long before = taken.get();
        int waits = 0;
        for (int idle = 0; idle < BOREDOM; ) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (tasks.isEmpty()) {
                idle++;
                waits = 0;
                continue;
            }
            idle = 0;
            waits++;
            long now = taken.get();
            if (now == before || (waits >= PATIENCE && working.get() < PROCESSORS)) {
                return true;
            }
            before = now;
        }
        return false;
    }

    /** Takes no more tasks; those at work may finish, what lingers is interrupted. */
    @Override
    public void close() {
        closed = true;
        Threads.end(threads);
    }

    /** A thread that will be free in a moment. */
    private static final class Loan {

        private final Workers to;
        private boolean isTaken;

        Loan(Workers to) {
            this.to = to;
        }
    }

    /** What one thread hands over until its work is done. */
    private static final class Batch {

        private final Workers of;
        private boolean hasTasks;

        Batch(Workers of) {
            this.of = of;
        }
    }
}
