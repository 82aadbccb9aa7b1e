package io.github.pbxsdk.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts what this JVM allocates. */
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Came with Java 21; counts threads that have ended, too. */
    private static final @Nullable Method TOTAL = findTotal();

    private Allocation() {}

    /**
     * Returns the bytes allocated so far by all threads.
     *
     * <p>Before Java 21, by those that live now: a workload whose threads come and go looks better
     * there than it is.
     */
    static long total() throws ReflectiveOperationException {
        if (TOTAL != null) {
            return (long) TOTAL.invoke(THREADS);
        }
        long[] bytes = THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds());
        return Arrays.stream(bytes).filter(count -> count > 0).sum();
    }

    private static @Nullable Method findTotal() {
        try {
            return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
        } catch (NoSuchMethodException e) {
            // Java 17.
            return null;
        }
    }
}
