package io.github.pbxsdk.benchmarks;

/** Who does the work. */
public enum Side {
    /** This SDK. */
    OURS,
    /** What it is measured against. */
    PEER
}
