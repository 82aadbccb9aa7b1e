package io.github.pbxsdk.samples.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs a program to its end: exit code, and a clean end on Ctrl-C. */
final class Programs {

    /** How long a sample may take to close what it opened. */
    private static final long GRACE_SECONDS = 5;

    private Programs() {}

    /** Runs a program on the calling thread and ends the process with its exit code. */
    static void run(Function<Surroundings, ExitCode> program) {
        CountDownLatch over = new CountDownLatch(1);
        closeOnInterrupt(Thread.currentThread(), over);
        int code = program.apply(Surroundings.ofThisProcess()).number();
        over.countDown();
        if (code != 0) {
            System.exit(code);
        }
    }

    /**
     * On Ctrl-C the JVM ends with 130 when this hook is through: it wakes the program, which then
     * closes what it opened.
     */
    private static void closeOnInterrupt(Thread program, CountDownLatch over) {
        Runnable wake =
                () -> {
                    if (over.getCount() > 0) {
                        program.interrupt();
                        await(over);
                    }
                };
        Runtime.getRuntime().addShutdownHook(new Thread(wake, "ctrl-c"));
    }

    private static void await(CountDownLatch over) {
        try {
            if (!over.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the sample did not end within " + GRACE_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if somebody does, the process ends at once.
            Thread.currentThread().interrupt();
        }
    }
}
