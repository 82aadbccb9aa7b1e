package io.github.pbxsdk.core.call;

import io.github.pbxsdk.core.PbxException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where call records can be looked up: the database of the PBX, its GraphQL, or an application's
 * own archive.
 *
 * <pre>{@code
 * try (Stream<CallRecord> records = source.stream(CallRecordQuery.between(start, end).build())) {
 *     records.forEach(report::add);
 * }
 * }</pre>
 *
 * <p>Thread-safe. A record may appear some minutes after its call, where the PBX writes them in
 * batches.
 */
public interface CallRecordSource {

    /** Returns what it is called in logs, without secrets. */
    String name();

    /**
     * Returns the records that {@linkplain CallRecordQuery#matches match}, each once, by start and
     * then by sequence; to be closed.
     *
     * <p>They are read while the stream is walked, so that a year fits into a small heap.
     *
     * @throws PbxException if the PBX refuses or can't be reached, here or while walking
     */
    Stream<CallRecord> stream(CallRecordQuery query);

    /**
     * Returns the records that match, all at once: for short spans.
     *
     * @throws PbxException if the PBX refuses or can't be reached
     */
    default List<CallRecord> list(CallRecordQuery query) {
        try (Stream<CallRecord> records = stream(query)) {
            return records.toList();
        }
    }
}
