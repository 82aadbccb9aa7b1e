package io.github.pbxsdk.benchmarks;

/**
 * A loop that does nothing, against itself.
 *
 * <p>It measures the measuring: a ratio that is not near 1 means that no other figure of this
 * machine, at this hour, is worth anything.
 */
public final class EmptyLoop implements Benchmark {

    @Override
    public String name() {
        return "empty-loop";
    }

    @Override
    public String what() {
        return "an empty loop, to see how far to trust the rest";
    }

    @Override
    public String operations() {
        return "turns";
    }

    @Override
    public String peer() {
        return "the same loop";
    }

    @Override
    public Workload open(Side side, String address) {
        return EmptyLoop::turn;
    }

    private static void turn(long operations) {
        for (long turn = 0; turn < operations; turn++) {
            Sink.keep(turn);
        }
    }
}
