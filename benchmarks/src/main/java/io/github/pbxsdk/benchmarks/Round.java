package io.github.pbxsdk.benchmarks;

/** Both sides, measured one right after the other. */
record Round(Measurement ours, Measurement peer) {

    /** Returns how many times as fast as the peer we were. */
    double ratio() {
        return ours.perSecond() / peer.perSecond();
    }
}
