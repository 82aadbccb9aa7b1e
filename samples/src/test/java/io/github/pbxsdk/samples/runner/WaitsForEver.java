package io.github.pbxsdk.samples.runner;

import java.util.concurrent.CountDownLatch;

/** A program that ends on Ctrl-C only. */
final class WaitsForEver {

    private static final Sample SAMPLE =
            Sample.named("waits-for-ever", "waits").running(WaitsForEver::run);

    private WaitsForEver() {}

    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) throws Exception {
        try (AutoCloseable opened = () -> sample.say("closed")) {
            sample.say("opened " + opened.getClass().isSynthetic());
            new CountDownLatch(1).await();
        }
    }
}
