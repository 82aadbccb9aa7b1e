package io.github.pbxsdk.core.recording;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A place that takes recordings: a folder, a bucket, an application's own pipeline.
 *
 * <p>Each is delivered in three steps, so that a half one never shows:
 *
 * <pre>{@code
 * if (!sink.contains(recording)) {
 *     try (RecordingSink.Delivery delivery = sink.begin(recording)) {
 *         content.stream().transferTo(delivery.stream());
 *         delivery.commit(recording.toBuilder().size(size).sha256(hash).build());
 *     }
 * }
 * }</pre>
 *
 * <p>After a crash the same recording is offered again under the same {@link CallRecording#key()}.
 * A sink that remembers what it has has each exactly once; one that forgets has each at least once.
 * All methods may throw whatever they like: the delivery counts as failed and comes again.
 *
 * <p>Several deliveries may be under way at a time, of different recordings.
 */
public interface RecordingSink {

    /** Returns what it is called in logs, without secrets. */
    String name();

    /**
     * Returns whether a recording with this key has been committed; false where the sink does not
     * keep account.
     *
     * @throws Exception if it can't be told
     */
    boolean contains(CallRecording recording) throws Exception;

    /**
     * Begins a delivery. What an earlier one of the same key left unfinished is discarded.
     *
     * @param recording what is known before the bytes are
     * @throws Exception if it can't be begun
     */
    Delivery begin(CallRecording recording) throws Exception;

    /** One recording on its way in; used by one thread. */
    interface Delivery extends AutoCloseable {

        /**
         * Returns where the bytes go, in order. The same stream each time; it is closed with the
         * delivery, at the latest.
         *
         * @throws Exception if there is no room for them
         */
        OutputStream stream() throws Exception;

        /**
         * Makes the recording appear, at once and whole. When this returns it survives a crash.
         *
         * @param recording the same recording, with its size and hash and whatever else was learnt
         * @throws Exception if it has not appeared
         */
        void commit(CallRecording recording) throws Exception;

        /**
         * Ends the delivery. Without a {@link #commit} before, nothing of it remains.
         *
         * @throws IOException if tidying up fails
         */
        @Override
        void close() throws IOException;
    }
}
