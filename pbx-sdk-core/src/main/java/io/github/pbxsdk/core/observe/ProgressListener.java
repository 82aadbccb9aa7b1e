package io.github.pbxsdk.core.observe;

/**
 * Is told how far long work has come.
 *
 * <p>It is called on the thread that does the work, after each step of it and one call at a time,
 * and holds up the work meanwhile: whoever draws a screen looks at {@link Progress#elapsed()} and
 * skips what comes too soon. The last call is about the finished work. A listener that throws is
 * logged, and the work goes on.
 */
@FunctionalInterface
public interface ProgressListener {

    /** Takes note of how far the work has come. */
    void onProgress(Progress progress);

    /** Returns a listener that does nothing. */
    static ProgressListener none() {
        return progress -> {};
    }
}
