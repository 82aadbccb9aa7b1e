package io.github.pbxsdk.core.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
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
    private static final long GRACE_SECONDS = 3;

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
                ? VIRTUAL.executor(numbered(name, VIRTUAL::thread))
                : Executors.newCachedThreadPool(daemons(name));
    }

    /** Returns a scheduler with one daemon thread, for short tasks. */
    public static ScheduledThreadPoolExecutor scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, daemons(name));
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
            return executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ThreadFactory daemons(String name) {
        return numbered(name, (fullName, task) -> daemon(fullName, task, 0));
    }

    private static ThreadFactory numbered(String name, Maker maker) {
        AtomicLong count = new AtomicLong();
        return task -> maker.make("pbx-sdk-" + name + "-" + count.incrementAndGet(), marked(task));
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

    @FunctionalInterface
    private interface Maker {
        Thread make(String fullName, Runnable task);
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
