package io.github.pbxsdk.core.internal;

import io.github.pbxsdk.core.observe.Progress;
import io.github.pbxsdk.core.observe.ProgressListener;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a user's listener throws away from the work it is told of. */
public record SafeProgress(ProgressListener listener) implements ProgressListener {

    private static final Logger log = LoggerFactory.getLogger(SafeProgress.class);

    /** Wraps a listener. */
    public SafeProgress {
        Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void onProgress(Progress progress) {
        try {
            listener.onProgress(progress);
        } catch (RuntimeException e) {
            log.warn("a progress listener failed; the work goes on", e);
        }
    }
}
