package io.github.pbxsdk.benchmarks;

import java.util.concurrent.CountDownLatch;

/** A benchmark whose one side throws while the other never comes to an end. */
public final class Broken implements Benchmark {

    /** Creates it, in whichever process. */
    public Broken() {}

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public String what() {
        return "nothing";
    }

    @Override
    public String operations() {
        return "turns";
    }

    @Override
    public String peer() {
        return "nobody";
    }

    @Override
    public Workload open(Side side, String address) {
        if (side == Side.OURS) {
            throw new IllegalStateException("out of order");
        }
        return operations -> new CountDownLatch(1).await();
    }
}
