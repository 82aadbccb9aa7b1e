package io.github.pbxsdk.core.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the threads of this SDK: virtual ones on Java 21 and later, daemon threads before.
 *
 * <p>All their names begin with {@code pbx-sdk-}.
 */
public final class Threads {

    /** A reader needs few frames: its calls are shallow and user code never runs on it. */
    private static final long READER_STACK_BYTES = 256 * 1024;

    /** How long a listener may take to come to its end while its client is closed. */
    private static final long GRACE_MILLIS = 3_000;

    private static final Logger log = LoggerFactory.getLogger(Threads.class);

    private static final @Nullable VirtualThreads VIRTUAL = VirtualThreads.find();

    private static final ThreadLocal<Boolean> OURS = ThreadLocal.withInitial(() -> false);

    private Threads() {}

    /** Tells whether the calling thread is one of ours, which must not wait for its own end. */
    public static boolean isOurs() {
        return OURS.get();
    }

    /** Tells whether this Java has virtual threads. */
    public static boolean areVirtual() {
        return VIRTUAL != null;
    }

    /** Returns a thread, not started, for a loop that mostly waits. */
    public static Thread reader(String name, Runnable loop) {
        String fullName = "pbx-sdk-" + name;
        return VIRTUAL != null
                ? VIRTUAL.thread(fullName, marked(loop))
                : daemon(fullName, marked(loop), READER_STACK_BYTES);
    }

    /** Returns an executor without a limit: a task that blocks never holds up another one. */
    public static ExecutorService unbounded(String name) {
        return VIRTUAL != null
                ? VIRTUAL.executor(virtuals(name, VIRTUAL))
                : Executors.newCachedThreadPool(new Daemons(name));
    }

    /** Returns a scheduler with one daemon thread, for short tasks. */
    public static ScheduledThreadPoolExecutor scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, new Daemons(name));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return scheduler;
    }

    /**
     * Ends an executor of ours: running tasks may finish, what lingers is interrupted.
     *
     * <p>Waits for its threads, unless it is called on one of ours.
     */
    public static void end(ExecutorService executor) {
        executor.shutdown();
        if (isOurs() || ended(executor)) {
            return;
        }
        executor.shutdownNow();
        if (!ended(executor)) {
            log.warn("a listener does not react to being interrupted; its thread lives on");
        }
    }

    private static boolean ended(ExecutorService executor) {
        try {
            return executor.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)
                    && joined(executor);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** An executor counts as terminated a moment before its last thread has ended. */
    private static boolean joined(ExecutorService executor) throws InterruptedException {
        if (executor instanceof ThreadPoolExecutor pool
                && pool.getThreadFactory() instanceof Daemons daemons) {
            return daemons.join();
        }
        return true;
    }

    /** Waits until a reader has ended, unless it is called on one of our threads. */
    public static void awaitEnd(Thread reader) {
        if (isOurs()) {
            return;
        }
        try {
            reader.join(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Runnable marked(Runnable task) {
        return () -> {
            OURS.set(true);
            task.run();
        };
    }

    private static Thread daemon(String fullName, Runnable task, long stackBytes) {
        Thread thread = new Thread(null, task, fullName, stackBytes);
        thread.setDaemon(true);
        return thread;
    }

    private static ThreadFactory virtuals(String name, VirtualThreads threads) {
        AtomicLong count = new AtomicLong();
        return task -> threads.thread(numbered(name, count), marked(task));
    }

    private static String numbered(String name, AtomicLong count) {
        return "pbx-sdk-" + name + "-" + count.incrementAndGet();
    }

    /** Makes the threads of a pool and remembers those that live. */
    private static final class Daemons implements ThreadFactory {

        private final String name;
        private final AtomicLong count = new AtomicLong();
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        Daemons(String name) {
            this.name = name;
        }

        @Override
        public Thread newThread(Runnable task) {
            threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
            Thread thread = daemon(numbered(name, count), marked(task), 0);
            threads.add(thread);
            return thread;
        }

        boolean join() throws InterruptedException {
            for (Thread thread : threads) {
                thread.join(GRACE_MILLIS);
            }
            return threads.stream().noneMatch(Thread::isAlive);
        }
    }

    /** The part of Java 21 that we use, called by reflection because we compile for 17. */
    private record VirtualThreads(
            Method ofVirtual, Method name, Method unstarted, Method threadPerTask) {

        static @Nullable VirtualThreads find() {
            try {
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                return new VirtualThreads(
                        Thread.class.getMethod("ofVirtual"),
                        builder.getMethod("name", String.class),
                        builder.getMethod("unstarted", Runnable.class),
                        Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class));
            } catch (ReflectiveOperationException e) {
                // Older than 21.
                return null;
            }
        }

        Thread thread(String fullName, Runnable task) {
            Object builder = call(name, call(ofVirtual, null), fullName);
            return (Thread) call(unstarted, builder, task);
        }

        ExecutorService executor(ThreadFactory factory) {
            return (ExecutorService) call(threadPerTask, null, factory);
        }

        private static Object call(Method method, @Nullable Object target, Object... arguments) {
            try {
                return method.invoke(target, arguments);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new LinkageError("virtual threads do not work on this Java", e);
            }
        }
    }
}
