package io.github.pbxsdk.samples;

import io.github.pbxsdk.core.PbxResources;
import io.github.pbxsdk.core.time.Time;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * What stands behind every client: threads that are ours, a clock, and a close that leaves nothing.
 *
 * <p>It needs no PBX. Clients make such resources by themselves; give them shared ones when an
 * application has several clients.
 */
public final class FirstSteps {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("first-steps", "threads, clock and a clean close; needs no PBX")
                    .option("wait", "TIME", "when the alarm goes off", "250ms")
                    .running(FirstSteps::run);

    private FirstSteps() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws Exception {
        Duration wait = sample.duration("wait");

        // Opens nothing and starts nothing: threads come when the first task needs them.
        try (PbxResources resources = PbxResources.create()) {

            // Listeners and continuations run here: on virtual threads from Java 21 on.
            Thread worker =
                    CompletableFuture.supplyAsync(Thread::currentThread, resources.executor())
                            .get();
            int java = Runtime.version().feature();
            sample.print(
                    JsonLine.of("java", java)
                            .and("worker", worker.getName())
                            .and("virtual", isVirtual(worker)),
                    "Java " + java + ", listeners run on " + kind(worker) + " threads");

            // Clients never sleep; they set alarms. A test gives ManualTime and waits for nothing.
            Time time = resources.time();
            CountDownLatch rang = new CountDownLatch(1);
            long start = time.nanos();
            time.schedule(wait, rang::countDown);
            sample.progress("waiting for the alarm");
            rang.await();
            long waited = Duration.ofNanos(time.nanos() - start).toMillis();
            sample.print(
                    JsonLine.of("askedMs", wait.toMillis()).and("waitedMs", waited),
                    "an alarm set to " + wait.toMillis() + " ms rang after " + waited + " ms");
        }

        // After close() no thread of the SDK is left.
        long left = ourThreads();
        sample.print(
                JsonLine.of("closed", true).and("threadsLeft", left),
                "closed; threads left: " + left);
    }

    private static boolean isVirtual(Thread thread) {
        // Thread.isVirtual() came with Java 21, and this runs on 17 as well.
        return thread.toString().startsWith("VirtualThread");
    }

    private static String kind(Thread thread) {
        return isVirtual(thread) ? "virtual" : "daemon";
    }

    private static long ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pbx-sdk-"))
                .count();
    }
}
