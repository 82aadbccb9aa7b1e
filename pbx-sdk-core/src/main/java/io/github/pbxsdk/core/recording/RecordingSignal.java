package io.github.pbxsdk.core.recording;

import io.github.pbxsdk.core.event.FeedListener;
import io.github.pbxsdk.core.event.Subscription;

/**
 * Something that tells when a recording may have ended: events of AMI or ARI, a hook on the PBX.
 *
 * <p>It makes recordings arrive in seconds. It may miss some, say one twice, or speak of one that
 * never had a sound; so it only tells where to look. Thread-safe.
 */
public interface RecordingSignal {

    /** Returns what it is called in logs, without secrets. */
    String name();

    /**
     * Attaches a listener to the recordings that end from now on.
     *
     * <p>Where some may have been missed, {@link FeedListener#onGap} says so: then look at what has
     * come since the gap began.
     */
    Subscription subscribe(FeedListener<? super RecordingEnded> listener);
}
