/**
 * Each peer and this SDK on the same work, in one run.
 *
 * <p>Start at {@link io.github.pbxsdk.benchmarks.Benchmark}; {@code benchmarks/run} lists and runs
 * them. Every side of every round has a JVM of its own, so that neither profits from what the
 * compiler or the collector learnt from the other.
 */
@NullMarked
package io.github.pbxsdk.benchmarks;

import org.jspecify.annotations.NullMarked;
