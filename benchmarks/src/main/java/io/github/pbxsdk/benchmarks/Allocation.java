package io.github.pbxsdk.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts what this JVM allocates. */
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** In Java 21 and late updates of 17; counts threads that have ended, too. */
    private static final @Nullable Method TOTAL = findTotal();

    private Allocation() {}

    /** Returns the bytes allocated so far by all threads. */
    static long total() throws ReflectiveOperationException {
        return TOTAL == null ? ofLivingThreads() : (long) TOTAL.invoke(THREADS);
    }

    /**
     * Returns the bytes allocated so far by the threads that live now.
     *
     * <p>A workload whose threads come and go looks better by this than it is.
     */
    static long ofLivingThreads() {
        long[] bytes = THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds());
        return Arrays.stream(bytes).filter(count -> count > 0).sum();
    }

    private static @Nullable Method findTotal() {
        try {
            return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
        } catch (NoSuchMethodException e) {
            // An early Java 17.
            return null;
        }
    }
}
